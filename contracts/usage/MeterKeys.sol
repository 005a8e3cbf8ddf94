// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMeterAccounts} from "./interfaces/IMeterAccounts.sol";
import {IMeterKeys} from "./interfaces/IMeterKeys.sol";
import {KeyAuthorization} from "./libraries/KeyAuthorization.sol";
import {Key, Skip} from "./types/UsageTypes.sol";

/// @title MeterKeys
/// @notice Implements `IMeterKeys`, which is its manual.
abstract contract MeterKeys is IMeterKeys, EIP712 {
    using SafeCast for uint256;

    /// @dev What a settlement writes. One slot. A lower cap has its own slot, which a settlement reads only if there is one.
    /// @param cap The largest amount that may ever be collected with the key [USDC units].
    /// @param spent What has been collected with it [USDC units].
    /// @param expiresAt When it expires [s].
    /// @param capFalls Whether there is a lower cap.
    struct KeySlot {
        uint96 cap;
        uint96 spent;
        uint40 expiresAt;
        bool capFalls;
    }

    /// @dev A lower cap. One slot.
    /// @param cap The cap [USDC units].
    /// @param at When it begins to hold [s].
    struct NextCap {
        uint96 cap;
        uint40 at;
    }

    /// @notice After what time a lower cap holds, and how long the vouchers of a key that has expired are collected [s].
    uint256 public constant KEY_DELAY = 48 hours;

    /// @inheritdoc IMeterKeys
    mapping(address user => uint256) public nonces;

    mapping(address user => mapping(address key => KeySlot)) private _keys;
    mapping(address user => mapping(address key => NextCap)) private _nextCaps;

    /// @inheritdoc IMeterKeys
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external {
        _authorize(msg.sender, key, cap, expiresAt);
    }

    /// @inheritdoc IMeterKeys
    function authorizeKeyBySig(
        address user,
        address key,
        uint96 cap,
        uint40 expiresAt,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 current = nonces[user];
        if (nonce != current) {
            // Somebody else may have submitted it first. Then what it asks for is there, and nothing is left to do.
            bool isDone = nonce < current && _lastAsked(user, key, cap, expiresAt);
            require(isDone, Meter_WrongNonce(user, nonce, current));
            return;
        }
        require(block.timestamp <= deadline, Meter_SignatureExpired(deadline));
        bytes32 digest = keyAuthorizationHash(user, key, cap, expiresAt, nonce, deadline);
        require(SignatureChecker.isValidSignatureNowCalldata(user, digest, signature), Meter_BadSignature(user));
        _authorize(user, key, cap, expiresAt);
    }

    /// @inheritdoc IMeterKeys
    function raiseNonce() external {
        _raiseNonce(msg.sender);
    }

    /// @inheritdoc IMeterKeys
    function revokeKey(address key) external {
        KeySlot memory slot = _currentKey(msg.sender, key);
        require(slot.expiresAt != 0, Meter_UnknownKey(msg.sender, key));
        if (block.timestamp < slot.expiresAt) slot.expiresAt = uint40(block.timestamp); // below what is in 40 bits
        _raiseNonce(msg.sender);
        _storeKey(msg.sender, key, slot);
    }

    /// @inheritdoc IMeterKeys
    function keyAuthorizationHash(
        address user,
        address key,
        uint96 cap,
        uint40 expiresAt,
        uint256 nonce,
        uint256 deadline
    ) public view returns (bytes32) {
        return _hashTypedDataV4(KeyAuthorization.hash(user, key, cap, expiresAt, nonce, deadline));
    }

    /// @inheritdoc IMeterKeys
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
                nextCapAt: next.at,
                collectedUntil: slot.expiresAt == 0 ? 0 : uint48(slot.expiresAt + KEY_DELAY) // it was stored in 40 bits
            });
    }

    /// @dev What a key may still spend [USDC units], or why it may spend nothing.
    function _allowanceOf(address user, address key) internal view returns (Skip reason, uint256 left) {
        KeySlot memory slot = _currentKey(user, key);
        if (slot.expiresAt == 0) return (Skip.KeyNotAuthorized, 0);
        if (block.timestamp >= slot.expiresAt + KEY_DELAY) return (Skip.KeyExpired, 0);
        if (slot.spent >= slot.cap) return (Skip.KeyCapReached, 0);
        return (Skip.None, slot.cap - slot.spent);
    }

    /// @dev Adds to what was collected with a key. `amount` must not be more than `_allowanceOf`.
    function _spendKey(address user, address key, uint256 amount) internal {
        KeySlot storage slot = _keys[user][key];
        slot.spent += uint96(amount); // not above the cap
    }

    /// @dev Lets a key sign for a user, who has called or signed. Uses up a nonce.
    function _authorize(address user, address key, uint96 cap, uint40 expiresAt) private {
        _raiseNonce(user);
        require(key != address(0), IMeterAccounts.Meter_ZeroAddress());
        require(key != user, Meter_OwnKey(key));
        require(expiresAt > block.timestamp, Meter_ExpiryPassed(expiresAt));
        KeySlot memory slot = _currentKey(user, key);
        bool isCollected = block.timestamp < slot.expiresAt + KEY_DELAY;

        slot.expiresAt = expiresAt;
        slot.capFalls = isCollected && cap < slot.cap;
        if (slot.capFalls) {
            _nextCaps[user][key] = NextCap({cap: cap, at: (block.timestamp + KEY_DELAY).toUint40()});
        } else {
            slot.cap = cap;
        }
        _storeKey(user, key, slot);
    }

    /// @dev Uses up a nonce of a user, and reports the next one.
    function _raiseNonce(address user) private {
        uint256 nonce = nonces[user] + 1;
        nonces[user] = nonce;
        emit NonceRaised(user, nonce);
    }

    /// @dev Whether cap and expiry are what was asked for last, now or in the end.
    function _lastAsked(address user, address key, uint96 cap, uint40 expiresAt) private view returns (bool) {
        KeySlot memory slot = _currentKey(user, key);
        uint96 last = slot.capFalls ? _nextCaps[user][key].cap : slot.cap;
        return slot.expiresAt == expiresAt && last == cap;
    }

    /// @dev A key as of now: if the time of a lower cap has come, that cap holds.
    function _currentKey(address user, address key) private view returns (KeySlot memory slot) {
        slot = _keys[user][key];
        if (slot.capFalls) {
            NextCap memory next = _nextCaps[user][key];
            if (block.timestamp >= next.at) (slot.cap, slot.capFalls) = (next.cap, false);
        }
    }

    /// @dev Stores a key of a user, and reports it.
    function _storeKey(address user, address key, KeySlot memory slot) private {
        _keys[user][key] = slot;
        emit KeyChanged(user, key, keyOf(user, key));
    }
}
