// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SALE_SUPPLY} from "../../shared/Units.sol";
import {BondingCurve} from "./BondingCurve.sol";
import {FeeSchedule} from "./FeeSchedule.sol";

/// @notice What the price of a purchase depends on.
/// @param raised What the raise had brought before the purchase, D in the paper [FLOCK wei].
/// @param gross All that was paid before it, with fees [FLOCK wei].
/// @param target The most that the raise can bring, G in the paper [FLOCK wei].
/// @param virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
/// @param feeRate The fee rate [WAD].
/// @param time The moment of the purchase [s, raise clock].
struct Sale {
    uint256 raised;
    uint256 gross;
    uint256 target;
    uint256 virtualFlock;
    uint256 feeRate;
    uint256 time;
}

/// @notice What one purchase takes and gives.
/// @param flockIn What the buyer pays, with the fee [FLOCK wei].
/// @param flockNet What reaches the curve [FLOCK wei].
/// @param mtOut What the buyer gets [MT wei].
struct Fill {
    uint256 flockIn;
    uint256 flockNet;
    uint256 mtOut;
}

/// @title CurveFill
/// @notice Calculates what a purchase costs and yields. Quotes, purchases and the issuer's bundle all use it, so they cannot
/// differ. A purchase that would pass the target is reduced to what is missing, and pays only for that. The last purchase
/// is always possible: S(D) rounds down, so for every D < G at least one wei of MT is left.
library CurveFill {
    /// @dev The purchase that a payment makes.
    /// @param flockIn The payment, with the fee [FLOCK wei].
    function exactIn(Sale memory sale, uint256 flockIn) internal pure returns (Fill memory fill) {
        (uint256 target, uint256 virtualFlock, uint256 raised) = (sale.target, sale.virtualFlock, sale.raised);
        uint256 missing = target - raised;
        uint256 maxIn = FeeSchedule.grossFor(missing, sale.feeRate);
        (fill.flockIn, fill.flockNet) =
            flockIn < maxIn ? (flockIn, flockIn - FeeSchedule.feeOn(flockIn, sale.feeRate)) : (maxIn, missing);
        fill.mtOut =
            BondingCurve.soldAt(target, virtualFlock, raised + fill.flockNet) -
            BondingCurve.soldAt(target, virtualFlock, raised);
    }

    /// @dev The purchase that yields an amount, or all that is left if that is less. Only whole wei are paid and the curve is
    /// paid in full, so it yields up to as much more as one wei of FLOCK buys (decision 29).
    /// @param mtOut The amount [MT wei].
    function exactOut(Sale memory sale, uint256 mtOut) internal pure returns (Fill memory fill) {
        (uint256 target, uint256 virtualFlock, uint256 raised) = (sale.target, sale.virtualFlock, sale.raised);
        uint256 soldBefore = BondingCurve.soldAt(target, virtualFlock, raised);
        uint256 left = SALE_SUPPLY - soldBefore;
        uint256 raisedAfter = mtOut < left ? BondingCurve.raisedAt(target, virtualFlock, soldBefore + mtOut) : target;
        fill.flockNet = raisedAfter - raised;
        fill.flockIn = FeeSchedule.grossFor(fill.flockNet, sale.feeRate);
        fill.mtOut = BondingCurve.soldAt(target, virtualFlock, raisedAfter) - soldBefore;
    }
}
