// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {OpeningReserves} from "../../contracts/graduation/interfaces/IGraduation.sol";
import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {RaiseView} from "../../contracts/lens/types/LensTypes.sol";
import {Outcome} from "../../contracts/offering/types/OfferingTypes.sol";
import {Allocation, Share} from "../../contracts/vesting/interfaces/IVestingVault.sol";
import {RaiseCampaign} from "./RaiseCampaign.sol";
import {Ghost} from "./handlers/Ghosts.sol";

/// @dev What holds of vault, locker, graduation and tokens after every action. With the totals and releases of the five
/// shares of model m:
///
///  10. FLOCK(vault) = sum over m of (total - released) of the two FLOCK shares + donations
///  11. MT(vault) = sum of (total - released) of the three MT shares of m + donations, for every graduated m
///  12. released <= vested(total, start, now) <= total; released = 0 for the two reward shares
///  13. total supply of m = claimable + pool + shares; in `AveragePrice` mode 2.5 * sold to four wei; never above
///      1,000,000, and 1,000,000 when the target was reached in that mode
///  14. FLOCK(graduation) = donations, MT(graduation) = donations: it keeps nothing
///  15. LP(locker) = what graduation minted, until release; nothing leaves before 1,461 days
///  16. the token of m has code exactly when m has graduated
///  17. the sum of FLOCK over actors, treasury, contracts and pairs is its supply: nothing leaks to anybody else
contract GraduationInvariantTest is RaiseCampaign {
    uint256 private constant MT_SUPPLY = 1_000_000e18;
    uint256 private constant LOCK = 1_461 days;

    function invariant_GraduationGivesAwayWhatItPromised() external atHandlersTime {
        _checkFlockInVault();
        _checkFlockIsConserved();
        _checkGraduationsFlock();
        _forEachModel(_checkMtInVault);
        _forEachModel(_checkReleases);
        _forEachModel(_checkSupply);
        _forEachModel(_checkGraduationsMt);
        _forEachModel(_checkLock);
        _forEachModel(_checkToken);
    }

    function _checkFlockInVault() private view {
        uint256 sum = handler.donatedFlock(address(p.vault));
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            sum += _left(modelId, Share.ProtocolFlock) + _left(modelId, Share.StakingFund);
        }
        assertEq(p.flock.balanceOf(address(p.vault)), sum);
    }

    function _checkFlockIsConserved() private view {
        address[6] memory rooms = [
            address(this),
            p.treasury,
            address(p.offering),
            address(p.vault),
            address(p.graduation),
            address(p.locker)
        ];
        uint256 sum;
        for (uint256 i = 0; i < rooms.length; ++i) sum += p.flock.balanceOf(rooms[i]);
        for (uint256 i = 0; i < handler.actorCount(); ++i) sum += p.flock.balanceOf(handler.actors(i));
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            address pair = p.dexFactory.getPair(address(p.flock), handler.ghostOf(modelId).token);
            if (pair != address(0)) sum += p.flock.balanceOf(pair);
        }
        assertEq(sum, p.flock.totalSupply());
    }

    function _checkGraduationsFlock() private view {
        assertEq(p.flock.balanceOf(address(p.graduation)), handler.donatedFlock(address(p.graduation)));
    }

    function _checkMtInVault(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Graduated) return;
        assertEq(
            IERC20(ghost.token).balanceOf(address(p.vault)) - handler.donatedMt(modelId, address(p.vault)),
            _left(modelId, Share.IssuerMt) + _left(modelId, Share.TreasuryMt) + _left(modelId, Share.IncentiveReserve)
        );
    }

    function _checkReleases(uint256 modelId, Ghost memory) private view {
        for (uint256 i = 0; i <= uint256(type(Share).max); ++i) {
            Share share = Share(i);
            Allocation memory allocation = p.vault.allocationOf(modelId, share);
            assertEq(allocation.total, handler.totalOf(modelId, share));
            assertEq(allocation.released, handler.releasedOf(modelId, share));
            assertLe(allocation.released, handler.vestedOf(modelId, share));
            assertLe(handler.vestedOf(modelId, share), allocation.total);
            assertEq(p.vault.releasable(modelId, share), handler.vestedOf(modelId, share) - allocation.released);
            if (share == Share.IncentiveReserve || share == Share.StakingFund) assertEq(allocation.released, 0);
        }
    }

    function _checkSupply(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Graduated) return;
        RaiseView memory raise = p.lens.raiseOf(modelId);
        OpeningReserves memory opening = p.graduation.openingReservesOf(modelId);
        uint256 supply = IERC20(ghost.token).totalSupply();
        uint256 shares =
            handler.totalOf(modelId, Share.IssuerMt) +
                handler.totalOf(modelId, Share.TreasuryMt) +
                handler.totalOf(modelId, Share.IncentiveReserve);
        assertEq(supply, raise.sold - raise.bundleMt + opening.mt + shares);
        assertLe(supply, MT_SUPPLY);
        assertLe(supply, (raise.sold * 5) / 2);
        if (ghost.openingMode == OpeningMode.AveragePrice) {
            assertGe(supply + 4, (raise.sold * 5) / 2);
            if (ghost.raised == ghost.target) assertEq(supply, MT_SUPPLY);
        }
        assertEq(
            opening.flock + handler.totalOf(modelId, Share.ProtocolFlock) + handler.totalOf(modelId, Share.StakingFund),
            ghost.raised
        );
    }

    function _checkGraduationsMt(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Graduated) return;
        assertEq(
            IERC20(ghost.token).balanceOf(address(p.graduation)),
            handler.donatedMt(modelId, address(p.graduation))
        );
    }

    function _checkLock(uint256 modelId, Ghost memory ghost) private view {
        if (ghost.outcome != Outcome.Graduated) return;
        (, uint256 liquidity, uint256 unlocksAt) = p.locker.lockOf(modelId);
        assertEq(unlocksAt, ghost.graduatedAt + LOCK);
        if (block.timestamp < unlocksAt) assertFalse(ghost.liquidityReleased);
        assertEq(liquidity, ghost.liquidityReleased ? 0 : ghost.lockedLiquidity);
    }

    function _checkToken(uint256 modelId, Ghost memory ghost) private view {
        assertEq(p.lens.raiseOf(modelId).token, ghost.token);
        assertEq(ghost.token.code.length != 0, ghost.outcome == Outcome.Graduated);
    }

    function _left(uint256 modelId, Share share) private view returns (uint256) {
        Allocation memory allocation = p.vault.allocationOf(modelId, share);
        return allocation.total - allocation.released;
    }
}
