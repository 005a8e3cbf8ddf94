// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {UsageVoucher} from "../../contracts/usage/libraries/UsageVoucher.sol";
import {Usage} from "../../contracts/usage/types/UsageTypes.sol";

/// @dev Properties of vouchers: bounds without rounding, and parts of which nothing is lost.
contract UsageVoucherFuzzTest is Test {
    using UsageVoucher for Usage;

    function testFuzz_Portion_IsTheFlooredProportion(Usage memory due, uint256 collected) external pure {
        due.paid = uint96(bound(due.paid, 1, type(uint96).max));
        collected = bound(collected, 1, due.paid);
        Usage memory part = due.portion(collected);
        assertEq(part.paid, collected);
        assertLe(uint256(part.units) * due.paid, uint256(due.units) * collected);
        assertGt((uint256(part.units) + 1) * due.paid, uint256(due.units) * collected);
        assertLe(uint256(part.list) * due.paid, uint256(due.list) * collected);
        assertGt((uint256(part.list) + 1) * due.paid, uint256(due.list) * collected);
    }

    function testFuzz_Portion_OfEverythingIsEverything(Usage memory due) external pure {
        due.paid = uint96(bound(due.paid, 1, type(uint96).max));
        Usage memory part = due.portion(due.paid);
        assertEq(part.units, due.units);
        assertEq(part.list, due.list);
        assertEq(part.paid, due.paid);
    }

    /// @dev However a voucher is collected in steps, each in proportion to what is left, the sums end at the voucher's.
    function testFuzz_Portion_InStepsLosesNothing(Usage memory due, uint256[6] memory steps) external pure {
        Usage memory left = due;
        Usage memory sum;
        for (uint256 i = 0; i < steps.length && left.paid != 0; ++i) {
            bool last = i + 1 == steps.length;
            Usage memory part = left.portion(last ? left.paid : bound(steps[i], 1, left.paid));
            sum = Usage(sum.units + part.units, sum.list + part.list, sum.paid + part.paid);
            left = Usage(left.units - part.units, left.list - part.list, left.paid - part.paid);
        }
        if (due.paid == 0) return;
        assertEq(sum.units, due.units);
        assertEq(sum.list, due.list);
        assertEq(sum.paid, due.paid);
    }

    /// @dev The bounds at their edge, for every number: one unit of USDC decides.
    function testFuzz_Bounds_AreExact(uint64 units, uint96 list, uint96 minimumPrice) external pure {
        uint256 min = (uint256(units) * minimumPrice + 1e6 - 1) / 1e6;
        assertTrue(UsageVoucher.keepsPriceFloor(units, min, minimumPrice));
        if (min != 0) assertFalse(UsageVoucher.keepsPriceFloor(units, min - 1, minimumPrice));

        uint256 minPaid = (uint256(list) * 7_000 + 9_999) / 10_000;
        assertTrue(UsageVoucher.keepsDiscountCap(list, minPaid));
        if (minPaid != 0) assertFalse(UsageVoucher.keepsDiscountCap(list, minPaid - 1));
    }

    /// @dev No two vouchers that differ in a field have the same hash.
    function testFuzz_Hash_ChangesWithEveryField(
        address user,
        address key,
        uint256 modelId,
        uint64 units,
        uint96 list,
        uint96 paid
    ) external pure {
        bytes32 hash = UsageVoucher.hash(user, key, modelId, units, list, paid);
        unchecked {
            assertNotEq(hash, UsageVoucher.hash(address(uint160(user) + 1), key, modelId, units, list, paid));
            assertNotEq(hash, UsageVoucher.hash(user, address(uint160(key) + 1), modelId, units, list, paid));
            assertNotEq(hash, UsageVoucher.hash(user, key, modelId + 1, units, list, paid));
            assertNotEq(hash, UsageVoucher.hash(user, key, modelId, units + 1, list, paid));
            assertNotEq(hash, UsageVoucher.hash(user, key, modelId, units, list + 1, paid));
            assertNotEq(hash, UsageVoucher.hash(user, key, modelId, units, list, paid + 1));
        }
        if (user != key) assertNotEq(hash, UsageVoucher.hash(key, user, modelId, units, list, paid));
    }
}
