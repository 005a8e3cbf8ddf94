// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {DeploymentScore} from "../../contracts/emissions/libraries/DeploymentScore.sol";

/// @dev Properties of epochs and of the age factor, for every moment and every epoch that fit their slots.
contract DeploymentScoreFuzzTest is Test {
    uint256 private constant DAY = 86_400;
    uint256 private constant LAST_EPOCH = type(uint24).max;

    /// @dev Section 4.4: 30 days after it went live a model counts 0.8333.
    function test_AgeFactor_ThePapersExample() external pure {
        assertEq(DeploymentScore.ageFactor(20_000, 20_030), 150);
        assertEq((uint256(150) * 10_000) / DeploymentScore.MAX_AGE_FACTOR, 8_333);
    }

    function test_AgeFactor_IsAtItsFloorFromDay144() external pure {
        assertEq(DeploymentScore.ageFactor(20_000, 20_143), 37);
        assertEq(DeploymentScore.ageFactor(20_000, 20_144), 36);
        assertEq(DeploymentScore.ageFactor(20_000, 20_145), 36);
    }

    function testFuzz_EpochOf_IsOneUtcDay(uint256 time) external pure {
        time = _bound(time, 0, type(uint40).max);
        uint256 epoch = DeploymentScore.epochOf(time);
        assertLe(epoch * DAY, time);
        assertGt((epoch + 1) * DAY, time);
    }

    /// @dev The end is exclusive: it is the first moment of the next epoch, a day after the first of this one.
    function testFuzz_EndOf_IsWhereTheNextEpochBegins(uint256 epoch) external pure {
        epoch = _bound(epoch, 1, LAST_EPOCH);
        uint256 end = DeploymentScore.endOf(epoch);
        assertEq(DeploymentScore.epochOf(end), epoch + 1);
        assertEq(DeploymentScore.epochOf(end - 1), epoch);
        assertEq(DeploymentScore.epochOf(end - DAY), epoch);
        assertEq(DeploymentScore.epochOf(end - DAY - 1), epoch - 1);
    }

    /// @dev max(0.2, 1 - t / 180) of section 3.7, times 5 · 180, so that nothing is divided.
    function testFuzz_AgeFactor_IsThatOfThePaper(uint256 liveEpoch, uint256 age) external pure {
        (liveEpoch, age) = _bounded(liveEpoch, age);
        int256 linear = 5 * (180 - int256(age));
        int256 min = 180;
        int256 factor = int256(DeploymentScore.ageFactor(liveEpoch, liveEpoch + age));
        assertEq(5 * factor, linear > min ? linear : min);
    }

    /// @dev From the whole on the first day, one 180th a day until day 144, and then no more.
    function testFuzz_AgeFactor_FallsByADayADayAndThenStands(uint256 liveEpoch, uint256 age) external pure {
        (liveEpoch, age) = _bounded(liveEpoch, age);
        uint256 today = DeploymentScore.ageFactor(liveEpoch, liveEpoch + age);
        uint256 tomorrow = DeploymentScore.ageFactor(liveEpoch, liveEpoch + age + 1);
        assertEq(DeploymentScore.ageFactor(liveEpoch, liveEpoch), 180);
        assertEq(today - tomorrow, age < 144 ? 1 : 0);
    }

    /// @dev Only calendar days count: at whichever second of them a model went live and earns.
    function testFuzz_AgeFactor_CountsWholeDays(
        uint256 liveEpoch,
        uint256 age,
        uint256 liveSecond,
        uint256 second
    ) external pure {
        (liveEpoch, age) = _bounded(liveEpoch, age);
        uint256 liveAt = liveEpoch * DAY + _bound(liveSecond, 0, DAY - 1);
        uint256 time = (liveEpoch + age) * DAY + _bound(second, 0, DAY - 1);
        assertEq(
            DeploymentScore.ageFactor(DeploymentScore.epochOf(liveAt), DeploymentScore.epochOf(time)),
            age < 144 ? 180 - age : 36
        );
    }

    /// @dev Half of the ages are from the time in which the factor falls.
    function _bounded(uint256 liveEpoch, uint256 age) private pure returns (uint256, uint256) {
        return (_bound(liveEpoch, 0, LAST_EPOCH), _bound(age, 0, age % 2 == 0 ? 200 : LAST_EPOCH));
    }
}
