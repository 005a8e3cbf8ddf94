// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice How much has passed through a pool lately. One slot.
/// @param level What had not leaked out at `at` [wei of the input token].
/// @param at When the bucket was filled last [s].
struct Bucket {
    uint112 level;
    uint40 at;
}

/// @title LeakyBucket
/// @notice Limits what passes through a pool, whoever trades and for whatever purpose (decision 18). What passes fills the
/// bucket. A full bucket empties evenly within its refill duration.
///
/// Capacity and refill duration are those of the moment of the call, also for the time since the bucket was filled last. So
/// after a change, too, never more than one capacity passes at once, and between two moments never more than one capacity
/// and what leaks out at the fastest of the durations that held.
library LeakyBucket {
    using SafeCast for uint256;

    /// @dev What is in the bucket at `time` [wei of the input token], rounded up.
    /// @param refillDuration How long a full bucket takes to empty [s].
    function levelOf(
        Bucket memory self,
        uint256 capacity,
        uint256 refillDuration,
        uint256 time
    ) internal pure returns (uint256) {
        uint256 leaked = (capacity * (time - self.at)) / refillDuration;
        return self.level > leaked ? self.level - leaked : 0;
    }

    /// @dev What may pass at `time` [wei of the input token], rounded down.
    function roomOf(
        Bucket memory self,
        uint256 capacity,
        uint256 refillDuration,
        uint256 time
    ) internal pure returns (uint256) {
        uint256 level = levelOf(self, capacity, refillDuration, time);
        return capacity > level ? capacity - level : 0;
    }

    /// @dev When the bucket will be empty if nothing passes [s], rounded up.
    function emptyAt(
        Bucket memory self,
        uint256 capacity,
        uint256 refillDuration,
        uint256 time
    ) internal pure returns (uint256) {
        uint256 level = levelOf(self, capacity, refillDuration, time);
        if (level == 0 || capacity == 0) return time;
        return time + (level * refillDuration + capacity - 1) / capacity;
    }

    /// @dev Lets `amount` pass. Returns what is in the bucket then [wei of the input token].
    function fill(
        Bucket storage self,
        uint256 capacity,
        uint256 refillDuration,
        uint256 time,
        uint256 amount
    ) internal returns (uint256 level) {
        level = levelOf(self, capacity, refillDuration, time) + amount;
        self.level = level.toUint112();
        self.at = time.toUint40();
    }
}
