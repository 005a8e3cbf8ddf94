// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {OpeningReserves} from "../graduation/interfaces/IGraduation.sol";
import {BondingCurve} from "../offering/libraries/BondingCurve.sol";
import {Fill, Sale} from "../offering/libraries/CurveFill.sol";
import {FeeSchedule} from "../offering/libraries/FeeSchedule.sol";
import {RaiseTimes} from "../offering/libraries/RaiseTimes.sol";
import {SalePricing} from "../offering/libraries/SalePricing.sol";
import {Curve, RaiseRecord, Running, Terms} from "../offering/types/OfferingTypes.sol";
import {ModelIdentity, UsageTerms} from "../registry/interfaces/IModelRegistry.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {Allocation, Share} from "../vesting/interfaces/IVestingVault.sol";
import {IProtocolLens} from "./interfaces/IProtocolLens.sol";
import {LensState} from "./LensState.sol";
import {PoolView, RaiseView, ShareView} from "./types/LensTypes.sol";

/// @title RaiseLens
/// @notice The part of the lens that shows a raise.
abstract contract RaiseLens is LensState {
    using SalePricing for Sale;
    using PauseWindow for Pause;

    /// @inheritdoc IProtocolLens
    function raiseOf(uint256 modelId) external view returns (RaiseView memory raise) {
        RaiseRecord memory record = _recordOf(modelId);
        _showTerms(raise, record);
        _showCurve(raise, record.running, record.curve);
        _showTimes(raise, record);
        _showModel(raise, modelId);
        (raise.creatorFee, raise.protocolFee) = OFFERING.unclaimedFeesOf(modelId);
        raise.pool = _poolOf(modelId);
    }

    /// @inheritdoc IProtocolLens
    function quoteExactIn(uint256 modelId, uint256 flockIn) external view returns (Fill memory) {
        return OFFERING.saleOf(modelId).exactIn(flockIn);
    }

    /// @inheritdoc IProtocolLens
    function quoteExactOut(uint256 modelId, uint256 mtOut) external view returns (Fill memory) {
        return OFFERING.saleOf(modelId).exactOut(mtOut);
    }

    /// @dev What was fixed at the launch.
    function _showTerms(RaiseView memory raise, RaiseRecord memory record) private pure {
        Terms memory terms = record.terms;
        raise.outcome = record.running.outcome;
        raise.openingMode = record.running.openingMode;
        raise.minimumRaise = terms.minimumRaise;
        raise.bundleNet = terms.bundleNet;
        raise.bundleMt = BondingCurve.soldAt(record.curve.target, record.curve.virtualFlock, terms.bundleNet);
    }

    /// @dev The curve, and where the raise stands on it.
    function _showCurve(RaiseView memory raise, Running memory running, Curve memory curve) private pure {
        raise.raised = running.raised;
        raise.gross = running.gross;
        raise.target = curve.target;
        raise.virtualFlock = curve.virtualFlock;
        raise.sold = BondingCurve.soldAt(curve.target, curve.virtualFlock, running.raised);
        raise.virtualMt = BondingCurve.virtualMt(curve.target, curve.virtualFlock);
        raise.priceWad = BondingCurve.priceAt(curve.target, curve.virtualFlock, running.raised);
        raise.creatorFeeBps = curve.creatorFeeBps;
        raise.protocolFeeBps = curve.protocolFeeBps;
        raise.antiSnipeStartBps = running.antiSnipeStartBps;
    }

    /// @dev The times of the sale, and the fee rate of now.
    function _showTimes(RaiseView memory raise, RaiseRecord memory record) private view {
        Pause memory pause = OFFERING.buyPause();
        Curve memory curve = record.curve;
        raise.feeRateWad = FeeSchedule.rateWad(
            uint256(curve.creatorFeeBps) + curve.protocolFeeBps,
            record.running.antiSnipeStartBps,
            curve.antiSnipeWindow,
            pause.clock(block.timestamp) - curve.startAt
        );
        raise.antiSnipeEndsAt = pause.wallTime(uint256(curve.startAt) + curve.antiSnipeWindow, block.timestamp);
        // If purchases were paused at the launch, the clock showed its start all the time until the pause ended. The sale
        // began with the first second after that.
        raise.startsAt = pause.wallTime(uint256(curve.startAt) + 1, block.timestamp) - 1;
        raise.endsAt = pause.wallTime(record.running.endsAt, block.timestamp);
        uint256 failableAt = RaiseTimes.failableAt(record.running, record.terms.minimumRaise);
        raise.failableAt = pause.wallTime(failableAt, block.timestamp);
    }

    /// @dev What the model is called, who holds it, and how it is used.
    function _showModel(RaiseView memory raise, uint256 modelId) private view {
        ModelIdentity memory identity = REGISTRY.identityOf(modelId);
        raise.name = identity.name;
        raise.symbol = identity.symbol;
        raise.token = OFFERING.tokenOf(modelId);
        raise.metadataHash = identity.metadataHash;
        UsageTerms memory terms = REGISTRY.usageTermsOf(modelId);
        raise.issuer = REGISTRY.issuerOf(modelId);
        raise.tierId = REGISTRY.modelOf(modelId).tierId;
        raise.minimumPrice = terms.minimumPrice;
        raise.computeCost = terms.computeCost;
        raise.liveAt = terms.liveAt;
        raise.apiId = REGISTRY.apiIdOf(modelId);
    }

    /// @dev What graduation has made of a raise; zeros before.
    function _poolOf(uint256 modelId) private view returns (PoolView memory pool) {
        (address token, uint256 graduatedAt) = VAULT.recordOf(modelId);
        if (token == address(0)) return pool;
        pool.graduatedAt = graduatedAt;
        (pool.pair, pool.lockedLiquidity, pool.unlocksAt) = LOCKER.lockOf(modelId);
        (pool.flock, pool.mt, ) = IUniswapV2Pair(pool.pair).getReserves();
        if (token < address(FLOCK)) (pool.flock, pool.mt) = (pool.mt, pool.flock);
        OpeningReserves memory opening = GRADUATION.openingReservesOf(modelId);
        (pool.openingFlock, pool.openingMt) = (opening.flock, opening.mt);
        pool.unvested = VAULT.unvested(modelId);
        for (uint256 i = 0; i < pool.shares.length; ++i) {
            Allocation memory allocation = VAULT.allocationOf(modelId, Share(i));
            pool.shares[i] = ShareView({
                total: allocation.total,
                released: allocation.released,
                releasable: VAULT.releasable(modelId, Share(i))
            });
        }
    }
}
