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
    /// @param flockBurned What of it was burned: all with `modelId` 0, nothing otherwise [FLOCK wei].
    /// @param flockKept FLOCK that waits to be turned into the model's MT now [FLOCK wei].
    event FlockBought(
        uint256 indexed modelId,
        address indexed caller,
        uint256 usdcIn,
        uint256 flockOut,
        uint256 flockBurned,
        uint256 flockKept
    );
    /// @notice A part of a lot has passed through a pair. Every lot reports each pair on its way once, before `FlockBought`
    /// or `MtBurned`.
    /// @param inIsFirst Whether it came in as the pair's `token0`.
    /// @param level What is in the bucket of that direction now; it leaks out from the time of this block on [wei of the
    /// input token].
    event BucketFilled(address indexed pair, bool inIsFirst, uint256 level);
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

    /// @notice How full the bucket of a pair was when a lot passed it last.
    /// @param pair The pair.
    /// @param tokenIn The input token.
    /// @return level What was in it then [wei of the input token].
    /// @return filledAt When that was [s]; 0 if never.
    /// @custom:errors Buyback_RouteBroken
    /// @custom:paper silent, decision 18
    function bucketOf(address pair, address tokenIn) external view returns (uint256 level, uint256 filledAt);

    /// @notice FLOCK that waits to be turned into the MT of a model.
    /// @param modelId The model.
    /// @return The amount [FLOCK wei].
    /// @custom:errors none
    /// @custom:paper 3.5
    function flockOf(uint256 modelId) external view returns (uint256);
}
