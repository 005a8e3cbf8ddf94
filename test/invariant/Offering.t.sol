// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {RaiseView} from "../../contracts/lens/types/LensTypes.sol";
import {FeeSchedule} from "../../contracts/offering/libraries/FeeSchedule.sol";
import {Outcome, Position} from "../../contracts/offering/types/OfferingTypes.sol";
import {Raise, RaiseCampaign} from "./RaiseCampaign.sol";
import {Ghost, GhostAccount} from "./handlers/Ghosts.sol";

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
///  37. the lens shows a raise as the offering has it
contract OfferingInvariantTest is RaiseCampaign {
    uint256 private constant SALE_SUPPLY = 400_000e18;

    function invariant_OfferingOwesWhatItHoldsAndNobodyLoses() external atHandlersTime {
        uint256 owed = handler.unclaimedLaunchFees() + handler.donatedFlock(address(p.offering));
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) owed += _checkModel(modelId);
        if (handler.modelCount() != 0) _checkLens(1 + (block.timestamp % handler.modelCount()));
        assertEq(p.offering.unclaimedLaunchFees(), handler.unclaimedLaunchFees(), "launch fees");
        assertEq(p.flock.balanceOf(address(p.offering)), owed, "1: what the offering owes");
    }

    /// @dev Checks all that holds of a model, of which everything is read once, and returns the FLOCK that is held for it.
    function _checkModel(uint256 modelId) private view returns (uint256 owed) {
        Ghost memory ghost = handler.ghostOf(modelId);
        Raise memory raise = _raiseOf(modelId);
        (uint256 mt, uint256 flockNet) = _checkAccounts(modelId);
        assertEq(uint256(raise.outcome), uint256(ghost.outcome), "8: the outcome");
        if (ghost.outcome == Outcome.Open) assertEq(mt + raise.bundleMt, raise.sold, "2: positions and what was sold");
        if (ghost.outcome != Outcome.Graduated) {
            assertEq(
                flockNet + raise.bundleNet,
                raise.raised - ghost.refundedFlock,
                "3: positions and what was raised"
            );
        } else {
            _checkUnclaimed(modelId, ghost, raise, mt);
        }
        _checkTarget(ghost, raise);
        _checkRefunds(ghost);
        owed = _checkFees(modelId, ghost);
        if (raise.outcome == Outcome.Open) owed += raise.raised;
        if (raise.outcome == Outcome.Failed) owed += raise.raised - ghost.refundedFlock;
    }

    /// @dev Compares every account with the record of all purchases, and returns the sums of their positions.
    function _checkAccounts(uint256 modelId) private view returns (uint256 mt, uint256 flockNet) {
        GhostAccount[] memory accounts = handler.ghostAccountsOf(modelId);
        for (uint256 i = 0; i < accounts.length; ++i) {
            Position memory expected = accounts[i].position;
            Position memory position = p.offering.positionOf(modelId, accounts[i].account);
            assertEq(position.mt, expected.mt, "9: the MT of a position");
            assertEq(position.flockNet, expected.flockNet, "9: the FLOCK of a position");
            assertLe(accounts[i].cameBack, accounts[i].paid, "7: what comes back");
            mt += position.mt;
            flockNet += position.flockNet;
        }
    }

    function _checkUnclaimed(uint256 modelId, Ghost memory ghost, Raise memory raise, uint256 mt) private view {
        uint256 held =
            IERC20(ghost.token).balanceOf(address(p.offering)) - handler.donatedMt(modelId, address(p.offering));
        assertEq(held, mt, "4: MT of positions");
        assertEq(held, raise.sold - raise.bundleMt - ghost.claimedMt, "4: MT that was not claimed");
    }

    function _checkTarget(Ghost memory ghost, Raise memory raise) private pure {
        assertEq(raise.raised, ghost.raised, "6: raised");
        assertEq(raise.gross, ghost.gross, "6: gross");
        assertLe(raise.raised, raise.target, "6: target");
        assertEq(raise.sold == SALE_SUPPLY, raise.raised == raise.target, "6: all is sold at the target");
    }

    function _checkRefunds(Ghost memory ghost) private pure {
        assertLe(ghost.refundedFlock, ghost.raised, "7: refunds");
        assertLe(ghost.raised, ghost.gross, "7: raised and gross");
        if (ghost.outcome != Outcome.Failed) assertEq(ghost.refundedFlock, 0, "7: refunds before a failure");
        if (ghost.outcome != Outcome.Graduated) assertEq(ghost.claimedMt, 0, "7: claims before a graduation");
    }

    /// @dev Compares the fees with the record, and returns those that nobody has claimed.
    function _checkFees(uint256 modelId, Ghost memory ghost) private view returns (uint256 unclaimed) {
        (uint256 creatorFee, uint256 protocolFee) = p.offering.unclaimedFeesOf(modelId);
        unclaimed = creatorFee + protocolFee;
        creatorFee += ghost.creatorClaimed;
        assertEq(creatorFee, FeeSchedule.creatorShare(ghost.gross, ghost.settings.creatorFeeBps), "5: creator fee");
        assertEq(creatorFee + protocolFee + ghost.protocolClaimed, ghost.gross - ghost.raised, "5: all fees");
    }

    /// @dev The lens is asked for one model after each action.
    function _checkLens(uint256 modelId) private view {
        Raise memory raise = _raiseOf(modelId);
        RaiseView memory shown = p.lens.raiseOf(modelId);
        assertEq(uint256(shown.outcome), uint256(raise.outcome), "37: the outcome that the lens shows");
        assertEq(shown.raised, raise.raised, "37: raised, in the lens");
        assertEq(shown.gross, raise.gross, "37: gross, in the lens");
        assertEq(shown.sold, raise.sold, "37: sold, in the lens");
        assertEq(shown.bundleMt, raise.bundleMt, "37: the bundle, in the lens");
        (uint256 creatorFee, uint256 protocolFee) = p.offering.unclaimedFeesOf(modelId);
        assertEq(shown.creatorFee, creatorFee, "37: creator fee, in the lens");
        assertEq(shown.protocolFee, protocolFee, "37: protocol fee, in the lens");
    }
}
