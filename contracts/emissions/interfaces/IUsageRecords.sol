// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EpochTotals, Spend} from "../types/EmissionTypes.sol";

/// @title IUsageRecords
/// @notice What settlements add to the present epoch: the scores of models, and the weights of users (decision 23).
interface IUsageRecords {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice Usage was recorded. The values are those of the model and of the epoch after it.
    /// @param score The model's score in this epoch [USDC units · 180ths].
    /// @param weight Its eligible weight [USDC units].
    /// @param net Net revenue of its eligible use [USDC units].
    /// @param price What its MT counts for in this epoch [WAD, FLOCK per MT].
    /// @param totals All models in this epoch; its cap is that of the model, too.
    /// @param unreserved Budget that no epoch has reserved [FLOCK wei].
    event UsageRecorded(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 score,
        uint256 weight,
        uint256 net,
        uint256 price,
        EpochTotals totals,
        uint256 unreserved
    );
    /// @notice A user's usage has weight for rewards. If it is the first of an epoch and an earlier weight has become a reward,
    /// `IEpochRolls.UserRolled` says so instead.
    /// @param weight The user's weight in this epoch after it [USDC units].
    /// @param net The net revenue of the user's eligible use in this epoch after it [USDC units].
    event WeightAdded(uint256 indexed modelId, address indexed user, uint256 epoch, uint256 weight, uint256 net);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the meter records usage.
    error Emission_NotMeter(address caller);

    // -- Usage --------------------------------------------------------------------------------------------------------

    /// @notice Records what one settlement of a model collected. Every row counts by itself, so it makes no difference how
    /// rows are divided among settlements of one epoch. The first settlement of an epoch fixes its cap, and the first one of
    /// a model fixes what its MT counts for. Weights round down. Meter only.
    /// @param modelId The model; it is live.
    /// @param liveAt When it went live [s].
    /// @param netRevenue What was left of everything that was paid after compute cost [USDC units]; not zero.
    /// @param spends What users with a wallet spent. All other usage counts as revenue only.
    /// @custom:errors Emission_NotMeter
    /// @custom:paper 3.7, 3.8
    function record(uint256 modelId, uint256 liveAt, uint256 netRevenue, Spend[] calldata spends) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice A user's latest weight in a model.
    /// @param user The user.
    /// @param modelId The model.
    /// @return epoch The epoch to which it belongs.
    /// @return weight The weight [USDC units].
    /// @return net The net revenue of the same use [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.8
    function weightOf(address user, uint256 modelId) external view returns (uint256 epoch, uint256 weight, uint256 net);

    /// @notice The most that one USDC of net revenue can earn in an epoch. If nothing was settled in the present epoch yet,
    /// the cap that a settlement would fix now.
    /// @param epoch The present epoch or an earlier one.
    /// @return The cap [WAD, FLOCK per USDC], rounded down; 0 for an earlier epoch in which nothing was settled.
    /// @custom:errors none
    /// @custom:paper 3.7, 3.8
    function capOf(uint256 epoch) external view returns (uint256);
}
