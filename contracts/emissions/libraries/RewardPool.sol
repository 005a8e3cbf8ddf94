// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, MAX_DISCOUNT_BPS} from "../../shared/Units.sol";

/// @notice What there is for the pool of a model when its epoch is closed, and what bounds it (decision 21).
/// @param emission The users' part of emissions, carried and new [FLOCK wei].
/// @param fund What has vested of the staking fund and was not released [FLOCK wei].
/// @param reserve What has vested of the incentive reserve and was not released [MT wei].
/// @param allowance The most FLOCK that may be released [FLOCK wei].
/// @param openingFlock FLOCK with which the model's DEX pool opened [FLOCK wei].
/// @param openingMt MT with which it opened [MT wei].
struct Sources {
    uint256 emission;
    uint256 fund;
    uint256 reserve;
    uint256 allowance;
    uint256 openingFlock;
    uint256 openingMt;
}

/// @notice What is released into a pool.
/// @param emission What comes from emissions [FLOCK wei].
/// @param fund What comes from the staking fund [FLOCK wei].
/// @param reserve What comes from the incentive reserve [MT wei].
struct Release {
    uint256 emission;
    uint256 fund;
    uint256 reserve;
}

/// @title RewardPool
/// @notice What the pool of a model gets from the three sources in one epoch, and what the usage of one user weighs
/// (section 3.8, decision 21).
library RewardPool {
    /// @dev The issuer's part of a model's emission: 10% [bps].
    uint256 private constant ISSUER_BONUS_BPS = 1_000;

    /// @dev The issuer's part of a model's emission [FLOCK wei], rounded down. The users' part is the remainder.
    function issuerBonus(uint256 emission) internal pure returns (uint256) {
        return (emission * ISSUER_BONUS_BPS) / BPS;
    }

    /// @dev What is released: FLOCK up to the allowance, from emissions first and then from the staking fund; and MT up to
    /// the allowance, counted at the opening price. All round down. What is not released waits.
    function release(Sources memory sources) internal pure returns (Release memory released) {
        released.emission = Math.min(sources.emission, sources.allowance);
        released.fund = Math.min(sources.fund, sources.allowance - released.emission);
        uint256 maxMt = Math.mulDiv(sources.allowance, sources.openingMt, sources.openingFlock);
        released.reserve = Math.min(sources.reserve, maxMt);
    }

    /// @dev What usage weighs: the list spend, but at most what was paid divided by one less the largest discount, rounded
    /// down. So nobody gains weight by a list price that was never paid.
    function weightOf(uint256 list, uint256 paid) internal pure returns (uint256) {
        return Math.min(list, (paid * BPS) / (BPS - MAX_DISCOUNT_BPS));
    }
}
