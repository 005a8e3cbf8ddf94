// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {Bucket, LeakyBucket} from "../../contracts/buyback/libraries/LeakyBucket.sol";

/// @dev Properties of the bucket for every capacity of a pair and every rhythm of filling it.
contract LeakyBucketFuzzTest is Test {
    using LeakyBucket for Bucket;

    uint256 private constant REFILL = 300;
    uint256 private constant MAX_REFILL = 24 hours;
    uint256 private constant STARTS_AT = 1_800_000_000;
    uint256 private constant STEPS = 24;

    Bucket private _bucket;

    function testFuzz_Room_IsTheWholeBucketAtFirst(uint256 capacity, uint256 refill, uint256 time) external view {
        capacity = _bound(capacity, 0, type(uint112).max);
        refill = _bound(refill, 1, MAX_REFILL);
        // Its first fill was never: as much as a whole refill has passed since.
        time = _bound(time, MAX_REFILL, type(uint40).max);
        assertEq(_bucket.roomOf(capacity, refill, time), capacity);
        assertEq(_bucket.emptyAt(capacity, refill, time), time);
    }

    /// @dev Whatever passes and whenever: from any fill to any later one, no more than a whole bucket and what has leaked
    /// in between, at the fastest of the refill times that held.
    function testFuzz_Fill_NoMoreThanCapacityAndRefillInAnyTime(
        uint256 capacity,
        uint256 refill,
        uint256 otherRefill,
        uint256 seed
    ) external {
        capacity = _bound(capacity, 1, type(uint112).max);
        refill = _bound(refill, 1, MAX_REFILL);
        otherRefill = _bound(otherRefill, 1, MAX_REFILL);
        uint256 fastest = refill < otherRefill ? refill : otherRefill;
        uint256[STEPS] memory times;
        uint256[STEPS] memory amounts;
        uint256 time = STARTS_AT;
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            time += seed % 5 == 0 ? 0 : (seed >> 8) % (seed % 7 == 0 ? 2 * refill + 1 : refill / 8 + 1);
            if (seed % 11 == 0) (refill, otherRefill) = (otherRefill, refill);
            uint256 room = _bucket.roomOf(capacity, refill, time);
            amounts[i] = seed % 3 == 0 ? room : _bound(seed >> 16, 0, room);
            times[i] = time;
            _bucket.fill(capacity, refill, time, amounts[i]);
            assertLe(_bucket.level, capacity);
        }
        for (uint256 from = 0; from < STEPS; ++from) {
            uint256 passed = 0;
            for (uint256 to = from; to < STEPS; ++to) {
                passed += amounts[to];
                assertLe(passed, capacity + (capacity * (times[to] - times[from])) / fastest);
            }
        }
    }

    /// @dev Filling whatever is free, second by second, lets as much pass as filling it once at the end, less a wei for
    /// every time that the leak was rounded down.
    function testFuzz_Fill_DustCostsAWeiEachAtMost(uint256 capacity, uint256 dusts) external {
        capacity = _bound(capacity, REFILL, type(uint112).max);
        dusts = _bound(dusts, 1, REFILL);
        _bucket.fill(capacity, REFILL, STARTS_AT, capacity);
        uint256 passed = 0;
        for (uint256 i = 1; i <= dusts; ++i) {
            uint256 room = _bucket.roomOf(capacity, REFILL, STARTS_AT + i);
            passed += room;
            _bucket.fill(capacity, REFILL, STARTS_AT + i, room);
        }
        uint256 atOnce = (capacity * dusts) / REFILL;
        assertLe(passed, atOnce);
        assertGe(passed + dusts, atOnce);
    }

    /// @dev A second late at most, because what has leaked is rounded down: once until now, once from now on.
    function testFuzz_EmptyAt_IsWhenTheWholeBucketIsFree(uint256 capacity, uint256 level, uint256 elapsed) external {
        capacity = _bound(capacity, REFILL, type(uint112).max);
        level = _bound(level, 1, capacity);
        elapsed = _bound(elapsed, 0, 2 * REFILL);
        _bucket.fill(capacity, REFILL, STARTS_AT, level);
        uint256 emptyAt = _bucket.emptyAt(capacity, REFILL, STARTS_AT + elapsed);
        if (_bucket.levelOf(capacity, REFILL, STARTS_AT + elapsed) == 0) {
            assertEq(emptyAt, STARTS_AT + elapsed);
            return;
        }
        assertLe(emptyAt, STARTS_AT + REFILL + 1);
        assertEq(_bucket.roomOf(capacity, REFILL, emptyAt), capacity);
        if (emptyAt >= STARTS_AT + elapsed + 2) assertGt(_bucket.levelOf(capacity, REFILL, emptyAt - 2), 0);
    }

    /// @dev A pool that has shrunk since leaves no room rather than wrapping.
    function testFuzz_Room_NeverPassesASmallerCapacity(uint256 capacity, uint256 smaller, uint256 elapsed) external {
        capacity = _bound(capacity, 1, type(uint112).max);
        smaller = _bound(smaller, 0, capacity);
        elapsed = _bound(elapsed, 0, 1 days);
        _bucket.fill(capacity, REFILL, STARTS_AT, capacity);
        uint256 room = _bucket.roomOf(smaller, REFILL, STARTS_AT + elapsed);
        assertLe(room, smaller);
        assertLe(room, _bucket.roomOf(capacity, REFILL, STARTS_AT + elapsed));
    }
}
