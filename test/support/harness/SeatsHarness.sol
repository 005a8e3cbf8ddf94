// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Seats} from "../../../contracts/registry/libraries/Seats.sol";

/// @title SeatsHarness
/// @notice The names of seats as external functions, so that a test sees what is refused.
contract SeatsHarness {
    function issuer(uint256 modelId) external pure returns (bytes32) {
        return Seats.issuer(modelId);
    }

    function provider(uint256 tierId, uint256 term) external pure returns (bytes32) {
        return Seats.provider(tierId, term);
    }

    function buybackModel(uint256 modelId) external pure returns (bytes32) {
        return Seats.buybackModel(modelId);
    }
}
