// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Key} from "../types/UsageTypes.sol";

/// @title IMeterKeys
/// @notice Keys that sign vouchers for a user, each with a cap and an expiry (decision 10). A user cannot make what it owes
/// void: a lower cap holds only after 48 hours, and the vouchers of a key are collected for 48 hours after it has expired or
/// was revoked. The platform settles more often than that.
///
/// So a key that was stolen and is revoked can cost its user what its cap still allows, for 48 hours. The chain cannot know
/// when a voucher was signed: one that is collected in these 48 hours may have been signed in them, too. The cap bounds it.
interface IMeterKeys {
    /// @notice What a key may sign for a user has changed.
    /// @param record The key after it.
    event KeyChanged(address indexed user, address indexed key, Key record);

    /// @notice A user signs for itself without an authorisation.
    error Meter_OwnKey(address user);
    /// @notice The key was never authorised.
    error Meter_UnknownKey(address user, address key);
    /// @notice The expiry of a key must be in the future [s].
    error Meter_ExpiryPassed(uint256 expiresAt);

    /// @notice Lets a key sign vouchers for the caller, up to a cap and until it expires. A higher cap and any expiry hold at
    /// once. A lower cap holds after 48 hours, unless nothing that the key has signed can be collected any more.
    /// @param key The address that will sign.
    /// @param cap The largest amount that may ever be collected with it, with what was collected before [USDC units].
    /// @param expiresAt When it expires [s]; its vouchers are collected for 48 hours after that.
    /// @custom:errors Meter_ZeroAddress, Meter_OwnKey, Meter_ExpiryPassed
    /// @custom:paper silent, decision 10
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external;

    /// @notice Lets a key expire now. Its vouchers are collected for 48 hours more, as after any expiry. Of a key that has
    /// expired already, nothing changes.
    /// @param key The key.
    /// @custom:errors Meter_UnknownKey
    /// @custom:paper silent, decision 10
    function revokeKey(address key) external;

    /// @notice A key of a user, as of now.
    /// @param user The user.
    /// @param key The key.
    /// @return The key; zeros if the user has never authorised it.
    /// @custom:errors none
    /// @custom:paper silent, decision 10
    function keyOf(address user, address key) external view returns (Key memory);
}
