// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the meter collected from one user in one settlement.
/// @param user Who used the model.
/// @param list Cost at list price [USDC units].
/// @param paid What the user paid [USDC units].
struct Spend {
    address user;
    uint256 list;
    uint256 paid;
}

/// @notice Rate and cap of emissions, now and next. One slot.
/// @param dailyRate The largest amount that one epoch emits [FLOCK wei].
/// @param maxFlockPerUsdc The cap: the most FLOCK that one USDC of net revenue can earn [FLOCK per USDC].
/// @param nextDailyRate The rate from `nextFromEpoch` on [FLOCK wei].
/// @param nextMaxFlockPerUsdc The cap from `nextFromEpoch` on [FLOCK per USDC].
/// @param nextFromEpoch The first epoch in which the next rate and cap hold.
struct EmissionSettings {
    uint96 dailyRate;
    uint16 maxFlockPerUsdc;
    uint96 nextDailyRate;
    uint16 nextMaxFlockPerUsdc;
    uint32 nextFromEpoch;
}

/// @notice All models in one epoch. One slot.
/// @param totalScore Sum of their scores [USDC units · 180ths].
/// @param emission What the epoch emits [FLOCK wei]. It grows with the scores and never falls.
struct EpochTotals {
    uint128 totalScore;
    uint128 emission;
}

/// @notice What one model has to share. Four slots.
/// @param openEpoch The epoch that is not closed yet; 0 if none is open.
/// @param sweptEpoch The epoch of the last sweep; 0 if there was none. From the first sweep on, the staking fund and the
/// incentive reserve release nothing.
/// @param openScore Its score in the open epoch so far [USDC units · 180ths].
/// @param openWeight Its eligible weight in the open epoch so far [USDC units].
/// @param openAllowance The most FLOCK that its pool of the open epoch may get, so far [FLOCK wei].
/// @param carriedEmission The users' part of emissions that waits for eligible use [FLOCK wei].
/// @param releasedFund What the staking fund has released into pools [FLOCK wei].
/// @param releasedReserve What the incentive reserve has released into pools [MT wei].
/// @param issuerBonus What waits for the holder of the issuer's seat [FLOCK wei].
struct ModelRewards {
    uint24 openEpoch;
    uint24 sweptEpoch;
    uint104 openScore;
    uint104 openWeight;
    uint128 openAllowance;
    uint128 carriedEmission;
    uint128 releasedFund;
    uint128 releasedReserve;
    uint128 issuerBonus;
}

/// @notice The pool of a model in an epoch with eligible use. Two slots.
/// @param flock FLOCK to share [FLOCK wei].
/// @param mt MT to share [MT wei].
/// @param weight Eligible weight that shares them [USDC units].
struct Pool {
    uint128 flock;
    uint128 mt;
    uint256 weight;
}

/// @notice What a user can claim of a model. One slot.
/// @param flock FLOCK [FLOCK wei].
/// @param mt MT of the model [MT wei].
struct Reward {
    uint128 flock;
    uint128 mt;
}

/// @notice A user's weight in a model. One slot.
/// @param epoch The one epoch to which the weight belongs.
/// @param weight Eligible weight in it [USDC units].
struct UserWeight {
    uint32 epoch;
    uint128 weight;
}
