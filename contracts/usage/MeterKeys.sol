// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IInferenceMeter, Key, Skip} from "./interfaces/IInferenceMeter.sol";

/// @title MeterKeys
/// @notice Keys that sign vouchers for a user, with a cap and an expiry (decision 10). Whatever takes power from
/// a key waits for 48 hours, so that a user cannot void what it owes; the platform settles more often than that.
abstract contract MeterKeys is IInferenceMeter {
    using SafeCast for uint256;

    /// @dev What a settlement writes. One slot; a lower cap on its way has its own, which is read only while it is.
    struct KeySlot {
        uint96 cap;
        uint96 spent;
        uint40 expiresAt;
        bool capFalls;
    }

    /// @dev A lower cap on its way.
    struct NextCap {
        uint96 cap;
        uint40 at;
    }

    /// @notice How long a lower cap, an earlier expiry and a revocation wait [s].
    uint256 public constant KEY_DELAY = 48 hours;

    mapping(address user => mapping(address key => KeySlot)) private _keys;
    mapping(address user => mapping(address key => NextCap)) private _nextCaps;

    /// @inheritdoc IInferenceMeter
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external {
        require(key != address(0), Meter_ZeroAddress());
        require(key != msg.sender, Meter_OwnKey(key));
        require(expiresAt > block.timestamp, Meter_ExpiryPassed(expiresAt));
        KeySlot memory slot = _currentKey(msg.sender, key);

        if (block.timestamp >= slot.expiresAt) {
            (slot.cap, slot.expiresAt, slot.capFalls) = (cap, expiresAt, false);
        } else {
            slot.expiresAt = _delayedExpiry(slot.expiresAt, expiresAt);
            slot.capFalls = cap < slot.cap;
            if (slot.capFalls) {
                _nextCaps[msg.sender][key] = NextCap({cap: cap, at: (block.timestamp + KEY_DELAY).toUint40()});
            } else {
                slot.cap = cap;
            }
        }
        _storeKey(key, slot);
    }

    /// @inheritdoc IInferenceMeter
    function revokeKey(address key) external {
        KeySlot memory slot = _currentKey(msg.sender, key);
        require(slot.expiresAt != 0, Meter_UnknownKey(msg.sender, key));
        slot.expiresAt = _delayedExpiry(slot.expiresAt, 0);
        _storeKey(key, slot);
    }

    /// @inheritdoc IInferenceMeter
    function keyOf(address user, address key) public view returns (Key memory) {
        KeySlot memory slot = _currentKey(user, key);
        NextCap memory next;
        if (slot.capFalls) next = _nextCaps[user][key];
        return
            Key({
                cap: slot.cap,
                spent: slot.spent,
                expiresAt: slot.expiresAt,
                capFalls: slot.capFalls,
                nextCap: next.cap,
                nextCapAt: next.at
            });
    }

    /// @dev What a key may still spend [USDC units], or why it may not.
    function _allowanceOf(address user, address key) internal view returns (Skip reason, uint256 left) {
        KeySlot memory slot = _currentKey(user, key);
        if (slot.expiresAt == 0) return (Skip.KeyNotAuthorized, 0);
        if (block.timestamp >= slot.expiresAt) return (Skip.KeyExpired, 0);
        if (slot.spent >= slot.cap) return (Skip.KeyCapReached, 0);
        return (Skip.None, slot.cap - slot.spent);
    }

    /// @dev Counts what was collected with a key; at most what `_allowanceOf` left.
    function _spendKey(address user, address key, uint256 amount) internal {
        KeySlot storage slot = _keys[user][key];
        slot.spent += uint96(amount); // at most the cap
    }

    /// @dev A key as of now: a lower cap whose time has come holds.
    function _currentKey(address user, address key) private view returns (KeySlot memory slot) {
        slot = _keys[user][key];
        if (slot.capFalls) {
            NextCap memory next = _nextCaps[user][key];
            if (block.timestamp >= next.at) (slot.cap, slot.capFalls) = (next.cap, false);
        }
    }

    function _storeKey(address key, KeySlot memory slot) private {
        _keys[msg.sender][key] = slot;
        emit KeyChanged(msg.sender, key, keyOf(msg.sender, key));
    }

    /// @dev A later expiry holds at once, an earlier one not before the delay has passed.
    function _delayedExpiry(uint256 current, uint256 wanted) private view returns (uint40) {
        uint256 earliest = Math.min(current, block.timestamp + KEY_DELAY);
        return Math.max(wanted, earliest).toUint40();
    }
}
