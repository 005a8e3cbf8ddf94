// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Outcome} from "../types/OfferingTypes.sol";

/// @title IOfferingOutcomes
/// @notice How a raise ends, and what supporters get then (sections 3.2 and 3.4). None of it can be paused.
interface IOfferingOutcomes {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice The raise has succeeded and the model has graduated.
    /// @param raised What the raise has brought, D in the paper [FLOCK wei].
    /// @param sold What the curve has sold, with the bundle; S(D) in the paper [MT wei].
    event RaiseGraduated(uint256 indexed modelId, address indexed token, uint256 raised, uint256 sold);
    /// @notice The raise has failed. Contributions can be refunded.
    /// @param raised What the raise has brought, all of which can be refunded [FLOCK wei].
    event RaiseFailed(uint256 indexed modelId, uint256 raised);
    /// @notice The tokens of a position were sent to its owner.
    /// @param mt What was sent [MT wei].
    event Claimed(uint256 indexed modelId, address indexed account, uint256 mt);
    /// @notice The net contribution of a position was sent back to its owner.
    /// @param flock What was sent [FLOCK wei].
    event Refunded(uint256 indexed modelId, address indexed account, uint256 flock);
    /// @notice The net contribution of the bundle was sent back to the holder of the issuer's seat.
    /// @param flock What was sent [FLOCK wei].
    event BundleRefunded(uint256 indexed modelId, address indexed to, uint256 flock);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice The raise cannot graduate. It must be open, its sale must be over, and it must have its minimum.
    /// @param endsAt End of the sale [s, wall time as of now].
    /// @param raised What the raise has brought, D in the paper [FLOCK wei].
    /// @param minimumRaise The minimum [FLOCK wei].
    error Offering_NotGraduatable(
        uint256 modelId,
        Outcome outcome,
        uint256 endsAt,
        uint256 raised,
        uint256 minimumRaise
    );
    /// @notice The raise cannot be failed. It must be open, and its sale must be over. If it has its minimum, its sale must
    /// also have been over for 30 days.
    /// @param failableAt When an open raise can be failed [s, wall time as of now].
    error Offering_NotFailable(uint256 modelId, Outcome outcome, uint256 failableAt);
    /// @notice The model has not graduated, so there is nothing to claim.
    error Offering_NotGraduated(uint256 modelId, Outcome outcome);
    /// @notice The account has no position, or no longer.
    error Offering_NoPosition(uint256 modelId, address account);
    /// @notice The issuer has no bundle, or no longer.
    error Offering_NoBundle(uint256 modelId);
    /// @notice The token has another address than the launch announced.
    error Offering_UnexpectedToken(address token, address announced);

    // -- Outcome ------------------------------------------------------------------------------------------------------

    /// @notice Graduates a raise that has succeeded. Anyone. If it reverts, it can be tried again.
    /// @param modelId The model.
    /// @return token The model's token.
    /// @custom:errors Offering_UnknownModel, Offering_NotGraduatable, Offering_UnexpectedToken,
    /// Graduation_UnexpectedReserves, and those of the DEX
    /// @custom:paper 3.2, 3.3.5, 3.4
    function graduate(uint256 modelId) external returns (address token);

    /// @notice Settles that a raise has failed. Anyone. A refund does it too.
    /// @param modelId The model.
    /// @custom:errors Offering_UnknownModel, Offering_NotFailable
    /// @custom:paper 3.2
    function fail(uint256 modelId) external;

    /// @notice Sends the tokens of a position to its owner. Anyone.
    /// @param modelId The model.
    /// @param account The owner of the position.
    /// @return mt What was sent [MT wei].
    /// @custom:errors Offering_UnknownModel, Offering_NotGraduated, Offering_NoPosition
    /// @custom:paper 3.2
    function claim(uint256 modelId, address account) external returns (uint256 mt);

    /// @notice Sends the net contribution of a position back to its owner. If the failure is not settled yet, it settles
    /// that first. Anyone.
    /// @param modelId The model.
    /// @param account The owner of the position.
    /// @return flock What was sent [FLOCK wei].
    /// @custom:errors Offering_UnknownModel, Offering_NotFailable, Offering_NoPosition
    /// @custom:paper 3.2, 3.10
    function refund(uint256 modelId, address account) external returns (uint256 flock);

    /// @notice Sends the net contribution of the bundle back to the holder of the issuer's seat. If the failure is not
    /// settled yet, it settles that first. Anyone.
    /// @param modelId The model.
    /// @return flock What was sent [FLOCK wei].
    /// @custom:errors Offering_UnknownModel, Offering_NotFailable, Offering_NoBundle
    /// @custom:paper 3.2, 3.10
    function refundBundle(uint256 modelId) external returns (uint256 flock);
}
