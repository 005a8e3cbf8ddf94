// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {FlockSplit, GraduationSplit, MtSplit} from "../../../contracts/graduation/libraries/GraduationSplit.sol";
import {OpeningMode} from "../../../contracts/graduation/types/OpeningMode.sol";
import {BondingCurve} from "../../../contracts/offering/libraries/BondingCurve.sol";
import {CurveFill, Fill, Sale} from "../../../contracts/offering/libraries/CurveFill.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {LaunchRules} from "../../../contracts/offering/libraries/LaunchRules.sol";
import {LaunchTerms} from "../../../contracts/offering/types/OfferingTypes.sol";
import {LinearVesting} from "../../../contracts/vesting/libraries/LinearVesting.sol";

/// @title FormulaHarness
/// @notice The formulas as external functions, one for each. `multicall` evaluates many cases in one call, which is what
/// makes thousands of differential cases quick.
contract FormulaHarness is Multicall {
    function virtualFlockFor(uint256 target, uint256 startPriceWad) external pure returns (uint256) {
        return BondingCurve.virtualFlockFor(target, startPriceWad);
    }

    function virtualMt(uint256 target, uint256 virtualFlock) external pure returns (uint256) {
        return BondingCurve.virtualMt(target, virtualFlock);
    }

    function soldAt(uint256 target, uint256 virtualFlock, uint256 raised) external pure returns (uint256) {
        return BondingCurve.soldAt(target, virtualFlock, raised);
    }

    function raisedAt(uint256 target, uint256 virtualFlock, uint256 sold) external pure returns (uint256) {
        return BondingCurve.raisedAt(target, virtualFlock, sold);
    }

    function priceAt(uint256 target, uint256 virtualFlock, uint256 raised) external pure returns (uint256) {
        return BondingCurve.priceAt(target, virtualFlock, raised);
    }

    function rateWad(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 elapsed
    ) external pure returns (uint256) {
        return FeeSchedule.rateWad(baseBps, startBps, window, elapsed);
    }

    function feeOn(uint256 gross, uint256 rate) external pure returns (uint256) {
        return FeeSchedule.feeOn(gross, rate);
    }

    function grossFor(uint256 net, uint256 rate) external pure returns (uint256) {
        return FeeSchedule.grossFor(net, rate);
    }

    function creatorShare(uint256 cumulativeGross, uint256 creatorBps) external pure returns (uint256) {
        return FeeSchedule.creatorShare(cumulativeGross, creatorBps);
    }

    function exactIn(
        uint256 target,
        uint256 virtualFlock,
        uint256 raised,
        uint256 rate,
        uint256 flockIn
    ) external pure returns (Fill memory) {
        return CurveFill.exactIn(_sale(target, virtualFlock, raised, rate), flockIn);
    }

    function exactOut(
        uint256 target,
        uint256 virtualFlock,
        uint256 raised,
        uint256 rate,
        uint256 mtOut
    ) external pure returns (Fill memory) {
        return CurveFill.exactOut(_sale(target, virtualFlock, raised, rate), mtOut);
    }

    function ofSupply(uint256 sold, uint256 bundleMt, uint256 poolMt) external pure returns (MtSplit memory) {
        return GraduationSplit.ofSupply(sold, bundleMt, poolMt);
    }

    function ofProceeds(uint256 raised) external pure returns (FlockSplit memory) {
        return GraduationSplit.ofProceeds(raised);
    }

    function openingMt(
        OpeningMode mode,
        uint256 sold,
        uint256 virtualFlock,
        uint256 raised
    ) external pure returns (uint256) {
        return GraduationSplit.openingMt(mode, sold, virtualFlock, raised);
    }

    function vested(uint256 total, uint256 start, uint256 time) external pure returns (uint256) {
        return LinearVesting.vested(total, start, time);
    }

    function checkLaunch(LaunchTerms calldata terms) external pure returns (uint256, uint256) {
        return LaunchRules.check(terms);
    }

    function _sale(
        uint256 target,
        uint256 virtualFlock,
        uint256 raised,
        uint256 rate
    ) private pure returns (Sale memory) {
        return Sale({raised: raised, gross: 0, target: target, virtualFlock: virtualFlock, feeRate: rate, time: 0});
    }
}
