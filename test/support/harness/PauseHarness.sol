// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Pause, PauseWindow} from "../../../contracts/shared/libraries/PauseWindow.sol";

/// @title PauseHarness
/// @notice One `Pause` and its functions; the caller says what time it is.
contract PauseHarness {
    using PauseWindow for Pause;

    Pause private _pause;

    function begin(uint256 time) external returns (uint256 endsAt) {
        return _pause.begin(time);
    }

    function end(uint256 time) external {
        _pause.end(time);
    }

    function isPaused(uint256 time) external view returns (bool) {
        return _pause.isPaused(time);
    }

    function pausedUntil(uint256 time) external view returns (uint256) {
        return _pause.pausedUntil(time);
    }

    function clock(uint256 time) external view returns (uint256) {
        return _pause.clock(time);
    }
}
