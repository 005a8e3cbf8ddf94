// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {UsageVoucher} from "../../contracts/usage/libraries/UsageVoucher.sol";

/// @dev Properties of vouchers: bounds without rounding, and parts of which nothing is lost.
contract UsageVoucherFuzzTest is Test {
    function testFuzz_Portion_IsTheFlooredProportion(uint256 whole, uint256 due, uint256 collected) external pure {
        due = bound(due, 1, type(uint96).max);
        collected = bound(collected, 0, due);
        whole = bound(whole, 0, type(uint96).max);
        uint256 part = UsageVoucher.portion(whole, collected, due);
        assertLe(part * due, whole * collected);
        assertGt((part + 1) * due, whole * collected);
        assertEq(UsageVoucher.portion(whole, due, due), whole);
    }

    /// @dev However a voucher is collected in steps, each in proportion to what is left, the sums end at the voucher's.
    function testFuzz_Portion_InStepsLosesNothing(uint96 whole, uint96 due, uint256[6] memory steps) external pure {
        if (due == 0) return;
        (uint256 wholeLeft, uint256 dueLeft, uint256 sum) = (whole, due, 0);
        for (uint256 i = 0; i < steps.length && dueLeft != 0; ++i) {
            bool last = i + 1 == steps.length;
            uint256 collected = last ? dueLeft : bound(steps[i], 1, dueLeft);
            uint256 part = UsageVoucher.portion(wholeLeft, collected, dueLeft);
            sum += part;
            wholeLeft -= part;
            dueLeft -= collected;
        }
        assertEq(sum, whole);
    }

    /// @dev Only list spend without any unit is refused.
    function testFuzz_HasUnits_UnlessThereIsListSpendWithoutAny(uint256 units, uint256 list) external pure {
        assertEq(UsageVoucher.hasUnits(units, list), units != 0 || list == 0);
        assertFalse(UsageVoucher.hasUnits(0, bound(list, 1, type(uint256).max)));
        assertTrue(UsageVoucher.hasUnits(0, 0));
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
