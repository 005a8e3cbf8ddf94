// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IRewardSweep
/// @notice What becomes of reserves that nobody has earned in time (decisions 24 and 50). Nobody receives any of it.
interface IRewardSweep {
    /// @notice What nobody earned of a model is gone.
    /// @param epoch The epoch of this sweep.
    /// @param flockBurned What was left of the staking fund, and was burned [FLOCK wei].
    /// @param mtBurned What was left of the incentive reserve and what was cut from rewards, and was burned [MT wei].
    /// @param flockReturned Carried emissions and what was cut from rewards, which went back to the budget [FLOCK wei].
    /// @param unreserved Budget that no epoch has reserved after it [FLOCK wei].
    event ModelSwept(
        uint256 indexed modelId,
        uint256 epoch,
        uint256 flockBurned,
        uint256 mtBurned,
        uint256 flockReturned,
        uint256 unreserved
    );

    /// @notice The model has not graduated.
    error Emission_NotGraduated(uint256 modelId);
    /// @notice The model cannot be swept, or swept again, before `sweepableAt` [s].
    error Emission_NotSweepable(uint256 modelId, uint256 sweepableAt);
    /// @notice Eligible use of the model was settled in the open epoch, so its pool may need what a sweep would take.
    error Emission_StillEarning(uint256 modelId, uint256 openEpoch);

    /// @notice Ends the reserves of a model that nobody has earned 360 days after they vested. The rest of the staking fund
    /// and of the incentive reserve is burned. Emissions that are carried, and what was cut from rewards, go back to the
    /// budget; MT that was cut is burned. It can be repeated every 360 days, for what came together since then. Anyone, in
    /// an epoch in which no eligible use has been settled yet.
    /// @param modelId The model.
    /// @custom:errors Emission_NotGraduated, Emission_NotSweepable, Emission_StillEarning
    /// @custom:paper silent, decision 24
    function sweep(uint256 modelId) external;
}
