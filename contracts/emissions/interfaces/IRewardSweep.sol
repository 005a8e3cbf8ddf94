// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IRewardSweep
/// @notice What becomes of reserves that nobody has earned in time (decisions 24 and 50).
interface IRewardSweep {
    /// @notice What nobody earned of a model is gone: FLOCK went to the treasury, MT was burned.
    /// @param flock Emissions that were carried, and what was left of the staking fund [FLOCK wei].
    /// @param mt What was left of the incentive reserve [MT wei].
    event ModelSwept(uint256 indexed modelId, uint256 flock, uint256 mt);

    /// @notice The model has not graduated.
    error Emission_NotGraduated(uint256 modelId);
    /// @notice The model cannot be swept, or swept again, before `sweepableAt` [s].
    error Emission_NotSweepable(uint256 modelId, uint256 sweepableAt);
    /// @notice Eligible use of the model was settled in the open epoch, so its pool may need what a sweep would take.
    error Emission_StillEarning(uint256 modelId, uint256 openEpoch);

    /// @notice Ends the reserves of a model that nobody has earned 360 days after they vested. The rest of the incentive
    /// reserve is burned. The rest of the staking fund and the emissions that are carried go to the treasury. It can be
    /// repeated every 360 days, for emissions that were carried since then. Anyone, in an epoch in which no eligible use
    /// has been settled yet.
    /// @param modelId The model.
    /// @custom:errors Emission_NotGraduated, Emission_NotSweepable, Emission_StillEarning
    /// @custom:paper silent, decision 24
    function sweep(uint256 modelId) external;
}
