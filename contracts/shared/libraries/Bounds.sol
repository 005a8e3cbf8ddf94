// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Bounds
/// @notice Checks settings and launch terms against the bounds that stand in the code. Every contract that has settings
/// uses it, so that a value out of bounds is always refused with the same error.
library Bounds {
    /// @notice A value is out of bounds.
    /// @param name Name of the value.
    /// @param value What was asked for [unit of the value].
    /// @param min The smallest value that is allowed [unit of the value].
    /// @param max The largest value that is allowed [unit of the value].
    error Bounds_OutOfRange(bytes32 name, uint256 value, uint256 min, uint256 max);

    /// @dev Reverts unless min <= value <= max.
    function check(bytes32 name, uint256 value, uint256 min, uint256 max) internal pure {
        require(value >= min && value <= max, Bounds_OutOfRange(name, value, min, max));
    }
}
