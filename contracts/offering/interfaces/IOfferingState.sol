// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IGraduation} from "../../graduation/interfaces/IGraduation.sol";
import {IGraduatedModels} from "../../registry/interfaces/IGraduatedModels.sol";
import {IModelRegistry} from "../../registry/interfaces/IModelRegistry.sol";
import {Pause} from "../../shared/libraries/PauseWindow.sol";
import {Outcome, Position, RaiseRecord} from "../types/OfferingTypes.sol";

/// @title IOfferingState
/// @notice The records of raises as they are stored, and the errors that several parts of the offering share. The lens
/// shows a raise as of now.
interface IOfferingState is IGraduatedModels {
    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice There is no model with this id.
    error Offering_UnknownModel(uint256 modelId);
    /// @notice The transaction came after its deadline [s].
    error Offering_DeadlinePassed(uint256 deadline, uint256 time);
    /// @notice Purchases are paused. The pause ends at `endsAt` [s], or before.
    error Offering_BuysPaused(uint256 endsAt);
    /// @notice The payment is too small to buy one wei of MT [FLOCK wei].
    error Offering_YieldsNothing(uint256 flockIn);
    /// @notice The purchase yields less than the caller accepts [MT wei]. If less was taken than was offered, `mtOutMin` has
    /// been reduced in proportion.
    error Offering_OutputBelowMin(uint256 mtOut, uint256 mtOutMin);
    /// @notice The zero address can neither own a position nor receive a payment.
    error Offering_ZeroRecipient();

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice The record of a raise, as it is stored. Its times are on the raise clock, which stands still while purchases
    /// are paused.
    /// @param modelId The model.
    /// @return The record; zeros if there is no such model.
    /// @custom:errors none
    /// @custom:paper 3.2, 3.3
    function raiseOf(uint256 modelId) external view returns (RaiseRecord memory);

    /// @notice The outcome of a raise.
    /// @param modelId The model.
    /// @return The outcome; `None` if there is no such model.
    /// @custom:errors none
    /// @custom:paper 3.2
    function outcomeOf(uint256 modelId) external view returns (Outcome);

    /// @notice The address that the token of a model has, or will have when the model graduates. It names one launch: it
    /// depends on the model's id, its issuer and all of its launch terms (decision 65).
    /// @param modelId The model.
    /// @return The address.
    /// @custom:errors Offering_UnknownModel
    /// @custom:paper silent, decision 65
    function tokenOf(uint256 modelId) external view returns (address);

    /// @notice What an account has bought, and neither claimed nor been refunded.
    /// @param modelId The model.
    /// @param account The account.
    /// @return The position.
    /// @custom:errors none
    /// @custom:paper 3.2
    function positionOf(uint256 modelId, address account) external view returns (Position memory);

    /// @notice The pause of purchases, as it is stored. It gives the raise clock.
    /// @return The latest pause.
    /// @custom:errors none
    /// @custom:paper silent, decision 6
    function buyPause() external view returns (Pause memory);

    /// @notice The token in which models are raised.
    /// @return The token.
    /// @custom:errors none
    /// @custom:paper 3.2
    function FLOCK() external view returns (IERC20);

    /// @notice Where the models and seats are.
    /// @return The contract.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function REGISTRY() external view returns (IModelRegistry);

    /// @notice Turns raises that have succeeded into tokens and pools.
    /// @return The contract.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function GRADUATION() external view returns (IGraduation);
}
