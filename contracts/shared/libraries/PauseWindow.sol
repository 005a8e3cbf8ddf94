// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice A pause that the guardian can begin and end. One storage slot.
/// @param startedAt When the latest pause began [s, wall time]; 0 if there never was one.
/// @param endsAt When the latest pause ends, or ended [s, wall time]; at this second it is over.
/// @param pausedBefore How long all earlier pauses lasted together [s].
struct Pause {
    uint40 startedAt;
    uint40 endsAt;
    uint40 pausedBefore;
}

/// @title PauseWindow
/// @notice A pause ends by itself after 7 days, and the next one cannot begin within 30 days of its end (decision 6).
///
/// It also gives a clock that stops while a pause lasts. Raises use that clock: paused time does not count as time of
/// the sale. Wall time is what `block.timestamp` says.
library PauseWindow {
    using SafeCast for uint256;

    /// @dev The longest pause [s].
    uint256 internal constant MAX_PAUSE_DURATION = 7 days;
    /// @dev The shortest time from the end of a pause to the beginning of the next one [s].
    uint256 internal constant MIN_PAUSE_INTERVAL = 30 days;

    /// @notice The next pause cannot begin before `earliestAt` [s].
    error Pause_TooSoon(uint256 earliestAt);
    /// @notice No pause is running, so there is none to end.
    error Pause_NotPaused();

    /// @dev Begins a pause at `time`. Returns when it ends if nobody ends it before [s].
    function begin(Pause storage self, uint256 time) internal returns (uint256 endsAt) {
        uint256 lastEnd = self.endsAt;
        if (lastEnd != 0) {
            uint256 earliestAt = lastEnd + MIN_PAUSE_INTERVAL;
            require(time >= earliestAt, Pause_TooSoon(earliestAt));
        }
        endsAt = time + MAX_PAUSE_DURATION;
        self.pausedBefore += uint40(lastEnd - self.startedAt); // both were stored in 40 bits
        self.startedAt = time.toUint40();
        self.endsAt = endsAt.toUint40();
    }

    /// @dev Ends the running pause at `time`.
    function end(Pause storage self, uint256 time) internal {
        require(isPaused(self, time), Pause_NotPaused());
        self.endsAt = time.toUint40();
    }

    /// @dev Whether a pause is running at `time`.
    function isPaused(Pause memory self, uint256 time) internal pure returns (bool) {
        return time < self.endsAt;
    }

    /// @dev When the pause that is running at `time` ends by itself [s]; 0 if none is running.
    function endOf(Pause memory self, uint256 time) internal pure returns (uint256) {
        return isPaused(self, time) ? self.endsAt : 0;
    }

    /// @dev How many seconds before `time` were paused [s]. `time` must not be before the latest pause began.
    function pausedUntil(Pause memory self, uint256 time) internal pure returns (uint256) {
        uint256 until = time < self.endsAt ? time : self.endsAt;
        return self.pausedBefore + until - self.startedAt;
    }

    /// @dev What the stopping clock shows at `time` [s].
    function clock(Pause memory self, uint256 time) internal pure returns (uint256) {
        return time - pausedUntil(self, time);
    }

    /// @dev Wall time at which the stopping clock shows `moment` [s], as far as it is known at `time`. If the clock has
    /// not reached that moment yet, the result grows with every second of a pause. If it had reached it when the latest
    /// pause began, that pause does not move it.
    function wallTime(Pause memory self, uint256 moment, uint256 time) internal pure returns (uint256) {
        bool wasReached = moment + self.pausedBefore <= self.startedAt;
        return moment + (wasReached ? self.pausedBefore : pausedUntil(self, time));
    }
}
