// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Reward} from "../types/EmissionTypes.sol";

/// @title IRewardClaims
/// @notice Paying what users and issuers have earned.
interface IRewardClaims {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice A user's rewards of a model were paid: all that could be claimed.
    /// @param flock What was sent [FLOCK wei].
    /// @param mt What was sent of the model's token [MT wei].
    event RewardClaimed(uint256 indexed modelId, address indexed user, uint256 flock, uint256 mt);
    /// @notice The issuer's bonus of a model was paid: all of it.
    /// @param flock What was sent [FLOCK wei].
    event IssuerBonusClaimed(uint256 indexed modelId, address indexed to, uint256 flock);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice There is nothing to claim.
    error Emission_NothingToClaim(address user);
    /// @notice Only the holder of the issuer's seat claims its bonus.
    error Emission_NotIssuer(address caller, address issuer);
    /// @notice The zero address cannot receive a payment.
    error Emission_ZeroRecipient();

    // -- Claims -------------------------------------------------------------------------------------------------------

    /// @notice Pays a user what it has earned in several models, and rolls them. Anyone; it always goes to the user.
    /// @param user Who is paid.
    /// @param modelIds The models.
    /// @return flock FLOCK that was paid [FLOCK wei]. The user's part of each pool was rounded down, and is worth at most what
    /// the user's own net revenue can earn at the cap of its epoch.
    /// @custom:errors Emission_NothingToClaim
    /// @custom:paper 3.8
    function claim(address user, uint256[] calldata modelIds) external returns (uint256 flock);

    /// @notice Pays the issuer's bonus of a model to `to`, and rolls the model. Holder of the issuer's seat only.
    /// @param modelId The model.
    /// @param to Who receives it.
    /// @return flock What was paid [FLOCK wei].
    /// @custom:errors Emission_NotIssuer, Emission_ZeroRecipient, Emission_NothingToClaim
    /// @custom:paper 3.8
    function claimIssuerBonus(uint256 modelId, address to) external returns (uint256 flock);

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What a user could claim of a model now. It includes what a claim would roll.
    /// @param user The user.
    /// @param modelId The model.
    /// @return reward FLOCK and MT; the user's part of each pool is rounded down.
    /// @custom:errors none
    /// @custom:paper 3.8
    function claimableOf(address user, uint256 modelId) external view returns (Reward memory reward);

    /// @notice What the holder of the issuer's seat could claim of a model now. It includes what a claim would roll.
    /// @param modelId The model.
    /// @return The bonus [FLOCK wei], rounded down.
    /// @custom:errors none
    /// @custom:paper 3.8
    function issuerBonusOf(uint256 modelId) external view returns (uint256);
}
