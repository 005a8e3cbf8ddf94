// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Bounds} from "../shared/libraries/Bounds.sol";
import {ExactTransfer} from "../shared/libraries/ExactTransfer.sol";
import {BPS} from "../shared/Units.sol";
import {EmissionState} from "./EmissionState.sol";
import {IEmissionBudget} from "./interfaces/IEmissionBudget.sol";
import {EmissionSettings, EpochTotals} from "./types/EmissionTypes.sol";

/// @title EmissionBudget
/// @notice Implements `IEmissionBudget`, which is its manual.
abstract contract EmissionBudget is EmissionState, AccessManaged, IEmissionBudget {
    using ExactTransfer for IERC20;
    using SafeCast for uint256;

    /// @dev What the distributor starts with.
    /// @param dailyRate The largest amount that one epoch emits [FLOCK wei].
    /// @param maxFlockPerUsdc The fixed cap [WAD, FLOCK per USDC].
    /// @param maxRewardBps The most that rewards of one USDC of net revenue may be worth [bps]; 0 switches it off.
    /// @param minimumStake The stake that a user's usage needs to earn rewards [MT wei].
    struct InitialSettings {
        uint96 dailyRate;
        uint72 maxFlockPerUsdc;
        uint16 maxRewardBps;
        uint96 minimumStake;
    }

    /// @dev Bounds of the settings (decision 27).
    uint256 private constant MAX_DAILY_RATE = 1_000_000e18;
    uint256 private constant MAX_FLOCK_PER_USDC = 1_000e18;
    uint256 private constant MAX_MINIMUM_STAKE = 1_000e18;

    /// @param settings Rate and caps from the first epoch on, and the minimum stake.
    constructor(InitialSettings memory settings) {
        _applySettings(settings.dailyRate, settings.maxFlockPerUsdc, settings.maxRewardBps, 0);
        _applyMinimumStake(settings.minimumStake);
    }

    /// @inheritdoc IEmissionBudget
    function fund(uint256 amount) external nonReentrant {
        require(amount != 0, Emission_ZeroAmount());
        uint256 free = _unreserved + amount;
        _unreserved = free;
        emit Funded(msg.sender, amount, free);
        FLOCK.pull(amount);
    }

    /// @inheritdoc IEmissionBudget
    function setEmissionSettings(uint96 dailyRate, uint72 maxFlockPerUsdc, uint16 maxRewardBps) external restricted {
        _applySettings(dailyRate, maxFlockPerUsdc, maxRewardBps, _currentEpoch() + 1);
    }

    /// @inheritdoc IEmissionBudget
    function setMinimumStake(uint96 minimumStake_) external restricted {
        _applyMinimumStake(minimumStake_);
    }

    /// @inheritdoc IEmissionBudget
    function currentEpoch() external view returns (uint256) {
        return _currentEpoch();
    }

    /// @inheritdoc IEmissionBudget
    function epochTotalsOf(uint256 epoch) external view returns (EpochTotals memory) {
        return _epochs[epoch];
    }

    /// @inheritdoc IEmissionBudget
    function emissionSettings() external view returns (EmissionSettings memory) {
        return _settings;
    }

    /// @inheritdoc IEmissionBudget
    function minimumStake() external view returns (uint256) {
        return _minimumStake;
    }

    /// @inheritdoc IEmissionBudget
    function unreserved() external view returns (uint256) {
        return _unreserved;
    }

    /// @dev Checks, stores and reports rate and caps, which hold from `fromEpoch` on.
    function _applySettings(uint96 dailyRate, uint72 maxFlockPerUsdc, uint16 maxRewardBps, uint256 fromEpoch) private {
        Bounds.check("dailyRate", dailyRate, 0, MAX_DAILY_RATE);
        Bounds.check("maxFlockPerUsdc", maxFlockPerUsdc, 0, MAX_FLOCK_PER_USDC);
        Bounds.check("maxRewardBps", maxRewardBps, 0, BPS);
        EmissionSettings memory previous = _settings;
        // It is read a second time: a second name for `previous` would change it, too.
        EmissionSettings memory settings = _settings;
        if (fromEpoch > previous.nextFromEpoch) {
            settings.dailyRate = previous.nextDailyRate;
            settings.maxFlockPerUsdc = previous.nextMaxFlockPerUsdc;
            settings.maxRewardBps = previous.nextMaxRewardBps;
        }
        settings.nextDailyRate = dailyRate;
        settings.nextMaxFlockPerUsdc = maxFlockPerUsdc;
        settings.nextMaxRewardBps = maxRewardBps;
        settings.nextFromEpoch = fromEpoch.toUint32();
        _settings = settings;
        emit EmissionSettingsChanged(previous, settings);
    }

    /// @dev Checks, reports and stores the minimum stake.
    function _applyMinimumStake(uint96 minimumStake_) private {
        Bounds.check("minimumStake", minimumStake_, 0, MAX_MINIMUM_STAKE);
        emit MinimumStakeChanged(_minimumStake, minimumStake_);
        _minimumStake = minimumStake_;
    }
}
