// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {PauseWindow} from "../../contracts/shared/libraries/PauseWindow.sol";
import {PauseHarness} from "../support/harness/PauseHarness.sol";

/// @dev A random sequence of pauses, each ended early, late or by itself, against a clock that is simply advanced or not.
contract PauseWindowFuzzTest is Test {
    uint256 private constant STEPS = 24;

    PauseHarness private _pause;
    uint256 private _time;
    uint256 private _clock;
    uint256 private _pausedTill;
    uint256 private _beginAgainAt;

    function setUp() external {
        _pause = new PauseHarness();
    }

    function testFuzz_Clock_StandsStillExactlyDuringPauses(uint256 start, uint256 seed) external {
        _time = _bound(start, 1, type(uint32).max);
        _clock = _time;
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _tryAction(seed % 3);
            _advance(seed >> 8);
            assertEq(_pause.clock(_time), _clock);
            assertEq(_pause.isPaused(_time), _time < _pausedTill);
            assertEq(_pause.pausedUntil(_time) + _clock, _time);
        }
    }

    function testFuzz_Begin_IsRefusedFor30DaysAfterAPause(uint256 start, uint256 ranFor, uint256 later) external {
        start = _bound(start, 1, type(uint32).max);
        _pause.begin(start);
        ranFor = _bound(ranFor, 0, PauseWindow.MAX_PAUSE_DURATION);
        uint256 endsAt = start + ranFor;
        if (ranFor < PauseWindow.MAX_PAUSE_DURATION) _pause.end(endsAt);
        uint256 earliestAt = endsAt + PauseWindow.MIN_PAUSE_INTERVAL;
        later = _bound(later, start, earliestAt - 1);
        vm.expectRevert(abi.encodeWithSelector(PauseWindow.Pause_TooSoon.selector, earliestAt));
        _pause.begin(later);
        assertEq(_pause.begin(earliestAt), earliestAt + PauseWindow.MAX_PAUSE_DURATION);
    }

    function testFuzz_End_IsRefusedWithoutAPause(uint256 start, uint256 later) external {
        vm.expectRevert(PauseWindow.Pause_NotPaused.selector);
        _pause.end(_bound(later, 0, type(uint32).max));
        start = _bound(start, 1, type(uint32).max);
        uint256 endsAt = _pause.begin(start);
        vm.expectRevert(PauseWindow.Pause_NotPaused.selector);
        _pause.end(_bound(later, endsAt, endsAt + 365 days));
    }

    /// @dev Begins or ends a pause if that is allowed now, and checks that it is refused otherwise.
    function _tryAction(uint256 action) private {
        if (action == 0) {
            bool allowed = _time >= _beginAgainAt;
            if (!allowed) vm.expectRevert(abi.encodeWithSelector(PauseWindow.Pause_TooSoon.selector, _beginAgainAt));
            uint256 endsAt = _pause.begin(_time);
            if (!allowed) return;
            assertEq(endsAt, _time + PauseWindow.MAX_PAUSE_DURATION);
            _pausedTill = endsAt;
            _beginAgainAt = endsAt + PauseWindow.MIN_PAUSE_INTERVAL;
        } else if (action == 1) {
            bool allowed = _time < _pausedTill;
            if (!allowed) vm.expectRevert(PauseWindow.Pause_NotPaused.selector);
            _pause.end(_time);
            if (!allowed) return;
            _pausedTill = _time;
            _beginAgainAt = _time + PauseWindow.MIN_PAUSE_INTERVAL;
        }
    }

    /// @dev Lets time pass: nothing, seconds, exactly to an edge, or days.
    function _advance(uint256 seed) private {
        uint256 kind = seed % 5;
        uint256 step = _bound(
            seed >> 8,
            0,
            kind == 0
                ? 0
                : kind == 1
                    ? 60
                    : 40 days
        );
        if (kind == 2 && _time < _pausedTill) step = _pausedTill - _time;
        if (kind == 3 && _time < _beginAgainAt) step = _beginAgainAt - _time;
        uint256 next = _time + step;
        uint256 stood = _time < _pausedTill ? (next < _pausedTill ? step : _pausedTill - _time) : 0;
        _clock += step - stood;
        _time = next;
    }
}
