// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SALE_SUPPLY} from "../../shared/Units.sol";
import {BondingCurve} from "./BondingCurve.sol";
import {FeeSchedule} from "./FeeSchedule.sol";

/// @notice What one purchase takes and gives.
/// @param flockIn What the buyer pays, fee included [FLOCK wei].
/// @param flockNet What reaches the curve [FLOCK wei].
/// @param mtOut What the buyer gets [MT wei].
struct Fill {
    uint256 flockIn;
    uint256 flockNet;
    uint256 mtOut;
}

/// @title CurveFill
/// @notice Prices a purchase. Quotes, purchases and the issuer's bundle all come here, so that they cannot differ. A
/// purchase that would pass the target is filled up to it and pays only for that. The last fill always completes: for
/// every D < G at least one wei of MT is left, because S(D) is rounded down.
library CurveFill {
    /// @dev The purchase that `flockIn` pays for [FLOCK wei].
    /// @param target G [FLOCK wei].
    /// @param x0 The virtual FLOCK reserve [FLOCK wei].
    /// @param raised D before the purchase [FLOCK wei].
    /// @param rate The fee rate [WAD].
    function exactIn(
        uint256 target,
        uint256 x0,
        uint256 raised,
        uint256 rate,
        uint256 flockIn
    ) internal pure returns (Fill memory fill) {
        uint256 missing = target - raised;
        uint256 most = FeeSchedule.grossFor(missing, rate);
        if (flockIn < most) {
            fill.flockIn = flockIn;
            fill.flockNet = flockIn - FeeSchedule.feeOn(flockIn, rate);
        } else {
            fill.flockIn = most;
            fill.flockNet = missing;
        }
        fill.mtOut = BondingCurve.soldAt(target, x0, raised + fill.flockNet) - BondingCurve.soldAt(target, x0, raised);
    }

    /// @dev The purchase that yields `mtOut` [MT wei], or all that is left. It yields up to what one wei of FLOCK buys
    /// above the request, because only whole wei are paid and the curve is paid in full.
    function exactOut(
        uint256 target,
        uint256 x0,
        uint256 raised,
        uint256 rate,
        uint256 mtOut
    ) internal pure returns (Fill memory fill) {
        uint256 soldBefore = BondingCurve.soldAt(target, x0, raised);
        uint256 left = SALE_SUPPLY - soldBefore;
        uint256 raisedAfter = mtOut < left ? BondingCurve.raisedAt(target, x0, soldBefore + mtOut) : target;
        fill.flockNet = raisedAfter - raised;
        fill.flockIn = FeeSchedule.grossFor(fill.flockNet, rate);
        fill.mtOut = BondingCurve.soldAt(target, x0, raisedAfter) - soldBefore;
    }
}
