// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, MAX_DISCOUNT_BPS} from "../../shared/Units.sol";

/// @notice What there is for a model's pool when an epoch closes, and the bounds of decision 21.
/// @param emission The users' part of emissions: carried and new [FLOCK wei].
/// @param fund What of the staking fund has vested and was not released [FLOCK wei].
/// @param reserve What of the incentive reserve has vested and was not released [MT wei].
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
/// @param emission Of emissions [FLOCK wei].
/// @param fund Of the staking fund [FLOCK wei].
/// @param reserve Of the incentive reserve [MT wei].
struct Release {
    uint256 emission;
    uint256 fund;
    uint256 reserve;
}

/// @title RewardPool
/// @notice What a model's pool of one epoch gets from the three sources, and what one user's usage weighs (section 3.8,
/// decision 21).
library RewardPool {
    /// @dev The issuer's part of a model's emission: 10% [bps].
    uint256 private constant ISSUER_BONUS_BPS = 1_000;

    /// @dev The issuer's part of a model's emission [FLOCK wei], rounded down; the users' part is the remainder.
    function issuerBonus(uint256 emission) internal pure returns (uint256) {
        return (emission * ISSUER_BONUS_BPS) / BPS;
    }

    /// @dev What is released: FLOCK up to the allowance, emission before fund; MT up to the allowance at the opening
    /// price. All round down; what is not released waits.
    function release(Sources memory sources) internal pure returns (Release memory released) {
        released.emission = Math.min(sources.emission, sources.allowance);
        released.fund = Math.min(sources.fund, sources.allowance - released.emission);
        uint256 mtAllowance = Math.mulDiv(sources.allowance, sources.openingMt, sources.openingFlock);
        released.reserve = Math.min(sources.reserve, mtAllowance);
    }

    /// @dev What usage weighs: the list spend, but no more than the paid spend can stand for at the largest discount,
    /// rounded down. So nobody gains weight by a list price that was never paid for.
    function weightOf(uint256 list, uint256 paid) internal pure returns (uint256) {
        return Math.min(list, (paid * BPS) / (BPS - MAX_DISCOUNT_BPS));
    }
}
