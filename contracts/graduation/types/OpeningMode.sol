// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice At which price the pool of a model opens (decision 3).
/// @param AveragePrice At the average price of the raise, as in section 3.3.5.
/// @param CurvePrice At the price at which the curve ended.
enum OpeningMode {
    AveragePrice,
    CurvePrice
}
