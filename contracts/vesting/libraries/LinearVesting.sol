// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title LinearVesting
/// @notice Linear vesting without a cliff over 180 days (sections 3.2 and 3.4: six months).
library LinearVesting {
    /// @dev Time from graduation until everything has vested [s].
    uint256 internal constant DURATION = 180 days;

    /// @dev The part of `total` that has vested at `time`, rounded down. `time` must not be before `start`.
    function vested(uint256 total, uint256 start, uint256 time) internal pure returns (uint256) {
        uint256 elapsed = time - start;
        return elapsed < DURATION ? (total * elapsed) / DURATION : total;
    }
}
