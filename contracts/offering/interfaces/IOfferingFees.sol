// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IOfferingFees
/// @notice The fees of purchases and launches (sections 3.2 and 3.10). The holders of the seats claim them, whatever becomes
/// of the raise. They are never refunded.
interface IOfferingFees {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice The issuer has claimed its fees of a model.
    /// @param amount What was sent [FLOCK wei].
    /// @param claimed What was claimed of them in all [FLOCK wei].
    event CreatorFeeClaimed(uint256 indexed modelId, address indexed to, uint256 amount, uint256 claimed);
    /// @notice The treasury has claimed the protocol's fees of a model.
    /// @param amount What was sent [FLOCK wei].
    /// @param claimed What was claimed of them in all [FLOCK wei].
    event ProtocolFeeClaimed(uint256 indexed modelId, address indexed to, uint256 amount, uint256 claimed);
    /// @notice The treasury has claimed launch fees.
    /// @param amount What was sent [FLOCK wei].
    /// @param claimed What was claimed of them in all [FLOCK wei].
    event LaunchFeesClaimed(address indexed to, uint256 amount, uint256 claimed);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the holder of the seat claims its fees.
    error Offering_NotSeatHolder(address caller, address holder);
    /// @notice There are no fees to claim. `modelId` is 0 for launch fees.
    error Offering_NoFees(uint256 modelId);

    // -- Fees ---------------------------------------------------------------------------------------------------------

    /// @notice Sends the issuer's fees of a model to `to`. Holder of the issuer's seat only.
    /// @param modelId The model.
    /// @param to Who receives them.
    /// @return amount What was sent [FLOCK wei], rounded down.
    /// @custom:errors Offering_UnknownModel, Offering_NotSeatHolder, Offering_ZeroRecipient, Offering_NoFees
    /// @custom:paper 3.2
    function claimCreatorFee(uint256 modelId, address to) external returns (uint256 amount);

    /// @notice Sends the protocol's fees of a model to `to`: all fees that are not the issuer's. Holder of the treasury's
    /// seat only.
    /// @param modelId The model.
    /// @param to Who receives them.
    /// @return amount What was sent [FLOCK wei]; the remainder, after the issuer's fees were rounded down.
    /// @custom:errors Offering_UnknownModel, Offering_NotSeatHolder, Offering_ZeroRecipient, Offering_NoFees
    /// @custom:paper 3.2, 3.10
    function claimProtocolFee(uint256 modelId, address to) external returns (uint256 amount);

    /// @notice Sends the launch fees that have come in to `to`. Holder of the treasury's seat only.
    /// @param to Who receives them.
    /// @return amount What was sent [FLOCK wei].
    /// @custom:errors Offering_NotSeatHolder, Offering_ZeroRecipient, Offering_NoFees
    /// @custom:paper 3.10
    function claimLaunchFees(address to) external returns (uint256 amount);

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice Fees of a model that were not claimed.
    /// @param modelId The model.
    /// @return creatorFee Those of the issuer [FLOCK wei], rounded down.
    /// @return protocolFee Those of the protocol [FLOCK wei]; the remainder.
    /// @custom:errors none
    /// @custom:paper 3.2, 3.10
    function unclaimedFeesOf(uint256 modelId) external view returns (uint256 creatorFee, uint256 protocolFee);

    /// @notice Launch fees that were not claimed.
    /// @return The amount [FLOCK wei].
    /// @custom:errors none
    /// @custom:paper 3.10
    function unclaimedLaunchFees() external view returns (uint256);
}
