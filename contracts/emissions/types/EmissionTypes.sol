// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the meter collected of one row of a settlement.
/// @param user Who used the model.
/// @param list Cost at list price [USDC units].
/// @param paid What the user paid [USDC units].
/// @param net What is left of that after compute cost [USDC units].
struct Spend {
    address user;
    uint256 list;
    uint256 paid;
    uint256 net;
}

/// @notice Rate and caps of emissions, now and next. Two slots.
/// @param dailyRate The largest amount that one epoch emits [FLOCK wei].
/// @param maxFlockPerUsdc The fixed cap: the most that one USDC of a user's own net revenue can earn it [WAD, FLOCK per
/// USDC].
/// @param maxRewardBps The most that rewards of one USDC of net revenue may be worth at the average price of the buyback's
/// route [bps]; 0 switches it off. It can only make the fixed cap smaller.
/// @param nextDailyRate The rate from `nextFromEpoch` on [FLOCK wei].
/// @param nextMaxFlockPerUsdc The fixed cap from `nextFromEpoch` on [WAD, FLOCK per USDC].
/// @param nextMaxRewardBps The largest worth from `nextFromEpoch` on [bps].
/// @param nextFromEpoch The first epoch in which the next rate and caps hold.
struct EmissionSettings {
    uint96 dailyRate;
    uint72 maxFlockPerUsdc;
    uint16 maxRewardBps;
    uint96 nextDailyRate;
    uint72 nextMaxFlockPerUsdc;
    uint16 nextMaxRewardBps;
    uint32 nextFromEpoch;
}

/// @notice All models in one epoch. One slot.
/// @param totalScore Sum of their scores [USDC units · 180ths]. It is 0 only if nothing was settled.
/// @param emission What the epoch emits [FLOCK wei]. It grows with the scores and never falls.
/// @param cap The most that one USDC of net revenue can earn in this epoch [WAD, FLOCK per USDC]. The first settlement of
/// the epoch has worked it out.
struct EpochTotals {
    uint104 totalScore;
    uint80 emission;
    uint72 cap;
}

/// @notice What one model has to share. Five slots, of which a settlement writes the first two.
/// @param openEpoch The epoch that is not closed yet; 0 if none is open.
/// @param sweptEpoch The epoch of the last sweep; 0 if there was none. From the first sweep on, the staking fund and the
/// incentive reserve release nothing.
/// @param openScore Its score in the open epoch so far [USDC units · 180ths].
/// @param openWeight Its eligible weight in the open epoch so far [USDC units].
/// @param openNet Net revenue of eligible use in the open epoch so far [USDC units].
/// @param openPrice What its MT counts for in the open epoch [WAD, FLOCK per MT].
/// @param openCap The cap of the open epoch [WAD, FLOCK per USDC].
/// @param carriedEmission The users' part of emissions that waits for eligible use [FLOCK wei].
/// @param issuerBonus What waits for the holder of the issuer's seat [FLOCK wei].
/// @param releasedFund What the staking fund has released into pools [FLOCK wei].
/// @param releasedReserve What the incentive reserve has released into pools [MT wei].
/// @param cutFlock What own caps have cut from rewards and no sweep has taken yet [FLOCK wei].
/// @param cutMt The same of MT, which is still in the vault [MT wei].
struct ModelRewards {
    uint24 openEpoch;
    uint24 sweptEpoch;
    uint104 openScore;
    uint104 openWeight;
    uint104 openNet;
    uint80 openPrice;
    uint72 openCap;
    uint128 carriedEmission;
    uint128 issuerBonus;
    uint128 releasedFund;
    uint128 releasedReserve;
    uint128 cutFlock;
    uint128 cutMt;
}

/// @notice The pool of a model in an epoch with eligible use. Two slots.
/// @param flock FLOCK to share [FLOCK wei].
/// @param mt MT to share [MT wei].
/// @param weight Eligible weight that shares them [USDC units].
/// @param price What MT counts for in it [WAD, FLOCK per MT].
/// @param cap The most that one USDC of a user's own net revenue earns it [WAD, FLOCK per USDC].
struct Pool {
    uint128 flock;
    uint128 mt;
    uint104 weight;
    uint80 price;
    uint72 cap;
}

/// @notice What a model has after one of its epochs was closed.
/// @param carriedEmission The users' part of emissions that waits for eligible use [FLOCK wei].
/// @param issuerBonus What waits for the holder of the issuer's seat [FLOCK wei].
/// @param releasedFund What the staking fund has released into pools [FLOCK wei].
/// @param releasedReserve What the incentive reserve has released into pools [MT wei].
struct RollTotals {
    uint256 carriedEmission;
    uint256 issuerBonus;
    uint256 releasedFund;
    uint256 releasedReserve;
}

/// @notice FLOCK and MT for one user of a model. One slot.
/// @param flock FLOCK [FLOCK wei].
/// @param mt MT of the model [MT wei].
struct Reward {
    uint128 flock;
    uint128 mt;
}

/// @notice A user's eligible use of a model in one epoch. One slot, and all of it, so that it is written without being read.
/// @param epoch The one epoch to which it belongs.
/// @param weight Its weight [USDC units].
/// @param net Its net revenue [USDC units].
struct UserWeight {
    uint48 epoch;
    uint104 weight;
    uint104 net;
}
