// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Seats
/// @notice The names of the seats. A seat is a role with an income: whoever holds it receives the income, and it can be
/// handed over. The first byte of a name is the kind of seat. The other bytes say which seat of that kind it is.
library Seats {
    using SafeCast for uint256;

    /// @dev The issuer of one model.
    uint256 private constant ISSUER = 1;
    /// @dev The protocol's treasury.
    uint256 private constant TREASURY = 2;
    /// @dev The compute provider of one hosting tier.
    uint256 private constant PROVIDER = 3;
    /// @dev What buys back FLOCK.
    uint256 private constant BUYBACK_FLOCK = 4;
    /// @dev What buys back the MT of one model.
    uint256 private constant BUYBACK_MODEL = 5;

    /// @dev Bits below the kind.
    uint256 private constant KIND_SHIFT = 248;

    /// @dev The seat of the issuer of a model.
    function issuer(uint256 modelId) internal pure returns (bytes32) {
        return _seat(ISSUER, modelId);
    }

    /// @dev The seat of the treasury.
    function treasury() internal pure returns (bytes32) {
        return _seat(TREASURY, 0);
    }

    /// @dev The seat of a tier's compute provider. `term` counts the providers that governance has named for the tier. Each
    /// of them has a seat of its own, so a former provider keeps what it has earned.
    function provider(uint256 tierId, uint256 term) internal pure returns (bytes32) {
        return _seat(PROVIDER, (tierId << 16) | term.toUint16());
    }

    /// @dev The seat of the FLOCK buyback.
    function buybackFlock() internal pure returns (bytes32) {
        return _seat(BUYBACK_FLOCK, 0);
    }

    /// @dev The seat of a model's MT buyback.
    function buybackModel(uint256 modelId) internal pure returns (bytes32) {
        return _seat(BUYBACK_MODEL, modelId);
    }

    /// @dev Whether a seat belongs to the buyback until governance names another holder.
    function isBuyback(bytes32 seat) internal pure returns (bool) {
        uint256 kind = uint256(seat) >> KIND_SHIFT;
        return kind == BUYBACK_FLOCK || kind == BUYBACK_MODEL;
    }

    /// @dev Reverts if the id is so large that it would change the kind. So no id can name a seat of another kind.
    function _seat(uint256 kind, uint256 id) private pure returns (bytes32) {
        return bytes32((kind << KIND_SHIFT) | id.toUint248());
    }
}
