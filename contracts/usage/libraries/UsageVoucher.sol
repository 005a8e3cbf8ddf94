// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BPS, MAX_DISCOUNT_BPS} from "../../shared/Units.sol";

/// @notice Sums of usage, always cumulative for one user, key and model. One slot.
/// @param units Units of inference [units].
/// @param list Cost at list price, before any discount [USDC units].
/// @param paid What is paid for them [USDC units].
struct Usage {
    uint64 units;
    uint96 list;
    uint96 paid;
}

/// @title UsageVoucher
/// @notice What a user or an authorised key signs for usage (decision 10), and the bounds that it must keep.
library UsageVoucher {
    /// @dev EIP-712 type of a voucher. The domain adds name, version, chain and contract.
    bytes32 internal constant TYPEHASH = keccak256(
        "UsageVoucher(address user,address key,uint256 modelId,uint64 units,uint96 list,uint96 paid)"
    );

    /// @dev Minimum prices are stated for this many units.
    uint256 private constant PRICE_UNITS = 1e6;

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

    /// @dev Whether the list spend keeps the model's price floor [USDC units per million units]; exact, nothing rounds.
    function keepsPriceFloor(uint256 units, uint256 list, uint256 minimumPrice) internal pure returns (bool) {
        return list * PRICE_UNITS >= units * minimumPrice;
    }

    /// @dev Whether the paid spend keeps the largest discount X of section 3.6; exact, nothing rounds.
    function keepsDiscountCap(uint256 list, uint256 paid) internal pure returns (bool) {
        return paid * BPS >= list * (BPS - MAX_DISCOUNT_BPS);
    }

    /// @dev What a part of a voucher stands for: if `collected` of `due.paid` comes in, units and list advance in
    /// proportion, rounded down, so that the rest can be collected later.
    function portion(Usage memory due, uint256 collected) internal pure returns (Usage memory) {
        if (collected == due.paid) return due;
        return
            Usage({
                units: uint64((uint256(due.units) * collected) / due.paid), // at most due.units
                list: uint96((uint256(due.list) * collected) / due.paid), // at most due.list
                paid: uint96(collected) // at most due.paid
            });
    }
}
