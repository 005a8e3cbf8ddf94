// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {OpeningReserves} from "../../contracts/graduation/interfaces/IGraduation.sol";
import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {Outcome} from "../../contracts/offering/types/OfferingTypes.sol";
import {Allocation, Share} from "../../contracts/vesting/interfaces/IVestingVault.sol";
import {Raise, RaiseCampaign} from "./RaiseCampaign.sol";
import {Ghost} from "./handlers/Ghosts.sol";

/// @dev What holds of vault, locker, graduation and tokens after every action. With the totals and releases of the five
/// shares of model m:
///
///  10. FLOCK(vault) = sum over m of (total - released) of the two FLOCK shares + donations
///  11. MT(vault) = sum of (total - released) of the three MT shares of m + donations, for every graduated m
///  12. released <= vested(total, start, now) <= total; released = 0 for the two reward shares
///  13. total supply of m = claimable + pool + shares; in `AveragePrice` mode 2.5 * sold to four wei; never above
///      1,000,000, and 1,000,000 when the target was reached in that mode
///  14. FLOCK(graduation) = donations since the last graduation, MT(graduation) = donations: it keeps nothing
///  15. LP(locker) = what graduation minted, until release; nothing leaves before 1,461 days
///  16. the token of m has code exactly when m has graduated
///  17. the sum of FLOCK over actors, treasury, contracts, pairs and tokens is its supply: nothing leaks to anybody else
contract GraduationInvariantTest is RaiseCampaign {
    uint256 private constant MT_SUPPLY = 1_000_000e18;
    uint256 private constant LOCK = 1_461 days;

    function invariant_GraduationGivesAwayWhatItPromised() external atHandlersTime {
        uint256 inVault = handler.donatedFlock(address(p.vault));
        uint256 atPairsAndTokens;
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            Ghost memory ghost = handler.ghostOf(modelId);
            inVault += _checkModel(modelId, ghost);
            atPairsAndTokens += _flockOfPair(ghost) + _flockOfToken(ghost);
        }
        assertEq(p.flock.balanceOf(address(p.vault)), inVault, "10: FLOCK of the vault");
        uint256 donated = handler.donatedFlock(address(p.graduation));
        assertEq(p.flock.balanceOf(address(p.graduation)), donated, "14: FLOCK of graduation");
        _checkFlockIsConserved(atPairsAndTokens);
    }

    /// @dev Checks all that holds of a model, of which everything is read once, and returns its FLOCK in the vault.
    function _checkModel(uint256 modelId, Ghost memory ghost) private view returns (uint256) {
        Raise memory raise = _raiseOf(modelId);
        assertEq(raise.token, ghost.token, "16: the token's address");
        assertEq(ghost.token.code.length != 0, ghost.outcome == Outcome.Graduated, "16: the token's code");
        (uint256[5] memory totals, uint256[5] memory left) = _checkReleases(modelId);
        if (ghost.outcome == Outcome.Graduated) {
            _checkMtInVault(modelId, ghost, left);
            _checkSupply(modelId, ghost, raise, totals);
            _checkGraduationsMt(modelId, ghost);
            _checkLock(modelId, ghost);
        }
        return left[uint256(Share.ProtocolFlock)] + left[uint256(Share.StakingFund)];
    }

    function _checkFlockIsConserved(uint256 sum) private view {
        address[6] memory rooms = [
            address(this),
            p.treasury,
            address(p.offering),
            address(p.vault),
            address(p.graduation),
            address(p.locker)
        ];
        for (uint256 i = 0; i < rooms.length; ++i) sum += p.flock.balanceOf(rooms[i]);
        for (uint256 i = 0; i < handler.actorCount(); ++i) sum += p.flock.balanceOf(handler.actors(i));
        assertEq(sum, p.flock.totalSupply(), "17: all FLOCK");
    }

    /// @dev A pair can have FLOCK before its model graduates, and its address before the pair exists.
    function _flockOfPair(Ghost memory ghost) private view returns (uint256) {
        return p.flock.balanceOf(handler.pairOf(ghost.token));
    }

    /// @dev What was sent to the address of a token stays there.
    function _flockOfToken(Ghost memory ghost) private view returns (uint256 held) {
        held = p.flock.balanceOf(ghost.token);
        assertEq(held, ghost.tokenDonation, "17: FLOCK at the token's address");
    }

    /// @dev Compares the vault's records with the handler's, and returns the total of each share and what is left of it.
    function _checkReleases(uint256 modelId) private view returns (uint256[5] memory totals, uint256[5] memory left) {
        uint256[5] memory released;
        uint256[5] memory vested;
        (totals, released, vested) = handler.sharesOf(modelId);
        for (uint256 i = 0; i < totals.length; ++i) {
            Share share = Share(i);
            Allocation memory allocation = p.vault.allocationOf(modelId, share);
            assertEq(allocation.total, totals[i], "12: the total of a share");
            assertEq(allocation.released, released[i], "12: what was released of it");
            assertLe(released[i], vested[i], "12: released and vested");
            assertLe(vested[i], totals[i], "12: vested and total");
            assertEq(p.vault.releasable(modelId, share), vested[i] - released[i], "12: releasable");
            if (share == Share.IncentiveReserve || share == Share.StakingFund) {
                assertEq(released[i], 0, "12: released of a reward share");
            }
            left[i] = totals[i] - released[i];
        }
    }

    function _checkMtInVault(uint256 modelId, Ghost memory ghost, uint256[5] memory left) private view {
        uint256 held = IERC20(ghost.token).balanceOf(address(p.vault)) - handler.donatedMt(modelId, address(p.vault));
        assertEq(held, _mtOf(left), "11: MT of the vault");
    }

    function _checkSupply(
        uint256 modelId,
        Ghost memory ghost,
        Raise memory raise,
        uint256[5] memory totals
    ) private view {
        OpeningReserves memory opening = p.graduation.openingReservesOf(modelId);
        uint256 supply = IERC20(ghost.token).totalSupply();
        assertEq(supply, raise.sold - raise.bundleMt + opening.mt + _mtOf(totals), "13: the parts of the supply");
        assertLe(supply, MT_SUPPLY, "13: the largest supply");
        assertLe(supply, (raise.sold * 5) / 2, "13: supply and sold");
        if (ghost.openingMode == OpeningMode.AveragePrice) {
            assertGe(supply + 4, (raise.sold * 5) / 2, "13: supply of the average price");
            if (ghost.raised == ghost.target) assertEq(supply, MT_SUPPLY, "13: supply at the target");
        }
        uint256 flockOfShares = totals[uint256(Share.ProtocolFlock)] + totals[uint256(Share.StakingFund)];
        assertEq(opening.flock + flockOfShares, ghost.raised, "13: the parts of the raise");
    }

    function _checkGraduationsMt(uint256 modelId, Ghost memory ghost) private view {
        uint256 donated = handler.donatedMt(modelId, address(p.graduation));
        assertEq(IERC20(ghost.token).balanceOf(address(p.graduation)), donated, "14: MT of graduation");
    }

    function _checkLock(uint256 modelId, Ghost memory ghost) private view {
        (, uint256 liquidity, uint256 unlocksAt) = p.locker.lockOf(modelId);
        assertEq(unlocksAt, ghost.graduatedAt + LOCK, "15: the end of the lock");
        if (block.timestamp < unlocksAt) assertFalse(ghost.liquidityReleased, "15: released too early");
        assertEq(liquidity, ghost.liquidityReleased ? 0 : ghost.lockedLiquidity, "15: liquidity of the locker");
    }

    /// @dev The MT among the values of the five shares.
    function _mtOf(uint256[5] memory values) private pure returns (uint256) {
        return
            values[uint256(Share.IssuerMt)] +
            values[uint256(Share.TreasuryMt)] +
            values[uint256(Share.IncentiveReserve)];
    }
}
