// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IGraduation, OpeningReserves} from "../graduation/interfaces/IGraduation.sol";
import {IVestingVault, Share} from "../vesting/interfaces/IVestingVault.sol";
import {LinearVesting} from "../vesting/libraries/LinearVesting.sol";
import {EmissionBudget} from "./EmissionBudget.sol";
import {EpochTotals, IEmissionDistributor, ModelRewards, Pool, Reward} from "./interfaces/IEmissionDistributor.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {Release, RewardPool, Sources} from "./libraries/RewardPool.sol";

/// @title RewardLedger
/// @notice What models and users have earned, worked out when they are touched (decision 23). The order is always
/// the same: the model is rolled, then the user, then something is added.
///
/// An epoch closes once. Its pool gets what may be released of three sources: emissions (carried and new), and what of
/// fund and reserve has vested by the end of that epoch and was not released. The sum of earlier slices less the sum of
/// earlier releases is what is carried of them, so that no slice needs a record of its own.
abstract contract RewardLedger is EmissionBudget {
    using SafeCast for uint256;

    /// @dev A user's weight in a model. One slot.
    /// @param epoch The one epoch to which the weight belongs.
    /// @param weight Eligible weight in it [USDC units].
    struct UserWeight {
        uint32 epoch;
        uint128 weight;
    }

    /// @dev What closing an epoch comes to.
    struct Closing {
        uint256 share;
        uint256 bonus;
        Release released;
        uint256 carriedEmission;
    }

    /// @notice Holds the staking fund and the incentive reserve.
    IVestingVault public immutable VAULT;
    /// @notice Knows at which price a model's pool opened.
    IGraduation public immutable GRADUATION;

    mapping(uint256 modelId => ModelRewards) internal _models;
    mapping(uint256 modelId => mapping(uint256 epoch => Pool)) internal _pools;
    mapping(uint256 modelId => mapping(address user => UserWeight)) internal _weights;
    mapping(uint256 modelId => mapping(address user => Reward)) internal _rewards;

    /// @param vault Holds the staking fund and the incentive reserve.
    /// @param graduation Knows at which price a model's pool opened.
    constructor(IVestingVault vault, IGraduation graduation) {
        VAULT = vault;
        GRADUATION = graduation;
    }

    /// @inheritdoc IEmissionDistributor
    function roll(uint256 modelId) external nonReentrant {
        _roll(modelId);
    }

    /// @inheritdoc IEmissionDistributor
    function claimableOf(address user, uint256 modelId) external view returns (Reward memory reward) {
        reward = _rewards[modelId][user];
        UserWeight memory own = _weights[modelId][user];
        if (own.weight == 0 || own.epoch == currentEpoch()) return reward;
        Pool memory pool = _pools[modelId][own.epoch];
        ModelRewards memory model = _models[modelId];
        if (pool.weight == 0 && model.openEpoch == own.epoch) pool = _poolFrom(model, _close(modelId, model));
        Reward memory earned = _earned(pool, own.weight);
        reward.flock += earned.flock;
        reward.mt += earned.mt;
    }

    /// @inheritdoc IEmissionDistributor
    function issuerBonusOf(uint256 modelId) external view returns (uint256) {
        ModelRewards memory model = _models[modelId];
        if (!_hasEnded(model)) return model.issuerBonus;
        return model.issuerBonus + _close(modelId, model).bonus;
    }

    /// @inheritdoc IEmissionDistributor
    function modelRewardsOf(uint256 modelId) external view returns (ModelRewards memory) {
        return _models[modelId];
    }

    /// @inheritdoc IEmissionDistributor
    function poolOf(uint256 modelId, uint256 epoch) external view returns (Pool memory) {
        return _pools[modelId][epoch];
    }

    /// @inheritdoc IEmissionDistributor
    function weightOf(address user, uint256 modelId) external view returns (uint256 epoch, uint256 weight) {
        UserWeight memory own = _weights[modelId][user];
        return (own.epoch, own.weight);
    }

    /// @dev Closes the open epoch of a model if it has ended, and returns the model as it is then.
    function _roll(uint256 modelId) internal returns (ModelRewards memory model) {
        model = _models[modelId];
        if (!_hasEnded(model)) return model;
        Closing memory closing = _close(modelId, model);
        emit ModelRolled(
            modelId,
            model.openEpoch,
            closing.share,
            closing.bonus,
            closing.released.emission,
            closing.released.fund,
            closing.released.reserve,
            model.openWeight,
            closing.carriedEmission
        );

        // Effect
        if (model.openWeight != 0) _pools[modelId][model.openEpoch] = _poolFrom(model, closing);
        model.openEpoch = 0;
        model.openScore = 0;
        model.openWeight = 0;
        model.openAllowance = 0;
        model.carriedEmission = closing.carriedEmission.toUint128();
        model.releasedFund = (model.releasedFund + closing.released.fund).toUint128();
        model.releasedReserve = (model.releasedReserve + closing.released.reserve).toUint128();
        model.issuerBonus = (model.issuerBonus + closing.bonus).toUint128();
        _models[modelId] = model;

        // Interact. The reserve's MT stays in the vault until a user claims it.
        if (closing.released.fund != 0) {
            VAULT.draw(modelId, Share.StakingFund, closing.released.fund, address(this));
        }
    }

    /// @dev Moves what a user earned in the epoch of its weight to what it can claim. The model is rolled.
    function _rollUser(uint256 modelId, address user, UserWeight memory own) internal {
        if (own.weight == 0) return;
        Reward memory earned = _earned(_pools[modelId][own.epoch], own.weight);
        Reward storage reward = _rewards[modelId][user];
        (reward.flock, reward.mt) = (reward.flock + earned.flock, reward.mt + earned.mt);
    }

    /// @dev Whether the model has an open epoch that is over.
    function _hasEnded(ModelRewards memory model) internal view returns (bool) {
        return model.openEpoch != 0 && model.openEpoch < currentEpoch();
    }

    /// @dev What closing the model's open epoch comes to. Without eligible use nothing is released and the users' part of
    /// the emission waits.
    function _close(uint256 modelId, ModelRewards memory model) private view returns (Closing memory closing) {
        EpochTotals memory totals = _epochs[model.openEpoch];
        if (model.openScore != 0) closing.share = Math.mulDiv(totals.emission, model.openScore, totals.totalScore);
        closing.bonus = RewardPool.issuerBonus(closing.share);
        closing.carriedEmission = model.carriedEmission + closing.share - closing.bonus;
        if (model.openWeight == 0) return closing;

        (uint256 fundVested, uint256 reserveVested) = _vestedAt(modelId, DeploymentScore.endOf(model.openEpoch));
        OpeningReserves memory opening = GRADUATION.openingReservesOf(modelId);
        closing.released = RewardPool.release(
            Sources({
                emission: closing.carriedEmission,
                fund: model.sweptEpoch != 0 ? 0 : fundVested - model.releasedFund,
                reserve: model.sweptEpoch != 0 ? 0 : reserveVested - model.releasedReserve,
                allowance: model.openAllowance,
                openingFlock: opening.flock,
                openingMt: opening.mt
            })
        );
        closing.carriedEmission -= closing.released.emission;
    }

    /// @dev What of fund [FLOCK wei] and reserve [MT wei] has vested at a moment, released or not.
    function _vestedAt(
        uint256 modelId,
        uint256 time
    ) internal view returns (uint256 fundVested, uint256 reserveVested) {
        (, uint256 startAt) = VAULT.recordOf(modelId);
        fundVested = LinearVesting.vested(VAULT.allocationOf(modelId, Share.StakingFund).total, startAt, time);
        reserveVested = LinearVesting.vested(VAULT.allocationOf(modelId, Share.IncentiveReserve).total, startAt, time);
    }

    /// @dev The pool that a closing fills.
    function _poolFrom(ModelRewards memory model, Closing memory closing) private pure returns (Pool memory) {
        return
            Pool({
                flock: (closing.released.emission + closing.released.fund).toUint128(),
                mt: closing.released.reserve.toUint128(),
                weight: model.openWeight
            });
    }

    /// @dev A user's part of a pool, rounded down.
    function _earned(Pool memory pool, uint256 weight) internal pure returns (Reward memory) {
        return
            Reward({
                flock: uint128(Math.mulDiv(pool.flock, weight, pool.weight)), // at most the pool
                mt: uint128(Math.mulDiv(pool.mt, weight, pool.weight)) // at most the pool
            });
    }
}
