// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Key} from "../types/UsageTypes.sol";

/// @title IMeterKeys
/// @notice Keys that sign vouchers for a user, each with a cap and an expiry (decision 10). What takes power from a key
/// holds only after 48 hours, so that a user cannot make what it owes void. The platform settles more often than that.
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

    /// @notice Lets a key sign vouchers for the caller, up to a cap and until it expires. A higher cap and a later expiry
    /// hold at once. A lower cap and an earlier expiry hold after 48 hours.
    /// @param key The address that will sign.
    /// @param cap The largest amount that may ever be collected with it, with what was collected before [USDC units].
    /// @param expiresAt When it expires; from then on its vouchers are refused [s].
    /// @custom:errors Meter_ZeroAddress, Meter_OwnKey, Meter_ExpiryPassed
    /// @custom:paper silent, decision 10
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external;

    /// @notice Lets a key expire in 48 hours.
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
