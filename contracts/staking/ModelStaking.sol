// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRealModelOffering} from "../offering/interfaces/IRealModelOffering.sol";
import {Bounds} from "../shared/libraries/Bounds.sol";
import {TryPermit} from "../shared/libraries/TryPermit.sol";
import {MAX_DISCOUNT_BPS} from "../shared/Units.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {DiscountSettings, IModelStaking, Stake} from "./interfaces/IModelStaking.sol";
import {Discount} from "./libraries/Discount.sol";

/// @title ModelStaking
/// @notice Implements `IModelStaking`, which is its manual.
/// @dev For every model: MT held >= sum over users of active + warming + exiting.
contract ModelStaking is IModelStaking, AccessManaged, ReentrancyGuardTransient, Multicall {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using TryPermit for IERC20;

    /// @notice How long a stake warms up before it counts [s].
    uint256 public constant WARM_UP = 24 hours;
    /// @notice How long after the last request a stake can be withdrawn [s].
    uint256 public constant COOLDOWN = 7 days;

    /// @dev Bounds of M (decision 27).
    uint256 private constant MIN_MULTIPLIER = 1;
    uint256 private constant MAX_MULTIPLIER = 10;

    /// @notice Where tokens of raises are claimed.
    IRealModelOffering public immutable OFFERING;
    /// @notice Where the record of every graduation is, and what has not vested.
    IVestingVault public immutable VAULT;

    DiscountSettings private _settings;
    mapping(uint256 modelId => mapping(address user => Stake)) private _stakes;

    /// @param authority The AccessManager.
    /// @param offering Where tokens of raises are claimed.
    /// @param vault Where the record of every graduation is, and what has not vested.
    /// @param settings The first settings of the discount.
    constructor(
        address authority,
        IRealModelOffering offering,
        IVestingVault vault,
        DiscountSettings memory settings
    ) AccessManaged(authority) {
        OFFERING = offering;
        VAULT = vault;
        _applySettings(settings);
    }

    /// @inheritdoc IModelStaking
    function stake(uint256 modelId, uint256 amount) external nonReentrant {
        _stake(modelId, amount);
    }

    /// @inheritdoc IModelStaking
    function claimAndStake(uint256 modelId, uint256 amount) external nonReentrant {
        if (OFFERING.positionOf(modelId, msg.sender).mt != 0) OFFERING.claim(modelId, msg.sender);
        _stake(modelId, amount);
    }

    /// @inheritdoc IModelStaking
    function permitMt(uint256 modelId, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        _tokenOf(modelId).tryPermit(msg.sender, value, deadline, v, r, s);
    }

    /// @inheritdoc IModelStaking
    function requestExit(uint256 modelId, uint256 amount) external {
        require(amount != 0, Staking_ZeroAmount());
        Stake memory record = stakeRecordOf(modelId, msg.sender);
        uint256 staked = uint256(record.active) + record.warming;
        require(amount <= staked, Staking_AboveStake(amount, staked));

        if (amount <= record.warming) {
            record.warming -= amount.toUint80();
        } else {
            record.active = (staked - amount).toUint80();
            record.warming = 0;
        }
        record.exiting += amount.toUint80();
        record.withdrawableAt = (block.timestamp + COOLDOWN).toUint40();
        _stakes[modelId][msg.sender] = record;
        emit ExitRequested(modelId, msg.sender, amount, record);
    }

    /// @inheritdoc IModelStaking
    function cancelExit(uint256 modelId, uint256 amount) external {
        require(amount != 0, Staking_ZeroAmount());
        Stake memory record = stakeRecordOf(modelId, msg.sender);
        require(amount <= record.exiting, Staking_AboveExiting(amount, record.exiting));

        record.exiting -= amount.toUint80();
        if (record.exiting == 0) record.withdrawableAt = 0;
        _warm(record, amount);
        _stakes[modelId][msg.sender] = record;
        emit ExitCancelled(modelId, msg.sender, amount, record);
    }

    /// @inheritdoc IModelStaking
    function withdraw(uint256 modelId) external nonReentrant returns (uint256 amount) {
        Stake storage record = _stakes[modelId][msg.sender];
        amount = record.exiting;
        require(amount != 0, Staking_NothingExiting(modelId, msg.sender));
        require(block.timestamp >= record.withdrawableAt, Staking_CoolingDown(record.withdrawableAt));

        record.exiting = 0;
        record.withdrawableAt = 0;
        emit Withdrawn(modelId, msg.sender, amount);
        _tokenOf(modelId).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IModelStaking
    function setDiscountSettings(DiscountSettings calldata settings) external restricted {
        _applySettings(settings);
    }

    /// @inheritdoc IModelStaking
    function stakeOf(uint256 modelId, address user) public view returns (uint256) {
        Stake storage record = _stakes[modelId][user];
        uint256 warmed = block.timestamp < record.warmAt ? 0 : record.warming;
        return record.active + warmed;
    }

    /// @inheritdoc IModelStaking
    function discountOf(uint256 modelId, address user) external view returns (uint256) {
        DiscountSettings memory settings = _settings;
        return
            Discount.rateOf(stakeOf(modelId, user), circulatingSupply(modelId), settings.multiplier, settings.capBps);
    }

    /// @inheritdoc IModelStaking
    function circulatingSupply(uint256 modelId) public view returns (uint256) {
        (address token, ) = VAULT.recordOf(modelId);
        if (token == address(0)) return 0;
        return IERC20(token).totalSupply() - VAULT.unvested(modelId);
    }

    /// @inheritdoc IModelStaking
    function stakeRecordOf(uint256 modelId, address user) public view returns (Stake memory record) {
        record = _stakes[modelId][user];
        if (record.warming != 0 && block.timestamp >= record.warmAt) {
            record.active += record.warming;
            record.warming = 0;
        }
    }

    /// @inheritdoc IModelStaking
    function discountSettings() external view returns (DiscountSettings memory) {
        return _settings;
    }

    /// @dev Writes the stake, then takes the caller's tokens.
    function _stake(uint256 modelId, uint256 amount) private {
        require(amount != 0, Staking_ZeroAmount());
        IERC20 token = _tokenOf(modelId);
        Stake memory record = stakeRecordOf(modelId, msg.sender);

        _warm(record, amount);
        Stake storage stored = _stakes[modelId][msg.sender];
        stored.active = record.active;
        stored.warming = record.warming;
        stored.warmAt = record.warmAt;
        emit Staked(modelId, msg.sender, amount, record);
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev Adds to what is warming up, which starts again.
    function _warm(Stake memory record, uint256 amount) private view {
        record.warming = (record.warming + amount).toUint80();
        record.warmAt = (block.timestamp + WARM_UP).toUint40();
    }

    /// @dev The token of a model that has graduated.
    function _tokenOf(uint256 modelId) private view returns (IERC20) {
        (address token, ) = VAULT.recordOf(modelId);
        require(token != address(0), Staking_NotGraduated(modelId));
        return IERC20(token);
    }

    /// @dev Checks, reports and stores the settings.
    function _applySettings(DiscountSettings memory settings) private {
        Bounds.check("capBps", settings.capBps, 0, MAX_DISCOUNT_BPS);
        Bounds.check("multiplier", settings.multiplier, MIN_MULTIPLIER, MAX_MULTIPLIER);
        emit DiscountSettingsChanged(_settings, settings);
        _settings = settings;
    }
}
