// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {RaiseView} from "../../contracts/lens/types/LensTypes.sol";
import {FeeSchedule} from "../../contracts/offering/libraries/FeeSchedule.sol";
import {Outcome, Position} from "../../contracts/offering/types/OfferingTypes.sol";
import {RaiseCampaign} from "./RaiseCampaign.sol";
import {Ghost} from "./handlers/Ghosts.sol";

/// @dev What holds of the offering after every action. With D what a raise has brought, and sums over models m and
/// accounts a:
///
///   1. FLOCK(offering) = sum of D over open m + sum of (D - refunded) over failed m
///                      + sum of (gross - D - claimed fees) over all m + unclaimed launch fees + donations
///   2. sum over a of position.mt + bundleMt = S(D) for open m
///   3. sum over a of position.flockNet + bundleNet = D for open m, = D - refunded for failed m
///   4. MT(offering) = sum over a of position.mt + donations = S(D) - bundleMt - claimed + donations for graduated m
///   5. creator fee = floor(gross * creatorFee), creator fee + protocol fee = gross - D, and neither falls
///   6. D <= G, and S(D) = S exactly when D = G
///   7. what comes back to an account <= what was paid for it, and the sum of refunds <= D <= gross for every m
///   8. the outcome is the one that the record of all actions says; it was set once
///   9. every position is the sum of its purchases, until it is claimed or refunded once
contract OfferingInvariantTest is RaiseCampaign {
    uint256 private constant SALE_SUPPLY = 400_000e18;

    function invariant_OfferingOwesWhatItHoldsAndNobodyLoses() external atHandlersTime {
        _checkHoldings();
        _forEachModel(_checkSold);
        _forEachModel(_checkRaised);
        _forEachModel(_checkUnclaimed);
        _forEachModel(_checkFees);
        _forEachModel(_checkTarget);
        _forEachModel(_checkRefunds);
        _forEachModel(_checkOutcome);
        _forEachModel(_checkPositions);
    }

    function _checkHoldings() private view {
        uint256 sum = handler.unclaimedLaunchFees() + handler.donatedFlock(address(p.offering));
        assertEq(p.offering.unclaimedLaunchFees(), handler.unclaimedLaunchFees());
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            RaiseView memory raise = p.lens.raiseOf(modelId);
            (uint256 creatorFee, uint256 protocolFee) = p.offering.unclaimedFeesOf(modelId);
            sum += creatorFee + protocolFee;
            if (raise.outcome == Outcome.Open) sum += raise.raised;
            if (raise.outcome == Outcome.Failed) sum += raise.raised - handler.ghostOf(modelId).refundedFlock;
        }
        assertEq(p.flock.balanceOf(address(p.offering)), sum);
    }

    function _checkSold(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Open) return;
        (uint256 mt, ) = _sumOfPositions(modelId);
        RaiseView memory raise = p.lens.raiseOf(modelId);
        assertEq(mt + raise.bundleMt, raise.sold);
    }

    function _checkRaised(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome == Outcome.Graduated) return;
        (, uint256 flockNet) = _sumOfPositions(modelId);
        RaiseView memory raise = p.lens.raiseOf(modelId);
        assertEq(flockNet + raise.bundleNet, raise.raised - ghost.refundedFlock);
    }

    function _checkUnclaimed(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Graduated) return;
        (uint256 mt, ) = _sumOfPositions(modelId);
        uint256 held =
            IERC20(ghost.token).balanceOf(address(p.offering)) - handler.donatedMt(modelId, address(p.offering));
        RaiseView memory raise = p.lens.raiseOf(modelId);
        assertEq(held, mt);
        assertEq(held, raise.sold - raise.bundleMt - ghost.claimedMt);
    }

    function _checkFees(uint256 modelId, Ghost memory ghost) private view {
        (uint256 creatorFee, uint256 protocolFee) = p.offering.unclaimedFeesOf(modelId);
        creatorFee += ghost.creatorClaimed;
        protocolFee += ghost.protocolClaimed;
        assertEq(creatorFee, FeeSchedule.creatorShare(ghost.gross, ghost.settings.creatorFeeBps));
        assertEq(creatorFee + protocolFee, ghost.gross - ghost.raised);
    }

    function _checkTarget(uint256 modelId, Ghost memory ghost) private view {
        RaiseView memory raise = p.lens.raiseOf(modelId);
        assertEq(raise.raised, ghost.raised);
        assertEq(raise.gross, ghost.gross);
        assertLe(raise.raised, raise.target);
        assertEq(raise.sold == SALE_SUPPLY, raise.raised == raise.target);
    }

    function _checkRefunds(uint256 modelId, Ghost memory ghost) private view {
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            address account = handler.actors(i);
            assertLe(handler.cameBack(modelId, account), handler.paidFor(modelId, account));
        }
        assertLe(ghost.refundedFlock, ghost.raised);
        assertLe(ghost.raised, ghost.gross);
        if (ghost.outcome != Outcome.Failed) assertEq(ghost.refundedFlock, 0);
        if (ghost.outcome != Outcome.Graduated) assertEq(ghost.claimedMt, 0);
    }

    function _checkOutcome(uint256 modelId, Ghost memory ghost) private view {
        assertEq(uint256(p.lens.raiseOf(modelId).outcome), uint256(ghost.outcome));
    }

    function _checkPositions(uint256 modelId, Ghost memory) private view {
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            address account = handler.actors(i);
            Position memory position = p.offering.positionOf(modelId, account);
            Position memory expected = handler.ghostPositionOf(modelId, account);
            assertEq(position.mt, expected.mt);
            assertEq(position.flockNet, expected.flockNet);
        }
    }

    function _sumOfPositions(uint256 modelId) private view returns (uint256 mt, uint256 flockNet) {
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            Position memory position = p.offering.positionOf(modelId, handler.actors(i));
            mt += position.mt;
            flockNet += position.flockNet;
        }
    }
}
