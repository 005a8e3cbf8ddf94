// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ModelRewards, Pool, Reward, RollTotals, UserWeight} from "../types/EmissionTypes.sol";

/// @title IEpochRolls
/// @notice Closing the epochs of models. An epoch is final when it ends, and a model's epoch is closed the first time that
/// somebody touches the model after that: the model is rolled. This fills the pool of that epoch (decisions 9 and 23).
interface IEpochRolls {
    /// @notice An epoch of a model was closed.
    /// @param share The model's part of the epoch's emission [FLOCK wei], rounded down.
    /// @param issuerBonus The issuer's part of that [FLOCK wei], rounded down.
    /// @param fund What went into the pool of the staking fund [FLOCK wei].
    /// @param emission What went into it of emissions [FLOCK wei].
    /// @param pool The pool of the epoch; zeros if there was no eligible use. Its MT comes from the incentive reserve.
    /// @param totals What the model has after it.
    event ModelRolled(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 share,
        uint256 issuerBonus,
        uint256 fund,
        uint256 emission,
        Pool pool,
        RollTotals totals
    );
    /// @notice The weight of a user in an epoch that is over has become a reward.
    /// @param claimable What the user can claim of the model after it.
    /// @param own The user's weight after it: none after a claim, that of the new epoch after usage.
    event UserRolled(uint256 indexed modelId, address indexed user, Reward claimable, UserWeight own);
    /// @notice A user's part of a pool was worth more than its own net revenue can earn, so a part of it was cut. It stays
    /// aside until a sweep.
    /// @param flock What was cut [FLOCK wei].
    /// @param mt What was cut [MT wei].
    /// @param cutFlock What is aside for the model after it [FLOCK wei].
    /// @param cutMt What is aside for the model after it [MT wei].
    event RewardCut(
        uint256 indexed modelId,
        address indexed user,
        uint256 epoch,
        uint256 flock,
        uint256 mt,
        uint256 cutFlock,
        uint256 cutMt
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
