// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Lot, Wait} from "../types/BuybackTypes.sol";

/// @title IBuybackLots
/// @notice Buying and burning, one lot at a time (decisions 17 and 18). Anyone can do it.
interface IBuybackLots {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice USDC was turned into FLOCK: for the MT of a model, or for burning if `modelId` is 0.
    /// @param usdcIn What was spent [USDC units].
    /// @param flockOut What it bought [FLOCK wei].
    /// @param flockKept FLOCK that waits to be turned into the model's MT now [FLOCK wei].
    event FlockBought(
        uint256 indexed modelId,
        address indexed caller,
        uint256 usdcIn,
        uint256 flockOut,
        uint256 flockKept
    );
    /// @notice FLOCK was burned.
    /// @param amount How much [FLOCK wei].
    event FlockBurned(uint256 amount);
    /// @notice FLOCK of a model was turned into its MT, and all of that was burned.
    /// @param flockIn What was spent [FLOCK wei].
    /// @param mtOut What it bought [MT wei].
    /// @param flockLeft FLOCK that still waits [FLOCK wei].
    event MtBurned(uint256 indexed modelId, address indexed caller, uint256 flockIn, uint256 mtOut, uint256 flockLeft);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Nothing can be bought now. `nextFlockLot` and `nextMtLot` say more.
    error Buyback_Wait(Wait wait, address pair);
    /// @notice The transaction came after its deadline [s].
    error Buyback_DeadlinePassed(uint256 deadline, uint256 time);
    /// @notice The lot buys less than the caller accepts [FLOCK wei or MT wei].
    error Buyback_OutputBelowMin(uint256 amountOut, uint256 amountOutMin);

    // -- Lots ---------------------------------------------------------------------------------------------------------

    /// @notice Turns one lot of USDC into FLOCK. With `modelId` 0 it spends the credit of the FLOCK buyback and burns the
    /// FLOCK; otherwise it spends the model's credit and keeps the FLOCK for the model's MT. Anyone.
    /// @param modelId The model, or 0.
    /// @param amountOutMin The smallest amount that the caller accepts, beside the protocol's own bound [FLOCK wei].
    /// @param deadline Last moment at which the call may be executed [s].
    /// @return lot What was bought. Amounts are rounded as the pairs round them: down.
    /// @custom:errors Buyback_DeadlinePassed, Buyback_Wait, Buyback_OutputBelowMin
    /// @custom:paper 3.5
    function buyFlock(uint256 modelId, uint256 amountOutMin, uint256 deadline) external returns (Lot memory lot);

    /// @notice Turns one lot of a model's FLOCK into its MT, and burns that. Anyone.
    /// @param modelId The model.
    /// @param amountOutMin The smallest amount that the caller accepts, beside the protocol's own bound [MT wei].
    /// @param deadline Last moment at which the call may be executed [s].
    /// @return lot What was bought. Amounts are rounded as the pair rounds them: down.
    /// @custom:errors Buyback_DeadlinePassed, Buyback_NotGraduated, Buyback_Wait, Buyback_OutputBelowMin
    /// @custom:paper 3.5
    function buyMt(uint256 modelId, uint256 amountOutMin, uint256 deadline) external returns (Lot memory lot);

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What `buyFlock` would do now, or why it would do nothing.
    /// @param modelId The model, or 0.
    /// @return lot The lot. Its `wait` is `NoCredit` too if governance has given the seat to another holder.
    /// @custom:errors none
    /// @custom:paper 3.5
    function nextFlockLot(uint256 modelId) external view returns (Lot memory lot);

    /// @notice What `buyMt` would do now, or why it would do nothing.
    /// @param modelId The model.
    /// @return lot The lot.
    /// @custom:errors Buyback_NotGraduated
    /// @custom:paper 3.5
    function nextMtLot(uint256 modelId) external view returns (Lot memory lot);

    /// @notice FLOCK that waits to be turned into the MT of a model.
    /// @param modelId The model.
    /// @return The amount [FLOCK wei].
    /// @custom:errors none
    /// @custom:paper 3.5
    function flockOf(uint256 modelId) external view returns (uint256);
}
