// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ExactTransfer} from "../shared/libraries/ExactTransfer.sol";
import {WAD} from "../shared/Units.sol";
import {EmissionSettings, EpochTotals, IEmissionDistributor} from "./interfaces/IEmissionDistributor.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";

/// @title EmissionBudget
/// @notice The budget, the daily rate and its cap, and what each epoch emits (decisions 21 and 22). An epoch's
/// emission grows with the scores that come in, up to the rate, the cap and the budget; it never falls.
abstract contract EmissionBudget is IEmissionDistributor, AccessManaged, ReentrancyGuardTransient {
    using ExactTransfer for IERC20;
    using SafeCast for uint256;

    /// @dev Bounds of the settings (decision 27).
    uint256 private constant MAX_DAILY_RATE = 1_000_000e18;
    uint256 private constant MAX_FLOCK_PER_USDC = 1_000;
    uint256 private constant MAX_MINIMUM_STAKE = 1_000e18;

    /// @notice The token that is emitted.
    IERC20 public immutable FLOCK;
    /// @notice One USDC [USDC units].
    uint256 public immutable USDC_UNIT;

    EmissionSettings private _settings;
    /// @inheritdoc IEmissionDistributor
    uint256 public minimumStake;
    /// @inheritdoc IEmissionDistributor
    uint256 public unreserved;
    mapping(uint256 epoch => EpochTotals) internal _epochs;

    /// @param authority The AccessManager.
    /// @param flock The token that is emitted.
    /// @param usdcUnit One USDC [USDC units].
    /// @param dailyRate The most that one epoch emits [FLOCK wei].
    /// @param maxFlockPerUsdc The most FLOCK that one USDC of net revenue can earn [FLOCK per USDC].
    /// @param minimumStake_ The stake from which usage weighs for rewards [MT wei].
    constructor(
        address authority,
        IERC20 flock,
        uint256 usdcUnit,
        uint96 dailyRate,
        uint16 maxFlockPerUsdc,
        uint96 minimumStake_
    ) AccessManaged(authority) {
        FLOCK = flock;
        USDC_UNIT = usdcUnit;
        _applySettings(dailyRate, maxFlockPerUsdc, 0);
        _applyMinimumStake(minimumStake_);
    }

    /// @inheritdoc IEmissionDistributor
    function fund(uint256 amount) external nonReentrant {
        require(amount != 0, Emission_ZeroAmount());
        unreserved += amount;
        emit Funded(msg.sender, amount, unreserved);
        FLOCK.pull(amount);
    }

    /// @inheritdoc IEmissionDistributor
    function setEmissionSettings(uint96 dailyRate, uint16 maxFlockPerUsdc) external restricted {
        _applySettings(dailyRate, maxFlockPerUsdc, currentEpoch() + 1);
    }

    /// @inheritdoc IEmissionDistributor
    function setMinimumStake(uint96 minimumStake_) external restricted {
        _applyMinimumStake(minimumStake_);
    }

    /// @inheritdoc IEmissionDistributor
    function currentEpoch() public view returns (uint256) {
        return DeploymentScore.epochOf(block.timestamp);
    }

    /// @inheritdoc IEmissionDistributor
    function epochTotalsOf(uint256 epoch) external view returns (EpochTotals memory) {
        return _epochs[epoch];
    }

    /// @inheritdoc IEmissionDistributor
    function emissionSettings() external view returns (EmissionSettings memory) {
        return _settings;
    }

    /// @dev Adds score to the present epoch and raises its emission accordingly.
    function _addScore(uint256 epoch, uint256 score, uint256 capInEpoch) internal returns (EpochTotals memory totals) {
        totals = _epochs[epoch];
        totals.totalScore = (totals.totalScore + score).toUint128();
        uint256 earned = _flockFor(totals.totalScore, capInEpoch) / DeploymentScore.FULL_AGE_FACTOR;
        uint256 wanted = Math.min(_dailyRateIn(epoch), earned);
        if (wanted > totals.emission) {
            uint256 free = unreserved;
            uint256 raise = Math.min(wanted - totals.emission, free);
            unreserved = free - raise;
            totals.emission = (totals.emission + raise).toUint128();
        }
        _epochs[epoch] = totals;
    }

    /// @dev FLOCK that `amount` USDC units can earn at a cap [FLOCK wei], rounded down.
    function _flockFor(uint256 amount, uint256 maxFlockPerUsdc) internal view returns (uint256) {
        return (amount * maxFlockPerUsdc * WAD) / USDC_UNIT;
    }

    /// @dev The cap that holds in an epoch [FLOCK per USDC].
    function _capIn(uint256 epoch) internal view returns (uint256) {
        return epoch < _settings.nextFromEpoch ? _settings.maxFlockPerUsdc : _settings.nextMaxFlockPerUsdc;
    }

    /// @dev The rate that holds in an epoch [FLOCK wei].
    function _dailyRateIn(uint256 epoch) private view returns (uint256) {
        return epoch < _settings.nextFromEpoch ? _settings.dailyRate : _settings.nextDailyRate;
    }

    function _applySettings(uint96 dailyRate, uint16 maxFlockPerUsdc, uint256 fromEpoch) private {
        _checkSetting("dailyRate", dailyRate, MAX_DAILY_RATE);
        _checkSetting("maxFlockPerUsdc", maxFlockPerUsdc, MAX_FLOCK_PER_USDC);
        EmissionSettings memory previous = _settings;
        // Read again: a second name for `previous` would change it too.
        EmissionSettings memory settings = _settings;
        if (fromEpoch > previous.nextFromEpoch) {
            settings.dailyRate = previous.nextDailyRate;
            settings.maxFlockPerUsdc = previous.nextMaxFlockPerUsdc;
        }
        settings.nextDailyRate = dailyRate;
        settings.nextMaxFlockPerUsdc = maxFlockPerUsdc;
        settings.nextFromEpoch = fromEpoch.toUint32();
        _settings = settings;
        emit EmissionSettingsChanged(previous, settings);
    }

    function _applyMinimumStake(uint96 minimumStake_) private {
        _checkSetting("minimumStake", minimumStake_, MAX_MINIMUM_STAKE);
        emit MinimumStakeChanged(minimumStake, minimumStake_);
        minimumStake = minimumStake_;
    }

    function _checkSetting(bytes32 setting, uint256 value, uint256 most) private pure {
        require(value <= most, Emission_SettingOutOfBounds(setting, value, 0, most));
    }
}
