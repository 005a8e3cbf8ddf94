// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A user's stake in one model. One slot for what counts or will, one for what is on its way out.
/// @param active What counts since it has warmed up [MT wei].
/// @param warming What was staked last and counts from `warmAt` on [MT wei].
/// @param warmAt When `warming` begins to count [s].
/// @param exiting What has been asked back and counts no more [MT wei].
/// @param withdrawableAt From when `exiting` can be withdrawn [s].
struct Stake {
    uint80 active;
    uint80 warming;
    uint40 warmAt;
    uint80 exiting;
    uint40 withdrawableAt;
}

/// @notice Settings of the discount. One slot.
/// @param capBps X', the largest discount [bps].
/// @param multiplier M, how strongly a share of the supply counts.
struct DiscountSettings {
    uint16 capBps;
    uint16 multiplier;
}

/// @title IModelStaking
/// @notice Users stake MT of graduated models for discounts on inference (section 3.6), and to be eligible for rewards.
/// A stake warms up for 24 hours before it counts, stops counting the moment its exit is requested, and can be withdrawn
/// 7 days after the last request (decision 13). Holds MT.
///
/// Trust: governance sets X' and M inside constant bounds, with its delay. Nobody can pause anything here, stake for
/// somebody else, or move a stake to anybody but its owner.
interface IModelStaking {
    /// @notice A user has staked. The stake after it follows.
    /// @param amount What was added [MT wei].
    event Staked(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has asked a part of the stake back.
    /// @param amount How much [MT wei].
    event ExitRequested(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has put a part that was on its way out back to warm up.
    /// @param amount How much [MT wei].
    event ExitCancelled(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has withdrawn all that was on its way out.
    /// @param amount What was sent [MT wei].
    event Withdrawn(uint256 indexed modelId, address indexed user, uint256 amount);
    /// @notice Governance has changed the settings of the discount.
    event DiscountSettingsChanged(DiscountSettings previousSettings, DiscountSettings settings);

    /// @notice The model has not graduated, so there is nothing to stake.
    error Staking_NotGraduated(uint256 modelId);
    /// @notice An amount of zero.
    error Staking_ZeroAmount();
    /// @notice More was asked back than is staked [MT wei].
    error Staking_AboveStake(uint256 amount, uint256 staked);
    /// @notice More was to be put back than is on its way out [MT wei].
    error Staking_AboveExiting(uint256 amount, uint256 exiting);
    /// @notice Nothing is on its way out.
    error Staking_NothingExiting(uint256 modelId, address user);
    /// @notice The cooldown lasts until `withdrawableAt` [s].
    error Staking_CoolingDown(uint256 withdrawableAt);
    /// @notice A setting is outside its constant bounds [unit of the setting].
    error Staking_SettingOutOfBounds(bytes32 setting, uint256 value, uint256 least, uint256 most);

    /// @notice Stakes MT of the caller. It counts in 24 hours; what is still warming up begins anew with it.
    /// @dev Errors: `Staking_ZeroAmount`, `Staking_NotGraduated`.
    /// @param amount How much [MT wei].
    function stake(uint256 modelId, uint256 amount) external;

    /// @notice Claims the caller's tokens of a raise, if nobody has done so yet, and stakes `amount`. The caller's
    /// allowance for it is needed as in `stake`.
    /// @dev Errors: as `stake`, and those of `IRealModelOffering.claim`.
    /// @param amount How much to stake [MT wei]; it may be less than what is claimed, or more.
    function claimAndStake(uint256 modelId, uint256 amount) external;

    /// @notice Sets the caller's MT allowance for this contract with an EIP-2612 signature, to be combined with `stake`
    /// or `claimAndStake` in one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @dev Errors: `Staking_NotGraduated`, `Permit_NoAllowance`.
    /// @param modelId The model whose token it is.
    /// @param value The allowance that was signed [MT wei].
    /// @param deadline Last moment at which the token takes the signature [s].
    function permitMt(uint256 modelId, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Asks a part of the caller's stake back, first of what is warming up. It stops counting now; everything
    /// that is on its way out can be withdrawn 7 days from now.
    /// @dev Errors: `Staking_ZeroAmount`, `Staking_AboveStake`.
    /// @param amount How much [MT wei].
    function requestExit(uint256 modelId, uint256 amount) external;

    /// @notice Puts a part of what is on its way out back; it warms up anew.
    /// @dev Errors: `Staking_ZeroAmount`, `Staking_AboveExiting`.
    /// @param amount How much [MT wei].
    function cancelExit(uint256 modelId, uint256 amount) external;

    /// @notice Sends the caller all that is on its way out, after the cooldown.
    /// @dev Errors: `Staking_NothingExiting`, `Staking_CoolingDown`.
    /// @return amount What was sent [MT wei].
    function withdraw(uint256 modelId) external returns (uint256 amount);

    /// @notice Changes the settings of the discount. Governance only.
    /// @dev Errors: `Staking_SettingOutOfBounds`.
    function setDiscountSettings(DiscountSettings calldata settings) external;

    /// @notice What counts of a user's stake now [MT wei].
    function stakeOf(uint256 modelId, address user) external view returns (uint256);

    /// @notice The discount of a user as it will be charged [WAD], rounded down.
    function discountOf(uint256 modelId, address user) external view returns (uint256);

    /// @notice Total supply less what has not vested [MT wei]; liquidity and stakes circulate. 0 before graduation.
    function circulatingSupply(uint256 modelId) external view returns (uint256);

    /// @notice The whole record of a user's stake; `active` as of now.
    function stakeRecordOf(uint256 modelId, address user) external view returns (Stake memory);

    /// @notice The settings of the discount.
    function discountSettings() external view returns (DiscountSettings memory);
}
