// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LinearVesting} from "../../contracts/vesting/libraries/LinearVesting.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of vesting for every share that fits its slot and every moment.
contract LinearVestingFuzzTest is CurveBounds {
    function testFuzz_Vested_NeverFallsAndNeverPassesTheTotal(
        uint256 total,
        uint256 start,
        uint256 a,
        uint256 b
    ) external pure {
        (total, start) = _boundShare(total, start);
        a = _bound(a, start, start + 2 * LinearVesting.DURATION);
        b = _bound(b, a, start + 2 * LinearVesting.DURATION);
        uint256 later = LinearVesting.vested(total, start, b);
        assertLe(LinearVesting.vested(total, start, a), later);
        assertLe(later, total);
    }

    function testFuzz_Vested_IsNothingAtFirstAndAllFromTheEnd(
        uint256 total,
        uint256 start,
        uint256 after_
    ) external pure {
        (total, start) = _boundShare(total, start);
        after_ = _bound(after_, 0, type(uint64).max);
        assertEq(LinearVesting.vested(total, start, start), 0);
        assertEq(LinearVesting.vested(total, start, start + LinearVesting.DURATION + after_), total);
        if (total != 0) assertLt(LinearVesting.vested(total, start, start + LinearVesting.DURATION - 1), total);
    }

    /// @dev Released step by step or at once, the sum is the same.
    function testFuzz_Vested_RoundsDownByLessThanAWei(uint256 total, uint256 start, uint256 elapsed) external pure {
        (total, start) = _boundShare(total, start);
        elapsed = _bound(elapsed, 0, LinearVesting.DURATION);
        uint256 vested = LinearVesting.vested(total, start, start + elapsed);
        assertLe(vested * LinearVesting.DURATION, total * elapsed);
        assertGt((vested + 1) * LinearVesting.DURATION, total * elapsed);
    }

    function _boundShare(uint256 total, uint256 start) private pure returns (uint256, uint256) {
        return (_bound(total, 0, type(uint128).max), _bound(start, 0, type(uint40).max));
    }
}
