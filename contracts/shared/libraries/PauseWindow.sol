// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice One switch that the guardian can throw. One storage slot.
/// @param startedAt Beginning of the newest pause [s, wall time]; 0 if there never was one.
/// @param endsAt End of the newest pause, exclusive [s, wall time].
/// @param pausedBefore Length of all earlier pauses together [s].
struct Pause {
    uint40 startedAt;
    uint40 endsAt;
    uint40 pausedBefore;
}

/// @title PauseWindow
/// @notice A pause that ends by itself, cannot begin again for a while, and whose time does not count: `clock` stands
/// still while it lasts (decision 6). All intervals are half-open.
library PauseWindow {
    using SafeCast for uint256;

    /// @dev The longest pause [s].
    uint256 internal constant MAX_PAUSE_DURATION = 7 days;
    /// @dev The least time between the end of a pause and the beginning of the next [s].
    uint256 internal constant MIN_PAUSE_INTERVAL = 30 days;

    /// @notice A pause cannot begin before `earliestAt` [s].
    error Pause_TooSoon(uint256 earliestAt);
    /// @notice There is no pause to end.
    error Pause_NotPaused();

    /// @dev Begins a pause at `time` and returns the moment at which it ends by itself [s].
    function begin(Pause storage self, uint256 time) internal returns (uint256 endsAt) {
        Pause memory last = self;
        if (last.endsAt != 0) {
            uint256 earliestAt = last.endsAt + MIN_PAUSE_INTERVAL;
            require(time >= earliestAt, Pause_TooSoon(earliestAt));
        }
        endsAt = time + MAX_PAUSE_DURATION;
        self.pausedBefore = last.pausedBefore + last.endsAt - last.startedAt;
        self.startedAt = time.toUint40();
        self.endsAt = endsAt.toUint40();
    }

    /// @dev Ends the running pause at `time`.
    function end(Pause storage self, uint256 time) internal {
        require(isPaused(self, time), Pause_NotPaused());
        self.endsAt = time.toUint40();
    }

    /// @dev Whether a pause runs at `time`.
    function isPaused(Pause memory self, uint256 time) internal pure returns (bool) {
        return time < self.endsAt;
    }

    /// @dev When the pause that runs at `time` ends by itself [s]; 0 if none runs.
    function endOf(Pause memory self, uint256 time) internal pure returns (uint256) {
        return isPaused(self, time) ? self.endsAt : 0;
    }

    /// @dev How much of the time up to `time` was paused [s]. `time` is not before the newest pause began.
    function pausedUntil(Pause memory self, uint256 time) internal pure returns (uint256) {
        uint256 until = time < self.endsAt ? time : self.endsAt;
        return self.pausedBefore + until - self.startedAt;
    }

    /// @dev Wall time at which the clock reaches a moment, as of `time` [s]: one to come moves on with the pauses so far;
    /// one that was reached when the newest pause began does not move with that pause any more.
    function wallTime(Pause memory self, uint256 moment, uint256 time) internal pure returns (uint256) {
        bool wasReached = moment + self.pausedBefore <= self.startedAt;
        return moment + (wasReached ? self.pausedBefore : pausedUntil(self, time));
    }

    /// @dev `time` on the clock that stands still during pauses [s].
    function clock(Pause memory self, uint256 time) internal pure returns (uint256) {
        return time - pausedUntil(self, time);
    }
}
