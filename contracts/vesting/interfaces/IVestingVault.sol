// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The five parts of a graduation that vest.
/// @param IssuerMt The issuer's allocation, and the bundle, in MT.
/// @param TreasuryMt The platform treasury's allocation in MT.
/// @param IncentiveReserve The reserve for usage rewards in MT.
/// @param ProtocolFlock The protocol's part of the raise in FLOCK.
/// @param StakingFund The part of the raise for usage rewards in FLOCK.
enum Share {
    IssuerMt,
    TreasuryMt,
    IncentiveReserve,
    ProtocolFlock,
    StakingFund
}

/// @notice One share of one model.
/// @param total The whole share, recorded once [wei of its token].
/// @param released What of it has left the vault [wei of its token].
struct Allocation {
    uint128 total;
    uint128 released;
}

/// @title IVestingVault
/// @notice Holds what vests of every graduated model: three shares in MT and two in FLOCK, each linear over 180 days from
/// graduation (sections 3.2 and 3.4). A share is recorded once and never computed from a balance.
///
/// Anyone may release what has vested of the issuer's and the treasury's shares; it always goes to the holder of that
/// seat at that moment. The two shares for usage rewards can only be drawn by the emission distributor, as they vest.
interface IVestingVault {
    /// @notice A model's shares have begun to vest.
    /// @param startAt From when they vest [s].
    /// @param totals The five shares in the order of `Share` [wei of their token].
    event VestingOpened(uint256 indexed modelId, address indexed token, uint256 startAt, uint256[5] totals);
    /// @notice Vested tokens have left the vault. `released` is the share's sum so far [wei of its token].
    /// @param amount What has left with this call [wei of the share's token].
    event Released(uint256 indexed modelId, Share indexed share, address indexed to, uint256 amount, uint256 released);

    /// @notice Only the graduation contract opens a record.
    error Vault_NotGraduation(address caller);
    /// @notice The model's record exists.
    error Vault_AlreadyOpen(uint256 modelId);
    /// @notice The model has not graduated.
    error Vault_NotOpen(uint256 modelId);
    /// @notice This share is for usage rewards and belongs to no seat.
    error Vault_ReservedForRewards(Share share);
    /// @notice Only the emission distributor draws, and only the shares for usage rewards.
    error Vault_NotDrawable(address caller, Share share);
    /// @notice More was to be drawn than has vested and was not drawn before [wei of the share's token].
    error Vault_AboveVested(uint256 modelId, Share share, uint256 amount, uint256 vested);
    /// @notice Nothing has vested since the last release.
    error Vault_NothingVested(uint256 modelId, Share share);

    /// @notice Records the shares of a model, which the caller has transferred here in the same call. Graduation only.
    /// @dev Errors: `Vault_NotGraduation`, `Vault_AlreadyOpen`.
    /// @param modelId The model.
    /// @param token Its token, in which the first three shares are.
    /// @param totals The five shares in the order of `Share` [wei of their token].
    function open(uint256 modelId, address token, uint256[5] calldata totals) external;

    /// @notice Sends what has vested of the issuer's or the treasury's share to the holder of that seat. Anyone.
    /// @dev Errors: `Vault_NotOpen`, `Vault_ReservedForRewards`, `Vault_NothingVested`.
    /// @return amount What was sent [wei of the share's token], rounded down.
    function release(uint256 modelId, Share share) external returns (uint256 amount);

    /// @notice Sends vested tokens of a share for usage rewards to `to`. Emission distributor only.
    /// @dev Errors: `Vault_NotDrawable`, `Vault_NotOpen`, `Vault_AboveVested`.
    /// @param modelId The model.
    /// @param share One of the two for usage rewards.
    /// @param amount How much [wei of the share's token].
    /// @param to Who receives it.
    function draw(uint256 modelId, Share share, uint256 amount, address to) external;

    /// @notice One share of a model; zeros if it has not graduated.
    function allocationOf(uint256 modelId, Share share) external view returns (Allocation memory);

    /// @notice What `release` would send now [wei of the share's token]; for the reward shares, what has vested and was
    /// not drawn.
    function releasable(uint256 modelId, Share share) external view returns (uint256);

    /// @notice MT of a model that has not vested yet [MT wei], rounded up: what does not circulate (section 3.6).
    function unvested(uint256 modelId) external view returns (uint256);

    /// @notice The record of a graduation: the model's token and the moment from which everything vests [s]; zeros if the
    /// model has not graduated.
    function recordOf(uint256 modelId) external view returns (address token, uint256 startAt);
}
