// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BPS, MAX_DISCOUNT_BPS, PRICED_UNITS} from "../../shared/Units.sol";

/// @title UsageVoucher
/// @notice What a user or a key signs for usage (decision 10), and the bounds that it must keep.
library UsageVoucher {
    /// @dev EIP-712 type of a voucher. The domain adds name, version, chain and contract.
    bytes32 internal constant TYPEHASH = keccak256(
        "UsageVoucher(address user,address key,uint256 modelId,uint64 units,uint96 list,uint96 paid)"
    );

    /// @dev EIP-712 hash of a voucher.
    function hash(
        address user,
        address key,
        uint256 modelId,
        uint256 units,
        uint256 list,
        uint256 paid
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, user, key, modelId, units, list, paid));
    }

    /// @dev Whether the list spend keeps the price floor of the model [USDC units per million units]. Nothing is rounded.
    function keepsPriceFloor(uint256 units, uint256 list, uint256 minimumPrice) internal pure returns (bool) {
        return list * PRICED_UNITS >= units * minimumPrice;
    }

    /// @dev Whether what was paid keeps the largest discount, X of section 3.6. Nothing is rounded.
    function keepsDiscountCap(uint256 list, uint256 paid) internal pure returns (bool) {
        return paid * BPS >= list * (BPS - MAX_DISCOUNT_BPS);
    }

    /// @dev Whether usage that costs something has units. Without units it would pay the compute provider nothing.
    function hasUnits(uint256 units, uint256 list) internal pure returns (bool) {
        return units != 0 || list == 0;
    }

    /// @dev The part of `whole` that goes with `collected` of `due` USDC, rounded down: of units, of list spend, and of compute
    /// cost. So the rest can be collected later.
    function portion(uint256 whole, uint256 collected, uint256 due) internal pure returns (uint256) {
        return (whole * collected) / due;
    }
}
