// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev The scales and the fixed quantities that several rooms share. A quantity that one room alone uses stands there.

/// @dev One in WAD: prices are FLOCK per MT and rates are fractions, both scaled by 1e18.
uint256 constant WAD = 1e18;

/// @dev One hundred percent in basis points.
uint256 constant BPS = 10_000;

/// @dev The fixed supply of every Model Token [MT wei] (whitepaper section 3.2).
uint256 constant MT_SUPPLY = 1_000_000e18;

/// @dev S, the part of the supply that the curve sells: 40% [MT wei] (sections 3.2 and 3.3.2).
uint256 constant SALE_SUPPLY = 400_000e18;

/// @dev The largest target of a raise [FLOCK wei]. Half of FLOCK's supply of 1e27 wei; with it every reserve, the virtual
/// ones and a payment at the highest fee included, stays below 2^96 and far below the pair's 2^112.
uint256 constant MAX_TARGET = 5e26;

/// @dev X, the largest discount that the protocol ever grants: 30% [bps] (section 3.6).
uint256 constant MAX_DISCOUNT_BPS = 3_000;
