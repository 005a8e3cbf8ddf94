// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title ClockActions
/// @notice Time, and pauses that stop the clock of raises. The handler advances its own clock step by step; the contracts
/// work theirs out from the pauses.
abstract contract ClockActions is Ghosts {
    uint256 private constant MAX_PAUSE = 7 days;
    uint256 private constant PAUSE_INTERVAL = 30 days;
    uint256 private constant LOCK = 1_461 days;
    /// @dev A run that jumps over the lock ends all raises with it, so few runs do it and none twice.
    uint256 private constant MAX_LONG_JUMPS = 1;

    uint256 private _buysPausableAt;
    uint256 private _launchesPausableAt;
    uint256 private _longJumps;

    function wait_(uint256 seed) external atTime {
        uint256 kind = seed % 8;
        uint256 max =
            kind < 4
                ? 2 hours
                : kind < 7
                    ? 3 days
                    : 40 days;
        _advance(_bound(seed >> 8, 1, max));
    }

    /// @dev To the last second of a sale, its end, or the moment from which a success may be failed, and a second later.
    function waitForAnEdge(uint256 modelSeed, uint256 edgeSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        if (modelId == 0 || !_isOpen(modelId) || modelSeed % 3 != 0) return;
        Ghost storage ghost = _ghosts[modelId];
        uint256 edge = ghost.endsAt - 1 + (edgeSeed % 3);
        if (edgeSeed % 5 < 2) edge += STUCK_AFTER;
        if (edgeSeed % 5 == 2) edge = ghost.startsAt + ghost.settings.antiSnipeWindow;
        if (edge <= clock) return;
        uint256 paused = time < buysPausedUntil ? buysPausedUntil - time : 0;
        _advance(paused + edge - clock);
        assertEq(clock, edge, "the handler's clock");
    }

    function waitForTheLock(uint256 modelSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isGraduated);
        if (modelId == 0 || !_isGraduated(modelId) || _longJumps == MAX_LONG_JUMPS) return;
        if (modelSeed % 3 != 0 && modelCount < MAX_MODELS) return;
        uint256 unlocksAt = _ghosts[modelId].graduatedAt + LOCK;
        if (time >= unlocksAt) return;
        ++_longJumps;
        _advance(unlocksAt - time - (modelSeed % 2));
    }

    function pauseBuys() external atTime {
        bytes memory call_ = abi.encodeCall(p.offering.pauseBuys, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.offering), call_, time >= _buysPausableAt, "pauseBuys")) return;
        buysPausedUntil = time + MAX_PAUSE;
        _buysPausableAt = buysPausedUntil + PAUSE_INTERVAL;
    }

    function unpauseBuys() external atTime {
        bytes memory call_ = abi.encodeCall(p.offering.unpauseBuys, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.offering), call_, time < buysPausedUntil, "unpauseBuys")) return;
        buysPausedUntil = time;
        _buysPausableAt = time + PAUSE_INTERVAL;
    }

    function pauseLaunches() external atTime {
        bytes memory call_ = abi.encodeCall(p.offering.pauseLaunches, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.offering), call_, time >= _launchesPausableAt, "pauseLaunches")) return;
        launchesPausedUntil = time + MAX_PAUSE;
        _launchesPausableAt = launchesPausedUntil + PAUSE_INTERVAL;
    }

    function unpauseLaunches() external atTime {
        bytes memory call_ = abi.encodeCall(p.offering.unpauseLaunches, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.offering), call_, time < launchesPausedUntil, "unpauseLaunches")) return;
        launchesPausedUntil = time;
        _launchesPausableAt = time + PAUSE_INTERVAL;
    }

    /// @dev Lets time pass; the clock of raises only what of it was not paused.
    function _advance(uint256 duration) private {
        uint256 paused = time < buysPausedUntil ? buysPausedUntil - time : 0;
        clock += duration - (paused < duration ? paused : duration);
        time += duration;
    }
}
