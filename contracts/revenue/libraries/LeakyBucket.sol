// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice How much has passed through a pool lately. One slot.
/// @param level What had not leaked out at `at` [wei of the input token].
/// @param at When it was last filled [s].
struct Bucket {
    uint112 level;
    uint40 at;
}

/// @title LeakyBucket
/// @notice Bounds what passes through a pool, by whomever and for whatever purpose (decision 18): a full bucket
/// empties in 300 seconds, evenly.
library LeakyBucket {
    using SafeCast for uint256;

    /// @dev How long a full bucket takes to empty [s].
    uint256 internal constant REFILL_DURATION = 300;

    /// @dev What is still in the bucket, rounded up.
    function levelOf(Bucket memory self, uint256 capacity, uint256 time) internal pure returns (uint256) {
        uint256 leaked = (capacity * (time - self.at)) / REFILL_DURATION;
        return self.level > leaked ? self.level - leaked : 0;
    }

    /// @dev What may pass now.
    function roomOf(Bucket memory self, uint256 capacity, uint256 time) internal pure returns (uint256) {
        uint256 level = levelOf(self, capacity, time);
        return capacity > level ? capacity - level : 0;
    }

    /// @dev When the bucket will be empty if nothing passes [s].
    function emptyAt(Bucket memory self, uint256 capacity, uint256 time) internal pure returns (uint256) {
        uint256 level = levelOf(self, capacity, time);
        if (level == 0 || capacity == 0) return time;
        return time + (level * REFILL_DURATION + capacity - 1) / capacity;
    }

    /// @dev Lets `amount` pass.
    function fill(Bucket storage self, uint256 capacity, uint256 time, uint256 amount) internal {
        uint256 level = levelOf(self, capacity, time) + amount;
        self.level = level.toUint112();
        self.at = time.toUint40();
    }
}
