// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A user's stake in one model. Two slots: one for what counts now or later, one for what is on its way out.
/// @param active What counts, because it has warmed up [MT wei].
/// @param warming What was staked last; it counts from `warmAt` on [MT wei].
/// @param warmAt When `warming` begins to count [s].
/// @param exiting What has been asked back; it no longer counts [MT wei].
/// @param withdrawableAt When `exiting` can be withdrawn [s].
struct Stake {
    uint80 active;
    uint80 warming;
    uint40 warmAt;
    uint80 exiting;
    uint40 withdrawableAt;
}

/// @notice Settings of the discount. One slot.
/// @param capBps X', the largest discount [bps].
/// @param multiplier M: how much discount a share of the supply gives.
struct DiscountSettings {
    uint16 capBps;
    uint16 multiplier;
}

/// @title IModelStaking
/// @notice Users stake MT of graduated models to get discounts on inference (section 3.6), and to be eligible for rewards.
/// A stake warms up for 24 hours before it counts. It stops counting when its owner asks it back, and can be withdrawn
/// 7 days after the last such request (decision 13). Holds MT.
///
/// Trust: governance sets X' and M, within constant bounds and with its delay. Nobody can pause anything here, stake for
/// somebody else, or send a stake to anybody but its owner.
interface IModelStaking {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice A user has staked.
    /// @param amount What was added [MT wei].
    /// @param stake The stake after it.
    event Staked(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has asked a part of the stake back.
    /// @param amount How much [MT wei].
    /// @param stake The stake after it.
    event ExitRequested(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has put back a part that was on its way out.
    /// @param amount How much [MT wei].
    /// @param stake The stake after it.
    event ExitCancelled(uint256 indexed modelId, address indexed user, uint256 amount, Stake stake);
    /// @notice A user has withdrawn everything that was on its way out.
    /// @param amount What was sent [MT wei].
    event Withdrawn(uint256 indexed modelId, address indexed user, uint256 amount);
    /// @notice Governance has changed the settings of the discount.
    event DiscountSettingsChanged(DiscountSettings previousSettings, DiscountSettings settings);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice The model has not graduated, so there is nothing to stake.
    error Staking_NotGraduated(uint256 modelId);
    /// @notice The amount is zero.
    error Staking_ZeroAmount();
    /// @notice Less is staked than was asked back [MT wei].
    error Staking_AboveStake(uint256 amount, uint256 staked);
    /// @notice Less is on its way out than was to be put back [MT wei].
    error Staking_AboveExiting(uint256 amount, uint256 exiting);
    /// @notice Nothing is on its way out.
    error Staking_NothingExiting(uint256 modelId, address user);
    /// @notice The cooldown lasts until `withdrawableAt` [s].
    error Staking_CoolingDown(uint256 withdrawableAt);

    // -- Stakes -------------------------------------------------------------------------------------------------------

    /// @notice Stakes MT of the caller. It counts in 24 hours. What was still warming up starts again with it.
    /// @param modelId The model.
    /// @param amount How much [MT wei].
    /// @custom:errors Staking_ZeroAmount, Staking_NotGraduated
    /// @custom:paper 3.6
    function stake(uint256 modelId, uint256 amount) external;

    /// @notice Claims the caller's tokens of a raise if nobody has done so yet, and stakes `amount`. The caller's allowance
    /// for it is needed as in `stake`.
    /// @param modelId The model.
    /// @param amount How much to stake [MT wei]; it may be less or more than what is claimed.
    /// @custom:errors Staking_ZeroAmount, Staking_NotGraduated, Offering_NotGraduated
    /// @custom:paper 3.6
    function claimAndStake(uint256 modelId, uint256 amount) external;

    /// @notice Sets the caller's MT allowance for this contract with an EIP-2612 signature. Combine it with `stake` or
    /// `claimAndStake` in one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @param modelId The model whose token it is.
    /// @param value The allowance that was signed [MT wei].
    /// @param deadline Last moment at which the token accepts the signature [s].
    /// @param v Signature, v.
    /// @param r Signature, r.
    /// @param s Signature, s.
    /// @custom:errors Staking_NotGraduated, Permit_NoAllowance
    /// @custom:paper silent, decision 33
    function permitMt(uint256 modelId, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Asks a part of the caller's stake back, first of what is still warming up. It stops counting now. Everything
    /// that is on its way out can be withdrawn 7 days from now.
    /// @param modelId The model.
    /// @param amount How much [MT wei].
    /// @custom:errors Staking_ZeroAmount, Staking_AboveStake
    /// @custom:paper silent, decision 13
    function requestExit(uint256 modelId, uint256 amount) external;

    /// @notice Puts back a part of what is on its way out. It warms up again.
    /// @param modelId The model.
    /// @param amount How much [MT wei].
    /// @custom:errors Staking_ZeroAmount, Staking_AboveExiting
    /// @custom:paper silent, decision 13
    function cancelExit(uint256 modelId, uint256 amount) external;

    /// @notice Sends the caller everything that is on its way out, after the cooldown.
    /// @param modelId The model.
    /// @return amount What was sent [MT wei].
    /// @custom:errors Staking_NothingExiting, Staking_CoolingDown, Staking_NotGraduated
    /// @custom:paper silent, decision 13
    function withdraw(uint256 modelId) external returns (uint256 amount);

    // -- Governance ---------------------------------------------------------------------------------------------------

    /// @notice Changes the settings of the discount. Governance only.
    /// @param settings All new settings.
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange
    /// @custom:paper 3.6
    function setDiscountSettings(DiscountSettings calldata settings) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What counts of a user's stake now.
    /// @param modelId The model.
    /// @param user The user.
    /// @return The amount [MT wei].
    /// @custom:errors none
    /// @custom:paper 3.6
    function stakeOf(uint256 modelId, address user) external view returns (uint256);

    /// @notice The discount of a user now.
    /// @param modelId The model.
    /// @param user The user.
    /// @return The discount [WAD], rounded down.
    /// @custom:errors none
    /// @custom:paper 3.6
    function discountOf(uint256 modelId, address user) external view returns (uint256);

    /// @notice The circulating supply of a model: total supply less what has not vested. Liquidity and stakes circulate.
    /// @param modelId The model.
    /// @return The supply [MT wei], rounded down; 0 before graduation.
    /// @custom:errors none
    /// @custom:paper 3.6, 4.7
    function circulatingSupply(uint256 modelId) external view returns (uint256);

    /// @notice A user's stake, as of now: what has warmed up is in `active`.
    /// @param modelId The model.
    /// @param user The user.
    /// @return record The stake.
    /// @custom:errors none
    /// @custom:paper 3.6
    function stakeRecordOf(uint256 modelId, address user) external view returns (Stake memory record);

    /// @notice The settings of the discount.
    /// @return The settings.
    /// @custom:errors none
    /// @custom:paper 3.6
    function discountSettings() external view returns (DiscountSettings memory);
}
