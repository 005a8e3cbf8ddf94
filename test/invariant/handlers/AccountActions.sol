// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Account as Prepaid} from "../../../contracts/usage/types/UsageTypes.sol";
import {MeterGhosts} from "./MeterGhosts.sol";

/// @title AccountActions
/// @notice Deposits, credit, withdrawals that are requested, cancelled and executed, and the guardian's pause, which stops
/// what comes in and nothing that goes out.
abstract contract AccountActions is MeterGhosts {
    uint256 private constant MAX_DEPOSIT = 5 * MAX_SPEND;
    uint256 private constant MAX_PAUSE = 7 days;
    uint256 private constant PAUSE_INTERVAL = 30 days;

    uint256 private _pausedUntil;
    uint256 private _pausableAt;

    function deposit(uint256 userSeed, uint256 amountSeed) external acts {
        address user = _actor(userSeed);
        uint256 amount = _bound(amountSeed, MAX_SPEND, MAX_DEPOSIT) >> (_hash(amountSeed, 1) % 32);
        bytes memory call_ = abi.encodeCall(p.meter.deposit, (amount));
        vm.prank(user);
        if (_attempt(address(p.meter), call_, time >= _pausedUntil, "deposit")) {
            _accounts[user].deposited += uint96(amount);
        }
        _checkAccount(user);
    }

    function depositCredit(uint256 userSeed, uint256 amountSeed) external acts {
        address user = _actor(userSeed);
        uint256 amount = _bound(amountSeed, MAX_SPEND, MAX_DEPOSIT) >> (_hash(amountSeed, 1) % 32);
        bytes memory call_ = abi.encodeCall(p.meter.depositCredit, (user, amount));
        vm.prank(p.platform);
        if (_attempt(address(p.meter), call_, time >= _pausedUntil, "depositCredit")) {
            _accounts[user].credit += uint96(amount);
        }
        _checkAccount(user);
    }

    /// @dev A part of the deposit, all of it, or now and then a unit more.
    function requestWithdrawal(uint256 userSeed, uint256 amountSeed) external acts {
        address user = _actor(userSeed);
        Prepaid storage ghost = _accounts[user];
        uint256 amount = _bound(amountSeed, 0, uint256(ghost.deposited) + 1);
        bool mustSucceed = amount != 0 && amount <= ghost.deposited;
        bytes memory call_ = abi.encodeCall(p.meter.requestWithdrawal, (amount));
        vm.prank(user);
        if (_attempt(address(p.meter), call_, mustSucceed, "requestWithdrawal")) {
            (ghost.requestedAt, ghost.requested) = (uint40(time), uint96(amount));
        }
        _checkAccount(user);
    }

    function cancelWithdrawal(uint256 userSeed) external acts {
        address user = _pickUser(userSeed, _hasRequested);
        bytes memory call_ = abi.encodeCall(p.meter.cancelWithdrawal, ());
        vm.prank(user);
        bool mustSucceed = _accounts[user].requestedAt != 0;
        if (_attempt(address(p.meter), call_, mustSucceed, "cancelWithdrawal")) _clearRequest(user);
        _checkAccount(user);
    }

    /// @dev Mostly goes to a moment at which a request can be executed, if there is one; pays what is left of it.
    function withdraw(uint256 userSeed, uint256 delaySeed) external acts {
        address user = _pickUser(userSeed, _hasRequested);
        Prepaid memory ghost = _accounts[user];
        uint256 maturesAt = ghost.requestedAt + DELAY;
        if (ghost.requested != 0 && time < maturesAt && delaySeed % 4 != 0) {
            _goTo(maturesAt + _bound(delaySeed, 0, DELAY - 1));
        }
        bool mustSucceed = ghost.requested != 0 && time >= maturesAt && time < maturesAt + DELAY;
        uint256 balanceBefore = p.usdc.balanceOf(user);
        bytes memory call_ = abi.encodeCall(p.meter.withdraw, (user));
        vm.prank(user);
        if (_attempt(address(p.meter), call_, mustSucceed, "withdraw")) {
            assertEq(p.usdc.balanceOf(user) - balanceBefore, ghost.requested, "what was requested and is left");
            _accounts[user].deposited -= ghost.requested;
            _clearRequest(user);
        }
        _checkAccount(user);
    }

    function pauseDeposits() external acts {
        bytes memory call_ = abi.encodeCall(p.meter.pauseDeposits, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.meter), call_, time >= _pausableAt, "pauseDeposits")) return;
        _pausedUntil = time + MAX_PAUSE;
        _pausableAt = _pausedUntil + PAUSE_INTERVAL;
    }

    function unpauseDeposits() external acts {
        bytes memory call_ = abi.encodeCall(p.meter.unpauseDeposits, ());
        vm.prank(p.guardian);
        if (!_attempt(address(p.meter), call_, time < _pausedUntil, "unpauseDeposits")) return;
        _pausedUntil = time;
        _pausableAt = time + PAUSE_INTERVAL;
    }

    function _clearRequest(address user) private {
        (_accounts[user].requestedAt, _accounts[user].requested) = (0, 0);
    }

    function _hasRequested(address user) private view returns (bool) {
        return _accounts[user].requested != 0;
    }
}
