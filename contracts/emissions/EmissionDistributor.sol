// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {IModelStaking} from "../staking/interfaces/IModelStaking.sol";
import {IVestingVault, Share} from "../vesting/interfaces/IVestingVault.sol";
import {LinearVesting} from "../vesting/libraries/LinearVesting.sol";
import {EmissionBudget} from "./EmissionBudget.sol";
import {EpochTotals, IEmissionDistributor, ModelRewards, Reward, Spend} from "./interfaces/IEmissionDistributor.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {RewardPool} from "./libraries/RewardPool.sol";
import {RewardLedger} from "./RewardLedger.sol";

/// @title EmissionDistributor
/// @notice Implements `IEmissionDistributor`, which is its manual.
/// @dev FLOCK held >= unreserved + what epochs have reserved and models have not shared yet + carried emissions
///                    + what users and issuers can claim
contract EmissionDistributor is RewardLedger, OneShotWiring {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev What the distributor starts with.
    /// @param dailyRate The most that one epoch emits [FLOCK wei].
    /// @param maxFlockPerUsdc The most FLOCK that one USDC of net revenue can earn [FLOCK per USDC].
    /// @param minimumStake The stake from which usage weighs for rewards [MT wei].
    struct InitialSettings {
        uint96 dailyRate;
        uint16 maxFlockPerUsdc;
        uint96 minimumStake;
    }

    /// @dev The link to the meter.
    bytes32 private constant METER_LINK = "meter";

    /// @notice How long after the end of vesting, or the last sweep, what nobody earned can be swept [s].
    uint256 public constant SWEEP_DELAY = 360 days;

    /// @notice Where the seats are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Where users stake.
    IModelStaking public immutable STAKING;

    /// @notice The meter, which alone records usage.
    address public meter;

    /// @param authority The AccessManager.
    /// @param flock The token that is emitted.
    /// @param usdcUnit One USDC [USDC units].
    /// @param registry Where the seats are.
    /// @param vault Holds the staking fund and the incentive reserve.
    /// @param graduation Knows at which price a model's pool opened.
    /// @param staking Where users stake.
    /// @param settings Rate and cap from the first epoch on, and the minimum stake.
    constructor(
        address authority,
        IERC20 flock,
        uint256 usdcUnit,
        IModelRegistry registry,
        IVestingVault vault,
        IGraduation graduation,
        IModelStaking staking,
        InitialSettings memory settings
    )
        EmissionBudget(authority, flock, usdcUnit, settings.dailyRate, settings.maxFlockPerUsdc, settings.minimumStake)
        RewardLedger(vault, graduation)
    {
        REGISTRY = registry;
        STAKING = staking;
    }

    /// @notice Names the meter. Deployer only, once.
    /// @dev Errors: `Wiring_NotDeployer`, `Wiring_AlreadyWired`, `Wiring_NotAContract`.
    function wire(address meter_) external {
        _checkWire(METER_LINK, meter, meter_);
        meter = meter_;
    }

    /// @inheritdoc OneShotWiring
    function requireWired() external view override returns (bool) {
        return _requireLink(METER_LINK, meter);
    }

    /// @inheritdoc IEmissionDistributor
    function record(
        uint256 modelId,
        uint256 liveAt,
        uint256 netRevenue,
        uint256 paid,
        Spend[] calldata spends
    ) external nonReentrant {
        require(msg.sender == meter, Emission_NotMeter(msg.sender));
        uint256 epoch = currentEpoch();
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

    /// @inheritdoc IEmissionDistributor
    function claim(address user, uint256[] calldata modelIds) external nonReentrant returns (uint256 flock) {
        uint256 mtOfAll;
        for (uint256 i = 0; i < modelIds.length; ++i) {
            Reward memory reward = _takeReward(modelIds[i], user);
            flock += reward.flock;
            mtOfAll += reward.mt;
            if (reward.mt != 0) VAULT.draw(modelIds[i], Share.IncentiveReserve, reward.mt, user);
        }
        require(flock + mtOfAll != 0, Emission_NothingToClaim(user));
        if (flock != 0) FLOCK.safeTransfer(user, flock);
    }

    /// @inheritdoc IEmissionDistributor
    function claimIssuerBonus(uint256 modelId, address to) external nonReentrant returns (uint256 flock) {
        address issuer = REGISTRY.issuerOf(modelId);
        require(msg.sender == issuer, Emission_NotIssuer(msg.sender, issuer));
        require(to != address(0), Emission_ZeroRecipient());
        flock = _roll(modelId).issuerBonus;
        require(flock != 0, Emission_NothingToClaim(issuer));

        _models[modelId].issuerBonus = 0;
        emit IssuerBonusClaimed(modelId, to, flock);
        FLOCK.safeTransfer(to, flock);
    }

    /// @inheritdoc IEmissionDistributor
    function sweep(uint256 modelId) external nonReentrant {
        // Check
        (address token, uint256 startAt) = VAULT.recordOf(modelId);
        require(token != address(0), Emission_NotGraduated(modelId));
        ModelRewards memory model = _roll(modelId);
        bool isFirst = model.sweptEpoch == 0;
        uint256 waitedFrom = isFirst ? startAt + LinearVesting.DURATION : DeploymentScore.endOf(model.sweptEpoch);
        uint256 sweepableAt = waitedFrom + SWEEP_DELAY;
        require(block.timestamp >= sweepableAt, Emission_NotSweepable(modelId, sweepableAt));
        require(model.openWeight == 0, Emission_StillEarning(modelId, model.openEpoch));

        // Effect
        (uint256 fundLeft, uint256 reserveLeft) = (0, 0);
        if (isFirst) {
            (uint256 fundVested, uint256 reserveVested) = _vestedAt(modelId, block.timestamp);
            (fundLeft, reserveLeft) = (fundVested - model.releasedFund, reserveVested - model.releasedReserve);
        }
        ModelRewards storage stored = _models[modelId];
        stored.sweptEpoch = currentEpoch().toUint24();
        stored.carriedEmission = 0;
        emit ModelSwept(modelId, model.carriedEmission + fundLeft, reserveLeft);

        // Interact
        address treasury = REGISTRY.treasury();
        if (fundLeft != 0) VAULT.draw(modelId, Share.StakingFund, fundLeft, treasury);
        if (model.carriedEmission != 0) FLOCK.safeTransfer(treasury, model.carriedEmission);
        if (reserveLeft != 0) {
            VAULT.draw(modelId, Share.IncentiveReserve, reserveLeft, address(this));
            ERC20Burnable(token).burn(reserveLeft);
        }
    }

    /// @dev Adds the weight of every eligible spend to its user, after the user is rolled.
    /// @param earnable FLOCK that the net revenue of all of `paid` can earn at the cap [FLOCK wei].
    /// @return weight What was added [USDC units].
    /// @return allowance What the eligible spends add to the model's allowance [FLOCK wei], rounded down.
    function _weigh(
        uint256 modelId,
        uint256 epoch,
        uint256 earnable,
        uint256 paid,
        Spend[] calldata spends
    ) private returns (uint256 weight, uint256 allowance) {
        uint256 least = minimumStake;
        uint256 eligiblePaid;
        for (uint256 i = 0; i < spends.length; ++i) {
            Spend calldata spend = spends[i];
            uint256 added = RewardPool.weightOf(spend.list, spend.paid);
            if (added == 0 || STAKING.stakeOf(modelId, spend.user) < least) continue;
            UserWeight memory own = _weights[modelId][spend.user];
            uint256 ownWeight = added;
            if (own.epoch == epoch) ownWeight += own.weight;
            else _rollUser(modelId, spend.user, own);
            _weights[modelId][spend.user] = UserWeight({
                epoch: uint32(epoch), // the model stores it as one
                weight: ownWeight.toUint128()
            });
            emit WeightAdded(modelId, spend.user, epoch, ownWeight);
            weight += added;
            eligiblePaid += spend.paid;
        }
        allowance = Math.mulDiv(earnable, eligiblePaid, paid);
    }

    /// @dev Takes what a user can claim of a model out of the books, with what its weight has earned since.
    function _takeReward(uint256 modelId, address user) private returns (Reward memory reward) {
        _roll(modelId);
        reward = _rewards[modelId][user];
        if (reward.flock != 0 || reward.mt != 0) delete _rewards[modelId][user];
        UserWeight memory own = _weights[modelId][user];
        if (own.weight != 0 && own.epoch != currentEpoch()) {
            delete _weights[modelId][user];
            Reward memory earned = _earned(_pools[modelId][own.epoch], own.weight);
            reward.flock += earned.flock;
            reward.mt += earned.mt;
        }
        if (reward.flock != 0 || reward.mt != 0) emit RewardClaimed(modelId, user, reward.flock, reward.mt);
    }
}
