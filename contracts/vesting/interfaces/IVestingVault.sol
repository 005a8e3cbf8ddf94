// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";

/// @notice The five parts of a graduation that vest.
/// @param IssuerMt The issuer's allocation and its bundle, in MT.
/// @param TreasuryMt The treasury's allocation, in MT.
/// @param IncentiveReserve The reserve for rewards of usage, in MT.
/// @param ProtocolFlock The protocol's part of the raise, in FLOCK.
/// @param StakingFund The part of the raise for rewards of usage, in FLOCK.
enum Share {
    IssuerMt,
    TreasuryMt,
    IncentiveReserve,
    ProtocolFlock,
    StakingFund
}

/// @notice One share of one model. One slot.
/// @param total The whole share; recorded once [wei of its token].
/// @param released What has left the vault of it [wei of its token].
struct Allocation {
    uint128 total;
    uint128 released;
}

/// @title IVestingVault
/// @notice Holds the parts of every graduation that vest: three shares in MT and two in FLOCK. Each vests linearly over
/// 180 days from graduation (sections 3.2 and 3.4). A share is recorded once and never computed from a balance.
///
/// Anyone may release what has vested of the shares of the issuer and the treasury. It always goes to the holder of that
/// seat at that moment. Only the emission distributor can draw the two shares for rewards, as they vest.
interface IVestingVault is IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice The shares of a model have begun to vest.
    /// @param startAt When they begin to vest [s].
    /// @param totals The five shares in the order of `Share` [wei of their token].
    event VestingOpened(uint256 indexed modelId, address indexed token, uint256 startAt, uint256[5] totals);
    /// @notice Vested tokens have left the vault.
    /// @param amount What has left with this call [wei of the share's token].
    /// @param released What has left of this share in all [wei of its token].
    event Released(uint256 indexed modelId, Share indexed share, address indexed to, uint256 amount, uint256 released);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the graduation contract opens a record.
    error Vault_NotGraduation(address caller);
    /// @notice The model has a record already.
    error Vault_AlreadyOpen(uint256 modelId);
    /// @notice The model has not graduated.
    error Vault_NotOpen(uint256 modelId);
    /// @notice This share is for rewards of usage and belongs to no seat.
    error Vault_ReservedForRewards(Share share);
    /// @notice Only the emission distributor draws, and only the two shares for rewards.
    error Vault_NotDrawable(address caller, Share share);
    /// @notice Less has vested and is still here than was to be drawn [wei of the share's token].
    error Vault_AboveVested(uint256 modelId, Share share, uint256 amount, uint256 vested);
    /// @notice Nothing has vested since the last release.
    error Vault_NothingVested(uint256 modelId, Share share);

    // -- Deployment ---------------------------------------------------------------------------------------------------

    /// @notice Sets the links to the graduation contract and the emission distributor. Deployer only, once.
    /// @param graduation_ The graduation contract, which alone opens records.
    /// @param emissions_ The emission distributor, which alone draws the shares for rewards.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 25
    function wire(address graduation_, address emissions_) external;

    // -- Vesting ------------------------------------------------------------------------------------------------------

    /// @notice Records the shares of a model. The caller has transferred them to the vault in the same call. Graduation
    /// contract only.
    /// @param modelId The model.
    /// @param token Its token, in which the first three shares are.
    /// @param totals The five shares in the order of `Share` [wei of their token].
    /// @custom:errors Vault_NotGraduation, Vault_AlreadyOpen
    /// @custom:paper 3.2, 3.4
    function open(uint256 modelId, address token, uint256[5] calldata totals) external;

    /// @notice Sends what has vested of a share of the issuer or the treasury to the holder of that seat. Anyone.
    /// @param modelId The model.
    /// @param share A share that belongs to a seat.
    /// @return amount What was sent [wei of the share's token], rounded down.
    /// @custom:errors Vault_NotOpen, Vault_ReservedForRewards, Vault_NothingVested
    /// @custom:paper 3.2, 3.4
    function release(uint256 modelId, Share share) external returns (uint256 amount);

    /// @notice Sends vested tokens of a share for rewards to `to`. Emission distributor only.
    /// @param modelId The model.
    /// @param share One of the two shares for rewards.
    /// @param amount How much [wei of the share's token].
    /// @param to Who receives it.
    /// @custom:errors Vault_NotDrawable, Vault_NotOpen, Vault_AboveVested
    /// @custom:paper 3.8
    function draw(uint256 modelId, Share share, uint256 amount, address to) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice One share of a model.
    /// @param modelId The model.
    /// @param share Which share.
    /// @return The share; zeros if the model has not graduated.
    /// @custom:errors none
    /// @custom:paper 3.2, 3.4
    function allocationOf(uint256 modelId, Share share) external view returns (Allocation memory);

    /// @notice What has vested of a share and is still here. For a share of a seat, that is what `release` would send now.
    /// @param modelId The model.
    /// @param share Which share.
    /// @return The amount [wei of the share's token], rounded down.
    /// @custom:errors none
    /// @custom:paper 3.2, 3.4
    function releasable(uint256 modelId, Share share) external view returns (uint256);

    /// @notice MT of a model that have not vested yet, and so do not circulate.
    /// @param modelId The model.
    /// @return The amount [MT wei], rounded up.
    /// @custom:errors none
    /// @custom:paper 3.6, 4.7
    function unvested(uint256 modelId) external view returns (uint256);

    /// @notice The record of a graduation.
    /// @param modelId The model.
    /// @return token The model's token; zero if the model has not graduated.
    /// @return startAt When it graduated and everything began to vest [s]; 0 if it has not.
    /// @custom:errors none
    /// @custom:paper 3.4
    function recordOf(uint256 modelId) external view returns (address token, uint256 startAt);

    /// @notice The graduation contract, which alone opens records.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function graduation() external view returns (address);

    /// @notice The emission distributor, which alone draws the shares for rewards.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function emissions() external view returns (address);
}
