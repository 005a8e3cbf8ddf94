// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ModelRewards, Pool} from "../types/EmissionTypes.sol";

/// @title IEpochRolls
/// @notice Closing the epochs of models. An epoch is final when it ends, and a model's epoch is closed the first time that
/// somebody touches the model after that: the model is rolled. This fills the pool of that epoch (decisions 9 and 23).
interface IEpochRolls {
    /// @notice An epoch of a model was closed.
    /// @param share The model's part of the epoch's emission [FLOCK wei], rounded down.
    /// @param issuerBonus The issuer's part of that [FLOCK wei], rounded down.
    /// @param emission What went into the pool of emissions [FLOCK wei].
    /// @param fund What went into it of the staking fund [FLOCK wei].
    /// @param reserve What went into it of the incentive reserve [MT wei].
    /// @param weight Eligible weight that shares the pool [USDC units]; if it is 0, there is no pool.
    /// @param carriedEmission The users' part of emissions that waits after it [FLOCK wei].
    event ModelRolled(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 share,
        uint256 issuerBonus,
        uint256 emission,
        uint256 fund,
        uint256 reserve,
        uint256 weight,
        uint256 carriedEmission
    );

    /// @notice Closes the open epoch of a model if it has ended; otherwise it does nothing. Anyone.
    /// @param modelId The model.
    /// @custom:errors none
    /// @custom:paper 3.7, 3.8
    function roll(uint256 modelId) external;

    /// @notice What a model has to share, as it was after the last touch.
    /// @param modelId The model.
    /// @return The record; zeros if the model was never touched.
    /// @custom:errors none
    /// @custom:paper 3.8
    function modelRewardsOf(uint256 modelId) external view returns (ModelRewards memory);

    /// @notice The pool of a model in an epoch.
    /// @param modelId The model.
    /// @param epoch The epoch.
    /// @return The pool; zeros if there was no eligible use, or if the epoch is not closed.
    /// @custom:errors none
    /// @custom:paper 3.8
    function poolOf(uint256 modelId, uint256 epoch) external view returns (Pool memory);
}
