// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {OpeningReserves} from "../graduation/interfaces/IGraduation.sol";
import {BPS, WAD} from "../shared/Units.sol";
import {EpochRolls} from "./EpochRolls.sol";
import {IUsageRecords} from "./interfaces/IUsageRecords.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {RewardPool} from "./libraries/RewardPool.sol";
import {EmissionSettings, EpochTotals, ModelRewards, Reward, Spend, UserWeight} from "./types/EmissionTypes.sol";

/// @title UsageRecords
/// @notice Implements `IUsageRecords`, which is its manual. The emission of an epoch grows with the scores that come in, up
/// to the rate, half of the cap and the budget. It never falls (decision 21).
abstract contract UsageRecords is EpochRolls, IUsageRecords {
    using SafeCast for uint256;

    /// @dev With how many USDC the average price of FLOCK is read: many, because each pair of the route rounds down.
    uint256 private constant PRICED_USDC = 1_000_000;

    /// @inheritdoc IUsageRecords
    function record(
        uint256 modelId,
        uint256 liveAt,
        uint256 netRevenue,
        Spend[] calldata spends
    ) external nonReentrant {
        require(msg.sender == _meter, Emission_NotMeter(msg.sender));
        uint256 epoch = _currentEpoch();
        _roll(modelId);

        uint256 score = netRevenue * DeploymentScore.ageFactor(DeploymentScore.epochOf(liveAt), epoch);
        EpochTotals memory totals = _addScore(epoch, score);
        (uint256 weight, uint256 net) = _weigh(modelId, epoch, spends);

        ModelRewards storage model = _models[modelId];
        if (model.openEpoch == 0) {
            model.openEpoch = uint24(epoch); // days since 1970: it fits for 45,000 years
            model.openPrice = _observeMtPrice(modelId);
            model.openCap = totals.cap;
        }
        uint104 modelScore = (model.openScore + score).toUint104();
        uint104 modelWeight = (model.openWeight + weight).toUint104();
        uint104 modelNet = (model.openNet + net).toUint104();
        (model.openScore, model.openWeight, model.openNet) = (modelScore, modelWeight, modelNet);
        emit UsageRecorded(modelId, epoch, modelScore, modelWeight, modelNet, model.openPrice, totals, _unreserved);
    }

    /// @inheritdoc IUsageRecords
    function weightOf(
        address user,
        uint256 modelId
    ) external view returns (uint256 epoch, uint256 weight, uint256 net) {
        UserWeight memory own = _weights[modelId][user];
        return (own.epoch, own.weight, own.net);
    }

    /// @inheritdoc IUsageRecords
    function capOf(uint256 epoch) external view returns (uint256) {
        EpochTotals memory totals = _epochs[epoch];
        return totals.totalScore != 0 || epoch < _currentEpoch() ? totals.cap : _capIn(epoch);
    }

    /// @dev Adds a score to the present epoch, and raises its emission accordingly. The first score of an epoch fixes its cap.
    function _addScore(uint256 epoch, uint256 score) private returns (EpochTotals memory totals) {
        totals = _epochs[epoch];
        if (totals.totalScore == 0) totals.cap = _capIn(epoch);
        totals.totalScore = (totals.totalScore + score).toUint104();
        uint256 earned =
            RewardPool.allowanceOf(totals.totalScore, totals.cap, USDC_UNIT) /
                (DeploymentScore.MAX_AGE_FACTOR * RewardPool.ALLOWANCE_DIVISOR);
        uint256 wanted = Math.min(_dailyRateIn(epoch), earned);
        if (wanted > totals.emission) {
            uint256 free = _unreserved;
            uint256 raise = Math.min(wanted - totals.emission, free);
            _unreserved = free - raise;
            totals.emission = (totals.emission + raise).toUint80();
        }
        _epochs[epoch] = totals;
    }

    /// @dev Adds weight and net revenue of every eligible spend to its user, after the user was rolled.
    /// @return weight The weight that was added [USDC units].
    /// @return net The net revenue of eligible spends [USDC units].
    function _weigh(
        uint256 modelId,
        uint256 epoch,
        Spend[] calldata spends
    ) private returns (uint256 weight, uint256 net) {
        uint256 minStake = _minimumStake;
        mapping(address user => UserWeight) storage weights = _weights[modelId];
        for (uint256 i = 0; i < spends.length; ++i) {
            Spend calldata spend = spends[i];
            address user = spend.user;
            uint256 added = RewardPool.weightOf(spend.list, spend.paid);
            if (added == 0 || STAKING.stakeOf(modelId, user) < minStake) continue;
            weight += added;
            net += spend.net;

            UserWeight storage stored = weights[user];
            UserWeight memory own = stored;
            bool isFirst = own.epoch != epoch;
            uint256 ownNet = spend.net;
            if (!isFirst) (added, ownNet) = (own.weight + added, own.net + ownNet);
            _store(stored, uint48(epoch), uint104(added), uint104(ownNet));
            if (isFirst && own.weight != 0) {
                Reward memory reward = _bookReward(modelId, user, own);
                emit UserRolled(modelId, user, reward, weights[user]);
            } else {
                emit WeightAdded(modelId, user, epoch, added, ownNet);
            }
        }
    }

    /// @dev Writes a user's slot. The casts are before, and the fields one by one, because the compiler joins writes to one
    /// slot only then. Nothing is above what the model has, of which `record` checks that it fits.
    function _store(UserWeight storage own, uint48 epoch, uint104 weight, uint104 net) private {
        own.epoch = epoch;
        own.weight = weight;
        own.net = net;
    }

    /// @dev Moves what a user has earned in the epoch of its weight to what it can claim, and returns that. The model was
    /// rolled before.
    function _bookReward(
        uint256 modelId,
        address user,
        UserWeight memory own
    ) private returns (Reward memory claimable) {
        claimable = _rollUser(modelId, user, own);
        Reward storage reward = _rewards[modelId][user];
        claimable.flock += reward.flock;
        claimable.mt += reward.mt;
        (uint128 flock, uint128 mt) = (claimable.flock, claimable.mt);
        reward.flock = flock;
        reward.mt = mt;
    }

    /// @dev What MT of a model counts for in an epoch that opens now [WAD, FLOCK per MT], rounded up: the higher of the price
    /// at which its pool opened and its average price. Above what 80 bits hold, 1.2 million FLOCK, it counts for that.
    function _observeMtPrice(uint256 modelId) private returns (uint80) {
        OpeningReserves memory opening = GRADUATION.openingReservesOf(modelId);
        uint256 openingPrice = Math.ceilDiv(opening.flock * WAD, opening.mt);
        uint256 price = Math.max(openingPrice, BUYBACK.observeMtPrice(modelId));
        return uint80(Math.min(price, type(uint80).max));
    }

    /// @dev The cap of an epoch that opens now [WAD, FLOCK per USDC], rounded down: the fixed cap, or what the largest worth
    /// of a reward is at the average price of FLOCK, whichever is less.
    function _capIn(uint256 epoch) private view returns (uint72 cap) {
        EmissionSettings memory settings = _settings;
        uint256 maxRewardBps = settings.nextMaxRewardBps;
        cap = settings.nextMaxFlockPerUsdc;
        if (epoch < settings.nextFromEpoch) (cap, maxRewardBps) = (settings.maxFlockPerUsdc, settings.maxRewardBps);
        if (maxRewardBps == 0) return cap;
        uint256 flock = BUYBACK.averageFlockFor(PRICED_USDC * USDC_UNIT);
        if (flock == 0) return cap;
        // More FLOCK than there can be, so that the product fits.
        flock = Math.min(flock, type(uint128).max);
        return uint72(Math.min(cap, (flock * maxRewardBps) / (PRICED_USDC * BPS)));
    }

    /// @dev The rate that holds in an epoch [FLOCK wei].
    function _dailyRateIn(uint256 epoch) private view returns (uint256) {
        return epoch < _settings.nextFromEpoch ? _settings.dailyRate : _settings.nextDailyRate;
    }
}
