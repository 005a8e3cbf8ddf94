// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev Scales, and quantities that more than one domain uses. A quantity that only one domain uses is defined there.

/// @dev The number 1 in WAD. Prices are FLOCK per MT, and rates are fractions; both are multiplied by 1e18.
uint256 constant WAD = 1e18;

/// @dev 100% in basis points.
uint256 constant BPS = 10_000;

/// @dev Number of tokens of every model [MT wei]; fixed (section 3.2).
uint256 constant MT_SUPPLY = 1_000_000e18;

/// @dev S, the number of tokens that the curve sells: 40% of all [MT wei] (sections 3.2 and 3.3.2).
uint256 constant SALE_SUPPLY = 400_000e18;

/// @dev The largest target that a raise can have [FLOCK wei]. It is half of FLOCK's supply of 1e27 wei. With it, every
/// reserve and every payment fits 96 bits, even at the highest fee, and also the 112 bits of a Uniswap v2 pair.
uint256 constant MAX_TARGET = 5e26;

/// @dev X, the largest discount on inference that the protocol allows: 30% [bps] (section 3.6).
uint256 constant MAX_DISCOUNT_BPS = 3_000;

/// @dev What a raise must bring for each FLOCK with which its pool opens: the pool gets half of the raise (section 3.4).
uint256 constant RAISE_PER_POOL_FLOCK = 2;

/// @dev Prices and compute costs of inference are for this many units.
uint256 constant PRICED_UNITS = 1e6;

/// @dev What a call must bring, relative to its compute cost: 110% [bps] (decisions 4 and 44). A launch may not list below
/// that at the largest discount, and a settlement never takes more for compute than leaves a tenth of it.
uint256 constant COST_COVER_BPS = 11_000;
