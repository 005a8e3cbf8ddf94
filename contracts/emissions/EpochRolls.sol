// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Share} from "../vesting/interfaces/IVestingVault.sol";
import {LinearVesting} from "../vesting/libraries/LinearVesting.sol";
import {EmissionState} from "./EmissionState.sol";
import {IEpochRolls} from "./interfaces/IEpochRolls.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {Release, RewardPool, Sources} from "./libraries/RewardPool.sol";
import {EpochTotals, ModelRewards, Pool, Reward, RollTotals, UserWeight} from "./types/EmissionTypes.sol";

/// @title EpochRolls
/// @notice Implements `IEpochRolls`, which is its manual. Every part that touches a model builds on it. The order is always
/// the same: the model is rolled, then the user, then something is added (decision 23).
///
/// An epoch is closed once. Its pool gets what may be released from three sources: what has vested of the staking fund and
/// of the incentive reserve by the end of that epoch, less what was released before, and emissions (carried and new). So
/// what earlier epochs did not release is carried without a record of its own. All that depends on prices was fixed when the
/// epoch was opened, so it does not matter when it is closed.
abstract contract EpochRolls is EmissionState, IEpochRolls {
    using SafeCast for uint256;

    /// @dev The result of closing an epoch.
    /// @param share The model's part of the epoch's emission [FLOCK wei].
    /// @param bonus The issuer's part of that [FLOCK wei].
    /// @param pool The pool of the epoch; zeros if there was no eligible use.
    /// @param model The model after it.
    /// @param fund What the staking fund has released into the pool [FLOCK wei].
    struct Closing {
        uint256 share;
        uint256 bonus;
        Pool pool;
        ModelRewards model;
        uint256 fund;
    }

    /// @inheritdoc IEpochRolls
    function roll(uint256 modelId) external nonReentrant {
        _roll(modelId);
    }

    /// @inheritdoc IEpochRolls
    function modelRewardsOf(uint256 modelId) external view returns (ModelRewards memory) {
        return _models[modelId];
    }

    /// @inheritdoc IEpochRolls
    function poolOf(uint256 modelId, uint256 epoch) external view returns (Pool memory) {
        return _pools[modelId][epoch];
    }

    /// @dev Closes the open epoch of a model if it has ended. Afterwards the model has none that has ended.
    function _roll(uint256 modelId) internal {
        uint256 epoch = _models[modelId].openEpoch;
        if (epoch == 0 || epoch == _currentEpoch()) return;
        Closing memory closing = _close(modelId, _models[modelId]);

        // Effect
        _models[modelId] = closing.model;
        if (closing.pool.weight != 0) _pools[modelId][epoch] = closing.pool;
        emit ModelRolled(
            modelId,
            epoch,
            closing.share,
            closing.bonus,
            closing.fund,
            closing.pool.flock - closing.fund,
            closing.pool,
            RollTotals({
                carriedEmission: closing.model.carriedEmission,
                issuerBonus: closing.model.issuerBonus,
                releasedFund: closing.model.releasedFund,
                releasedReserve: closing.model.releasedReserve
            })
        );

        // Interact. The MT of the incentive reserve stays in the vault until a user claims it.
        if (closing.fund != 0) VAULT.draw(modelId, Share.StakingFund, closing.fund, address(this));
    }

    /// @dev Whether the model has an open epoch that is over.
    function _hasEnded(ModelRewards memory model) internal view returns (bool) {
        return model.openEpoch != 0 && model.openEpoch < _currentEpoch();
    }

    /// @dev The result of closing the model's open epoch. Without eligible use nothing is released, and the users' part of
    /// the emission waits.
    function _close(uint256 modelId, ModelRewards memory model) internal view returns (Closing memory closing) {
        EpochTotals memory totals = _epochs[model.openEpoch];
        if (model.openScore != 0) closing.share = (uint256(totals.emission) * model.openScore) / totals.totalScore;
        closing.bonus = RewardPool.issuerBonus(closing.share);
        uint256 emission = model.carriedEmission + closing.share - closing.bonus;

        if (model.openWeight != 0) {
            Release memory released = _release(modelId, model, emission);
            closing.fund = released.fund;
            // The vault keeps the whole of a share in 128 bits, so what is released of it fits, too.
            closing.pool = Pool({
                flock: (released.fund + released.emission).toUint128(),
                mt: uint128(released.reserve),
                weight: model.openWeight,
                price: model.openPrice,
                cap: model.openCap
            });
            emission -= released.emission;
            model.releasedFund = uint128(model.releasedFund + released.fund);
            model.releasedReserve = uint128(model.releasedReserve + released.reserve);
        }
        // An epoch emits less than 2^80: no number of epochs that can be passes 128 bits.
        model.carriedEmission = uint128(emission);
        model.issuerBonus = uint128(model.issuerBonus + closing.bonus);
        (model.openEpoch, model.openScore, model.openWeight) = (0, 0, 0);
        (model.openNet, model.openPrice, model.openCap) = (0, 0, 0);
        closing.model = model;
    }

    /// @dev What has vested at `time` of the staking fund [FLOCK wei] and of the incentive reserve [MT wei], with what was
    /// released of it.
    function _vestedAt(
        uint256 modelId,
        uint256 time
    ) internal view returns (uint256 fundVested, uint256 reserveVested) {
        (, uint256 startAt) = VAULT.recordOf(modelId);
        fundVested = LinearVesting.vested(VAULT.allocationOf(modelId, Share.StakingFund).total, startAt, time);
        reserveVested = LinearVesting.vested(VAULT.allocationOf(modelId, Share.IncentiveReserve).total, startAt, time);
    }

    /// @dev What a user has earned in the epoch of its weight. The model was rolled before. What its own cap has cut stays
    /// aside until a sweep.
    function _rollUser(uint256 modelId, address user, UserWeight memory own) internal returns (Reward memory earned) {
        Reward memory cut;
        (earned, cut) = RewardPool.earnedOf(_pools[modelId][own.epoch], own.weight, own.net, USDC_UNIT);
        if (cut.flock == 0 && cut.mt == 0) return earned;
        ModelRewards storage model = _models[modelId];
        (uint128 cutFlock, uint128 cutMt) = (model.cutFlock + cut.flock, model.cutMt + cut.mt);
        (model.cutFlock, model.cutMt) = (cutFlock, cutMt);
        emit RewardCut(modelId, user, own.epoch, cut.flock, cut.mt, cutFlock, cutMt);
    }

    /// @dev What the sources release for the epoch that the model has open.
    /// @param emission The users' part of emissions, carried and new [FLOCK wei].
    function _release(
        uint256 modelId,
        ModelRewards memory model,
        uint256 emission
    ) private view returns (Release memory) {
        Sources memory sources = Sources({
            fund: 0,
            reserve: 0,
            emission: emission,
            allowance: RewardPool.allowanceOf(model.openNet, model.openCap, USDC_UNIT),
            price: model.openPrice
        });
        if (model.sweptEpoch == 0) {
            (uint256 fund, uint256 reserve) = _vestedAt(modelId, DeploymentScore.endOf(model.openEpoch));
            (sources.fund, sources.reserve) = (fund - model.releasedFund, reserve - model.releasedReserve);
        }
        return RewardPool.release(sources);
    }
}
