// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, MAX_DISCOUNT_BPS, WAD} from "../../shared/Units.sol";
import {Pool, Reward} from "../types/EmissionTypes.sol";

/// @notice What there is for the pool of a model when its epoch is closed, and what bounds it (decision 21).
/// @param fund What has vested of the staking fund and was not released [FLOCK wei].
/// @param reserve What has vested of the incentive reserve and was not released [MT wei].
/// @param emission The users' part of emissions, carried and new [FLOCK wei].
/// @param allowance What the net revenue of eligible use can earn at the cap [FLOCK wei].
/// @param price What MT counts for [WAD, FLOCK per MT].
struct Sources {
    uint256 fund;
    uint256 reserve;
    uint256 emission;
    uint256 allowance;
    uint256 price;
}

/// @notice What is released into a pool.
/// @param fund What comes from the staking fund [FLOCK wei].
/// @param reserve What comes from the incentive reserve [MT wei].
/// @param emission What comes from emissions [FLOCK wei].
struct Release {
    uint256 fund;
    uint256 reserve;
    uint256 emission;
}

/// @title RewardPool
/// @notice What the pool of a model gets from the three sources in one epoch, what the usage of one user weighs, and what it
/// earns (section 3.8, decisions 21 and 49).
library RewardPool {
    /// @dev The issuer's part of a model's emission: 10% [bps].
    uint256 private constant ISSUER_BONUS_BPS = 1_000;

    /// @dev Pools and epochs give out at most the allowance divided by this. So only a user whose weight for its net revenue
    /// is more than this many times the average is cut.
    uint256 internal constant ALLOWANCE_DIVISOR = 2;

    /// @dev The issuer's part of a model's emission [FLOCK wei], rounded down. The users' part is the remainder.
    function issuerBonus(uint256 emission) internal pure returns (uint256) {
        return (emission * ISSUER_BONUS_BPS) / BPS;
    }

    /// @dev What net revenue can earn at a cap [FLOCK wei], rounded down.
    /// @param net Net revenue [USDC units].
    /// @param cap The cap [WAD, FLOCK per USDC].
    /// @param usdcUnit One USDC [USDC units].
    function allowanceOf(uint256 net, uint256 cap, uint256 usdcUnit) internal pure returns (uint256) {
        return (net * cap) / usdcUnit;
    }

    /// @dev What is released: together worth at most half of the allowance. The model's own money comes first: the staking
    /// fund, then the incentive reserve, then emissions. All round down, and what MT counts for rounds up. What is not
    /// released waits.
    function release(Sources memory sources) internal pure returns (Release memory released) {
        uint256 left = sources.allowance / ALLOWANCE_DIVISOR;
        released.fund = Math.min(sources.fund, left);
        left -= released.fund;
        released.reserve = Math.min(sources.reserve, (left * WAD) / sources.price);
        left -= worthOf(released.reserve, sources.price);
        released.emission = Math.min(sources.emission, left);
    }

    /// @dev What MT counts for [FLOCK wei], rounded up.
    /// @param mt How much; it fits 128 bits [MT wei].
    /// @param price What MT counts for; it fits 80 bits [WAD, FLOCK per MT].
    function worthOf(uint256 mt, uint256 price) internal pure returns (uint256) {
        unchecked {
            return (mt * price + WAD - 1) / WAD;
        }
    }

    /// @dev What usage weighs: the list spend, but at most what was paid divided by one less the largest discount, rounded
    /// down. So nobody gains weight by a list price that was never paid.
    function weightOf(uint256 list, uint256 paid) internal pure returns (uint256) {
        return Math.min(list, (paid * BPS) / (BPS - MAX_DISCOUNT_BPS));
    }

    /// @dev A user's part of a pool by weight, but worth at most what its own net revenue can earn at the cap. FLOCK and MT
    /// are cut alike. Everything rounds down.
    /// @param weight The user's weight; it is part of the pool's [USDC units].
    /// @param net The user's net revenue [USDC units].
    /// @return earned What the user gets.
    /// @return cut What it does not get of its part by weight.
    function earnedOf(
        Pool memory pool,
        uint256 weight,
        uint256 net,
        uint256 usdcUnit
    ) internal pure returns (Reward memory earned, Reward memory cut) {
        uint256 flock;
        uint256 mt;
        uint256 worth;
        // 128 bits times 104, and times 80: every product fits. A weight is not above that of the pool, which is not zero.
        unchecked {
            flock = (pool.flock * weight) / pool.weight;
            mt = (pool.mt * weight) / pool.weight;
            worth = flock + worthOf(mt, pool.price);
        }
        uint256 max = allowanceOf(net, pool.cap, usdcUnit);
        // No part is above the pool's 128 bits, and what is cut of it neither.
        if (worth <= max) return (Reward({flock: uint128(flock), mt: uint128(mt)}), cut);
        earned = Reward({flock: uint128(Math.mulDiv(flock, max, worth)), mt: uint128(Math.mulDiv(mt, max, worth))});
        cut = Reward({flock: uint128(flock) - earned.flock, mt: uint128(mt) - earned.mt});
    }
}
