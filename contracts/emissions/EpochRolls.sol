// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {OpeningReserves} from "../graduation/interfaces/IGraduation.sol";
import {Share} from "../vesting/interfaces/IVestingVault.sol";
import {LinearVesting} from "../vesting/libraries/LinearVesting.sol";
import {EmissionState} from "./EmissionState.sol";
import {IEpochRolls} from "./interfaces/IEpochRolls.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {Release, RewardPool, Sources} from "./libraries/RewardPool.sol";
import {EpochTotals, ModelRewards, Pool, Reward} from "./types/EmissionTypes.sol";

/// @title EpochRolls
/// @notice Implements `IEpochRolls`, which is its manual. Every part that touches a model builds on it. The order is always
/// the same: the model is rolled, then the user, then something is added (decision 23).
///
/// An epoch is closed once. Its pool gets what may be released from three sources: emissions (carried and new), and what has
/// vested of the staking fund and of the incentive reserve by the end of that epoch, less what was released before. So
/// what earlier epochs did not release is carried without a record of its own.
abstract contract EpochRolls is EmissionState, IEpochRolls {
    using SafeCast for uint256;

    /// @dev The result of closing an epoch.
    /// @param share The model's part of the epoch's emission [FLOCK wei].
    /// @param bonus The issuer's part of that [FLOCK wei].
    /// @param released What goes into the pool.
    /// @param carriedEmission The users' part of emissions that waits after it [FLOCK wei].
    struct Closing {
        uint256 share;
        uint256 bonus;
        Release released;
        uint256 carriedEmission;
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

    /// @dev Closes the open epoch of a model if it has ended. Returns the model as it is then.
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

        // Interact. The MT of the incentive reserve stays in the vault until a user claims it.
        if (closing.released.fund != 0) {
            VAULT.draw(modelId, Share.StakingFund, closing.released.fund, address(this));
        }
    }

    /// @dev Whether the model has an open epoch that is over.
    function _hasEnded(ModelRewards memory model) internal view returns (bool) {
        return model.openEpoch != 0 && model.openEpoch < _currentEpoch();
    }

    /// @dev The result of closing the model's open epoch. Without eligible use nothing is released, and the users' part of
    /// the emission waits.
    function _close(uint256 modelId, ModelRewards memory model) internal view returns (Closing memory closing) {
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

    /// @dev The pool that closing an epoch fills.
    function _poolFrom(ModelRewards memory model, Closing memory closing) internal pure returns (Pool memory) {
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
                flock: uint128(Math.mulDiv(pool.flock, weight, pool.weight)), // not above pool.flock
                mt: uint128(Math.mulDiv(pool.mt, weight, pool.weight)) // not above pool.mt
            });
    }
}
