// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FeeSchedule} from "../../contracts/offering/libraries/FeeSchedule.sol";
import {BPS, WAD} from "../../contracts/shared/Units.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of the fee for every setting that the bounds allow.
contract FeeScheduleFuzzTest is CurveBounds {
    uint256 private constant MAX_BASE_BPS = 300;
    uint256 private constant MAX_START_BPS = 9_900;
    uint256 private constant MAX_WINDOW = 6 hours;

    function testFuzz_Rate_IsTheStartAtFirstAndTheBaseFromTheEnd(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 after_
    ) external pure {
        (baseBps, startBps, window) = _boundTerms(baseBps, startBps, window);
        after_ = _bound(after_, 0, type(uint64).max);
        uint256 atStart = window == 0 ? baseBps : startBps;
        assertEq(FeeSchedule.rateWad(baseBps, startBps, window, 0), (atStart * WAD) / BPS);
        assertEq(FeeSchedule.rateWad(baseBps, startBps, window, window + after_), (baseBps * WAD) / BPS);
    }

    function testFuzz_Rate_FallsWithinItsBounds(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 a,
        uint256 b
    ) external pure {
        (baseBps, startBps, window) = _boundTerms(baseBps, startBps, window);
        a = _bound(a, 0, window + 1);
        b = _bound(b, a, window + 1);
        uint256 earlier = FeeSchedule.rateWad(baseBps, startBps, window, a);
        uint256 later = FeeSchedule.rateWad(baseBps, startBps, window, b);
        assertLe(earlier, (startBps * WAD) / BPS);
        assertLe(later, earlier);
        assertGe(later, (baseBps * WAD) / BPS);
    }

    /// @dev One second more lowers the rate by the same amount everywhere, to a wei.
    function testFuzz_Rate_IsAStraightLine(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 at
    ) external pure {
        (baseBps, startBps, window) = _boundTerms(baseBps, startBps, window);
        vm.assume(window != 0);
        at = _bound(at, 0, window - 1);
        uint256 step =
            FeeSchedule.rateWad(baseBps, startBps, window, at) - FeeSchedule.rateWad(baseBps, startBps, window, at + 1);
        assertApproxEqAbs(step, ((startBps - baseBps) * (WAD / BPS)) / window, 1);
    }

    function testFuzz_Fee_RoundsUpAndNeverExceedsThePayment(uint256 gross, uint256 rate) external pure {
        gross = _boundMagnitude(gross, 1, type(uint96).max);
        rate = _bound(rate, 0, MAX_RATE);
        uint256 fee = FeeSchedule.feeOn(gross, rate);
        assertGe(fee * WAD, gross * rate);
        assertLt(fee * WAD, gross * rate + WAD);
        assertLe(fee, gross);
    }

    /// @dev The gross payment leaves exactly the net, and one wei less would not.
    function testFuzz_GrossFor_IsTheLeastThatLeavesTheNet(uint256 net, uint256 rate) external pure {
        net = _boundMagnitude(net, 1, MAX_TARGET);
        rate = _bound(rate, 0, MAX_RATE);
        uint256 gross = FeeSchedule.grossFor(net, rate);
        assertEq(gross - FeeSchedule.feeOn(gross, rate), net);
        assertLt(gross - 1 - FeeSchedule.feeOn(gross - 1, rate), net);
    }

    function testFuzz_GrossFor_IsNeverCheaperInPieces(uint256 net, uint256 part, uint256 rate) external pure {
        net = _boundMagnitude(net, 1, MAX_TARGET);
        part = _bound(part, 0, net);
        rate = _bound(rate, 0, MAX_RATE);
        assertGe(
            FeeSchedule.grossFor(part, rate) + FeeSchedule.grossFor(net - part, rate),
            FeeSchedule.grossFor(net, rate)
        );
    }

    /// @dev However a sum comes in, the creator's part is that of the sum and never above the fees that were taken.
    function testFuzz_CreatorShare_OfAnyPurchaseIsCoveredByItsFee(
        uint256 before,
        uint256 gross,
        uint256 creatorBps,
        uint256 protocolBps
    ) external pure {
        before = _bound(before, 0, type(uint96).max);
        gross = _boundMagnitude(gross, 1, type(uint96).max);
        creatorBps = _bound(creatorBps, 0, 100);
        protocolBps = _bound(protocolBps, 0, 200);
        uint256 grown =
            FeeSchedule.creatorShare(before + gross, creatorBps) - FeeSchedule.creatorShare(before, creatorBps);
        assertLe(grown, FeeSchedule.feeOn(gross, FeeSchedule.rateWad(creatorBps + protocolBps, 0, 0, 0)));
    }

    function _boundTerms(
        uint256 baseBps,
        uint256 startBps,
        uint256 window
    ) private pure returns (uint256, uint256, uint256) {
        baseBps = _bound(baseBps, 0, MAX_BASE_BPS);
        return (baseBps, _bound(startBps, baseBps, MAX_START_BPS), _bound(window, 0, MAX_WINDOW));
    }
}
