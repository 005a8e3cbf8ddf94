// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {WAD} from "../shared/Units.sol";
import {EpochRolls} from "./EpochRolls.sol";
import {IUsageRecords} from "./interfaces/IUsageRecords.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {RewardPool} from "./libraries/RewardPool.sol";
import {EpochTotals, ModelRewards, Reward, Spend, UserWeight} from "./types/EmissionTypes.sol";

/// @title UsageRecords
/// @notice Implements `IUsageRecords`, which is its manual. The emission of an epoch grows with the scores that come in, up
/// to the rate, the cap and the budget. It never falls (decision 21).
abstract contract UsageRecords is EpochRolls, IUsageRecords {
    using SafeCast for uint256;

    /// @inheritdoc IUsageRecords
    function record(
        uint256 modelId,
        uint256 liveAt,
        uint256 netRevenue,
        uint256 paid,
        Spend[] calldata spends
    ) external nonReentrant {
        require(msg.sender == _meter, Emission_NotMeter(msg.sender));
        uint256 epoch = _currentEpoch();
        ModelRewards memory model = _roll(modelId);

        uint256 cap = _capIn(epoch);
        (uint256 weight, uint256 allowance) = _weigh(modelId, epoch, _flockFor(netRevenue, cap), paid, spends);
        uint256 score = netRevenue * DeploymentScore.ageFactor(DeploymentScore.epochOf(liveAt), epoch);

        model.openEpoch = epoch.toUint24();
        model.openScore = (model.openScore + score).toUint104();
        model.openWeight = (model.openWeight + weight).toUint104();
        model.openAllowance = (model.openAllowance + allowance).toUint128();
        ModelRewards storage stored = _models[modelId];
        stored.openEpoch = model.openEpoch;
        stored.openScore = model.openScore;
        stored.openWeight = model.openWeight;
        stored.openAllowance = model.openAllowance;
        EpochTotals memory totals = _addScore(epoch, score, cap);
        emit UsageRecorded(
            modelId,
            epoch,
            model.openScore,
            model.openWeight,
            model.openAllowance,
            totals.totalScore,
            totals.emission
        );
    }

    /// @inheritdoc IUsageRecords
    function weightOf(address user, uint256 modelId) external view returns (uint256 epoch, uint256 weight) {
        UserWeight memory own = _weights[modelId][user];
        return (own.epoch, own.weight);
    }

    /// @dev Adds a score to the present epoch, and raises its emission accordingly.
    function _addScore(uint256 epoch, uint256 score, uint256 cap) private returns (EpochTotals memory totals) {
        totals = _epochs[epoch];
        totals.totalScore = (totals.totalScore + score).toUint128();
        uint256 earned = _flockFor(totals.totalScore, cap) / DeploymentScore.MAX_AGE_FACTOR;
        uint256 wanted = Math.min(_dailyRateIn(epoch), earned);
        if (wanted > totals.emission) {
            uint256 free = _unreserved;
            uint256 raise = Math.min(wanted - totals.emission, free);
            _unreserved = free - raise;
            totals.emission = (totals.emission + raise).toUint128();
        }
        _epochs[epoch] = totals;
    }

    /// @dev Adds the weight of every eligible spend to its user, after the user was rolled.
    /// @param earnable FLOCK that the net revenue of all of `paid` can earn at the cap [FLOCK wei].
    /// @return weight The weight that was added [USDC units].
    /// @return allowance What the eligible spends add to the model's allowance [FLOCK wei], rounded down.
    function _weigh(
        uint256 modelId,
        uint256 epoch,
        uint256 earnable,
        uint256 paid,
        Spend[] calldata spends
    ) private returns (uint256 weight, uint256 allowance) {
        uint256 minStake = _minimumStake;
        uint256 eligiblePaid;
        for (uint256 i = 0; i < spends.length; ++i) {
            Spend calldata spend = spends[i];
            uint256 added = RewardPool.weightOf(spend.list, spend.paid);
            if (added == 0 || STAKING.stakeOf(modelId, spend.user) < minStake) continue;
            UserWeight memory own = _weights[modelId][spend.user];
            uint256 ownWeight = added;
            if (own.epoch == epoch) ownWeight += own.weight;
            else _rollUser(modelId, spend.user, own);
            _weights[modelId][spend.user] = UserWeight({
                epoch: uint32(epoch), // the model stores it in 24 bits
                weight: ownWeight.toUint128()
            });
            emit WeightAdded(modelId, spend.user, epoch, ownWeight);
            weight += added;
            eligiblePaid += spend.paid;
        }
        allowance = Math.mulDiv(earnable, eligiblePaid, paid);
    }

    /// @dev Moves what a user has earned in the epoch of its weight to what it can claim. The model was rolled before.
    function _rollUser(uint256 modelId, address user, UserWeight memory own) private {
        if (own.weight == 0) return;
        Reward memory earned = _earned(_pools[modelId][own.epoch], own.weight);
        Reward storage reward = _rewards[modelId][user];
        (reward.flock, reward.mt) = (reward.flock + earned.flock, reward.mt + earned.mt);
    }

    /// @dev FLOCK that net revenue or score of `amount` can earn at a cap [FLOCK wei], rounded down.
    function _flockFor(uint256 amount, uint256 cap) private view returns (uint256) {
        return (amount * cap * WAD) / USDC_UNIT;
    }

    /// @dev The cap that holds in an epoch [FLOCK per USDC].
    function _capIn(uint256 epoch) private view returns (uint256) {
        return epoch < _settings.nextFromEpoch ? _settings.maxFlockPerUsdc : _settings.nextMaxFlockPerUsdc;
    }

    /// @dev The rate that holds in an epoch [FLOCK wei].
    function _dailyRateIn(uint256 epoch) private view returns (uint256) {
        return epoch < _settings.nextFromEpoch ? _settings.dailyRate : _settings.nextDailyRate;
    }
}
