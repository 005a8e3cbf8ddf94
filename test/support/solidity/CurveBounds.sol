// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

/// @title CurveBounds
/// @notice The range of curves over which the libraries are fuzzed: all that their comments allow, which is more than a
/// launch does. Half of the cases are of any order of magnitude, because a uniform draw is nearly always huge.
abstract contract CurveBounds is Test {
    /// @dev The largest target of a launch [FLOCK wei].
    uint256 internal constant MAX_TARGET = 5e26;
    /// @dev The least target with a start price of one wei and S P0 <= 99% of it [FLOCK wei].
    uint256 internal constant MIN_TARGET = 404_041;
    /// @dev The most that S P0 = 99% of the target makes the virtual reserve, in targets.
    uint256 internal constant MAX_VIRTUAL_TARGETS = 99;
    /// @dev The highest fee rate that settings allow [WAD].
    uint256 internal constant MAX_RATE = 0.99e18;

    /// @dev A target from 1 wei and a virtual reserve from 1 wei to 99 targets.
    function _boundCurve(uint256 target, uint256 virtualFlock) internal pure returns (uint256, uint256) {
        target = _boundMagnitude(target, 1, MAX_TARGET);
        return (target, _boundMagnitude(virtualFlock, 1, MAX_VIRTUAL_TARGETS * target));
    }

    /// @dev A number from `min` (above 0) to `max`: uniform in half of the cases, of a random magnitude in the others.
    function _boundMagnitude(uint256 value, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 shift = value % 2 == 0 ? 0 : (value >> 1) % 90;
        return _bound(_bound(value, min, max) >> shift, min, max);
    }
}
