// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FlockSplit, GraduationSplit, MtSplit} from "../../contracts/graduation/libraries/GraduationSplit.sol";
import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {BondingCurve} from "../../contracts/offering/libraries/BondingCurve.sol";
import {MT_SUPPLY, SALE_SUPPLY} from "../../contracts/shared/Units.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of supply and proceeds for every raise that can succeed: D from G / 4 to G.
contract GraduationSplitFuzzTest is CurveBounds {
    struct Raise {
        uint256 target;
        uint256 virtualFlock;
        uint256 raised;
        uint256 sold;
        uint256 bundleMt;
        bool atCurvePrice;
    }

    function testFuzz_Supply_AddsUpToOneMillion(Raise memory raise) external pure {
        _boundRaise(raise);
        uint256 poolMt = _openingMt(raise);
        MtSplit memory split = GraduationSplit.ofSupply(raise.sold, raise.bundleMt, poolMt);
        assertEq(
            split.claimable + split.pool + split.incentiveReserve + split.issuer + split.treasury + split.burned,
            MT_SUPPLY
        );
        assertEq(split.claimable + raise.bundleMt, raise.sold);
        assertEq(split.pool, poolMt);
    }

    /// @dev 40 : 20 : 20 : 10 : 10, each to less than a wei, and what is left alive at most 2.5 times what was sold.
    function testFuzz_Supply_IsInProportionToWhatWasSold(Raise memory raise) external pure {
        _boundRaise(raise);
        MtSplit memory split = GraduationSplit.ofSupply(raise.sold, raise.bundleMt, _openingMt(raise));
        assertEq(split.incentiveReserve, raise.sold / 2);
        assertEq(split.issuer - raise.bundleMt, raise.sold / 4);
        assertEq(split.treasury, raise.sold / 4);
        assertLe(MT_SUPPLY - split.burned, (raise.sold * 5) / 2);
        if (!raise.atCurvePrice) assertGe(MT_SUPPLY - split.burned + 4, (raise.sold * 5) / 2);
    }

    function testFuzz_FullSuccessAtAveragePrice_BurnsNothing(uint256 bundleMt) external pure {
        bundleMt = _bound(bundleMt, 0, SALE_SUPPLY / 4);
        assertEq(GraduationSplit.ofSupply(SALE_SUPPLY, bundleMt, SALE_SUPPLY / 2).burned, 0);
    }

    function testFuzz_Proceeds_AddUpAndThePoolHasTheRemainder(uint256 raised) external pure {
        raised = _boundMagnitude(raised, 1, MAX_TARGET);
        FlockSplit memory split = GraduationSplit.ofProceeds(raised);
        assertEq(split.protocol + split.stakingFund + split.pool, raised);
        assertEq(split.protocol, split.stakingFund);
        assertGe(split.pool, raised - raised / 2);
        assertLe(split.pool, raised / 2 + 2);
    }

    /// @dev At the curve's price the pool never opens below it, so that nobody is under water by rounding, and above it
    /// only by what two wei of MT and two of FLOCK make.
    function testFuzz_CurvePrice_OpensWhereTheCurveEnded(Raise memory raise) external pure {
        _boundRaise(raise);
        raise.atCurvePrice = true;
        uint256 poolMt = _openingMt(raise);
        uint256 poolFlock = GraduationSplit.ofProceeds(raise.raised).pool;
        // P(D) = (virtualFlock + D)^2 G / (virtualFlock S (virtualFlock + G)): compare FLOCK / MT with it, in MT that the pool's FLOCK buys at P(D).
        uint256 x = raise.virtualFlock + raise.raised;
        uint256 atCurve = Math.mulDiv(
            Math.mulDiv(poolFlock * SALE_SUPPLY, raise.virtualFlock, raise.target),
            raise.virtualFlock + raise.target,
            x * x
        );
        assertLe(poolMt, atCurve + 1); // the inner division has lost less than one
        uint256 mtOfTwoFlockWei = Math.mulDiv(2 * SALE_SUPPLY, raise.virtualFlock + raise.target, raise.target * x) + 1;
        assertGe(poolMt + 3 + mtOfTwoFlockWei, atCurve);
    }

    /// @dev The average price: the pool's share of MT is to what was sold as its FLOCK is to the raise, one to two.
    function testFuzz_AveragePrice_PairsHalfWithHalf(Raise memory raise) external pure {
        _boundRaise(raise);
        raise.atCurvePrice = false;
        assertEq(_openingMt(raise), raise.sold / 2);
    }

    /// @dev The continuous opening needs no more MT than the pool's share.
    function testFuzz_CurvePrice_NeedsNoMoreThanThePoolsShare(Raise memory raise) external pure {
        _boundRaise(raise);
        raise.atCurvePrice = true;
        assertLe(_openingMt(raise), raise.sold / 2);
    }

    function _boundRaise(Raise memory raise) private pure {
        (raise.target, raise.virtualFlock) = _boundCurve(raise.target, raise.virtualFlock);
        uint256 min = (raise.target + 3) / 4;
        raise.raised = _bound(raise.raised, min, raise.target);
        raise.sold = BondingCurve.soldAt(raise.target, raise.virtualFlock, raise.raised);
        raise.bundleMt = _bound(raise.bundleMt, 0, Math.min(raise.sold, SALE_SUPPLY / 4));
    }

    function _openingMt(Raise memory raise) private pure returns (uint256) {
        OpeningMode mode = raise.atCurvePrice ? OpeningMode.CurvePrice : OpeningMode.AveragePrice;
        return GraduationSplit.openingMt(mode, raise.sold, raise.virtualFlock, raise.raised);
    }
}
