// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Spend} from "../types/EmissionTypes.sol";

/// @title IUsageRecords
/// @notice What settlements add to the present epoch: the scores of models, and the weights of users (decision 23).
interface IUsageRecords {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice Usage was recorded. The values are those of the model and of the epoch after it.
    /// @param score The model's score in this epoch [USDC units · 180ths].
    /// @param weight Its eligible weight [USDC units].
    /// @param allowance The most FLOCK that its pool may get [FLOCK wei].
    /// @param totalScore The scores of all models in this epoch [USDC units · 180ths].
    /// @param emission What the epoch emits [FLOCK wei].
    event UsageRecorded(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 score,
        uint256 weight,
        uint256 allowance,
        uint256 totalScore,
        uint256 emission
    );
    /// @notice A user's usage has weight for rewards.
    /// @param weight The user's weight in this epoch after it [USDC units].
    event WeightAdded(uint256 indexed modelId, address indexed user, uint256 epoch, uint256 weight);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the meter records usage.
    error Emission_NotMeter(address caller);

    // -- Usage --------------------------------------------------------------------------------------------------------

    /// @notice Records what one settlement of a model collected. Weights and allowances round down. Meter only.
    /// @param modelId The model; it is live.
    /// @param liveAt When it went live [s].
    /// @param netRevenue What was left after compute cost [USDC units].
    /// @param paid What was paid in all [USDC units].
    /// @param spends What users with a wallet spent. All other usage counts as revenue only.
    /// @custom:errors Emission_NotMeter
    /// @custom:paper 3.7, 3.8
    function record(
        uint256 modelId,
        uint256 liveAt,
        uint256 netRevenue,
        uint256 paid,
        Spend[] calldata spends
    ) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice A user's latest weight in a model.
    /// @param user The user.
    /// @param modelId The model.
    /// @return epoch The epoch to which it belongs.
    /// @return weight The weight [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.8
    function weightOf(address user, uint256 modelId) external view returns (uint256 epoch, uint256 weight);
}
