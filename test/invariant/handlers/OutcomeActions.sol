// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {OpeningReserves} from "../../../contracts/graduation/interfaces/IGraduation.sol";
import {Outcome} from "../../../contracts/offering/types/OfferingTypes.sol";
import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title OutcomeActions
/// @notice Graduations, failures, claims and refunds, by anyone, at any moment: each succeeds exactly when the handler's
/// record says that it must.
abstract contract OutcomeActions is Ghosts {
    function graduate(uint256 modelSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _canGraduate);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        uint256 treasuryBefore = p.flock.balanceOf(p.registry.treasury());
        uint256 offeringBefore = p.flock.balanceOf(address(p.offering));
        bool pairExisted = pairOf(ghost.token).code.length != 0;
        bytes memory call_ = abi.encodeCall(p.offering.graduate, (modelId));
        if (!_attempt(address(p.offering), call_, _canGraduate(modelId), "graduate")) return;

        ghost.outcome = Outcome.Graduated;
        ghost.graduatedAt = time;
        if (ghost.raised < ghost.target) ++done["graduate below the target"];
        assertEq(offeringBefore - p.flock.balanceOf(address(p.offering)), ghost.raised, "graduates with its own raise");
        assertEq(
            p.flock.balanceOf(p.registry.treasury()) - treasuryBefore,
            ghost.pairDonation + donatedFlock[address(p.graduation)],
            "all that was put into the pair early, and what lay in graduation, goes to the treasury"
        );
        if (ghost.pairDonation != 0) ++done["graduate with a poisoned pair"];
        if (ghost.pairDonation != 0 && !pairExisted) ++done["graduate into a poisoned address"];
        if (donatedFlock[address(p.graduation)] != 0) ++done["graduate with a surplus"];
        (ghost.pairDonation, donatedFlock[address(p.graduation)]) = (0, 0);

        address pair = p.dexFactory.getPair(address(p.flock), ghost.token);
        assertEq(pair, pairOf(ghost.token), "the pool is where everybody knew it would be");
        OpeningReserves memory opening = p.graduation.openingReservesOf(modelId);
        assertEq(p.flock.balanceOf(pair), opening.flock, "the pool holds the FLOCK that was meant");
        assertEq(IERC20(ghost.token).balanceOf(pair), opening.mt, "the pool holds the MT that was meant");
        (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
        assertEq(reserve0 + reserve1, uint256(opening.flock) + opening.mt, "the reserves are the balances");
        ghost.lockedLiquidity = IERC20(pair).balanceOf(address(p.locker));
        assertEq(ghost.lockedLiquidity + 1_000, IERC20(pair).totalSupply(), "all liquidity is locked or burned");
    }

    function fail(uint256 modelSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _canFail);
        if (modelId == 0) return;
        bool stuck = _ghosts[modelId].raised >= _ghosts[modelId].minimumRaise;
        bytes memory call_ = abi.encodeCall(p.offering.fail, (modelId));
        if (!_attempt(address(p.offering), call_, _canFail(modelId), "fail")) return;
        _ghosts[modelId].outcome = Outcome.Failed;
        if (stuck) ++done["fail a stuck success"];
    }

    function claim(uint256 modelSeed, uint256 accountSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isGraduated);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        address account = _pickHolder(modelId, accountSeed);
        uint256 mt = _positions[modelId][account].mt;
        bool mustSucceed = ghost.outcome == Outcome.Graduated && mt != 0;
        uint256 balanceBefore = mustSucceed ? IERC20(ghost.token).balanceOf(account) : 0;
        bytes memory call_ = abi.encodeCall(p.offering.claim, (modelId, account));
        if (!_attempt(address(p.offering), call_, mustSucceed, "claim")) return;
        assertEq(IERC20(ghost.token).balanceOf(account) - balanceBefore, mt, "a claim gives the position");
        ghost.claimedMt += mt;
        delete _positions[modelId][account];
    }

    function refund(uint256 modelSeed, uint256 accountSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _canRefund);
        if (modelId == 0) return;
        address account = _pickHolder(modelId, accountSeed);
        uint256 owed = _positions[modelId][account].flockNet;
        uint256 balanceBefore = p.flock.balanceOf(account);
        bytes memory call_ = abi.encodeCall(p.offering.refund, (modelId, account));
        if (!_attempt(address(p.offering), call_, _canRefund(modelId) && owed != 0, "refund")) return;
        uint256 got = p.flock.balanceOf(account) - balanceBefore;
        assertEq(got, owed, "a refund gives the net contribution");
        Ghost storage ghost = _ghosts[modelId];
        ghost.outcome = Outcome.Failed;
        ghost.refundedFlock += got;
        _cameBack[modelId][account] += got;
        delete _positions[modelId][account];
    }

    function refundBundle(uint256 modelSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _hasBundleToRefund);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        address issuer = p.registry.issuerOf(modelId);
        uint256 balanceBefore = p.flock.balanceOf(issuer);
        bytes memory call_ = abi.encodeCall(p.offering.refundBundle, (modelId));
        if (!_attempt(address(p.offering), call_, _hasBundleToRefund(modelId), "refundBundle")) return;
        assertEq(p.flock.balanceOf(issuer) - balanceBefore, ghost.bundleNet, "a refund gives the bundle's net");
        ghost.outcome = Outcome.Failed;
        ghost.refundedFlock += ghost.bundleNet;
        (ghost.bundleNet, ghost.bundleMt) = (0, 0);
    }

    function _hasBundleToRefund(uint256 modelId) private view returns (bool) {
        return _canRefund(modelId) && _ghosts[modelId].bundleNet != 0;
    }
}
