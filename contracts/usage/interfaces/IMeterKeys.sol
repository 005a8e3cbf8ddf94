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
    /// @notice An authorisation was used, or all that are signed and not used were cancelled.
    /// @param nonce The nonce that the next one must have.
    event NonceRaised(address indexed user, uint256 nonce);

    /// @notice A user signs for itself without an authorisation.
    error Meter_OwnKey(address user);
    /// @notice The key was never authorised.
    error Meter_UnknownKey(address user, address key);
    /// @notice The expiry of a key must be in the future [s].
    error Meter_ExpiryPassed(uint256 expiresAt);
    /// @notice The authorisation was used or cancelled, or one before it was not used yet.
    /// @param expected The nonce that the next one must have.
    error Meter_WrongNonce(address user, uint256 nonce, uint256 expected);
    /// @notice The signed authorisation could be submitted until `deadline` [s].
    error Meter_SignatureExpired(uint256 deadline);
    /// @notice The user has not signed exactly this, for this chain and this contract; or it is a contract that denies it.
    error Meter_BadSignature(address user);

    /// @notice Lets a key sign vouchers for the caller, up to a cap and until it expires. A higher cap and any expiry hold at
    /// once. A lower cap holds after 48 hours, unless nothing that the key has signed can be collected any more. Cancels
    /// authorisations as `raiseNonce` does, so that nobody can submit an older one after this.
    /// @param key The address that will sign.
    /// @param cap The largest amount that may ever be collected with it, with what was collected before [USDC units].
    /// @param expiresAt When it expires [s]; its vouchers are collected for 48 hours after that.
    /// @custom:errors Meter_ZeroAddress, Meter_OwnKey, Meter_ExpiryPassed
    /// @custom:paper silent, decision 10
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external;

    /// @notice The same as `authorizeKey`, for a user who has signed for it. Anyone may submit it. A user without gas, or a
    /// contract wallet, begins so: combine it with `depositWithAuthorization` in one `multicall`.
    ///
    /// An authorisation that somebody else has submitted first does no harm: if its nonce was used and cap and expiry are
    /// those that were asked for last, nothing is done. A user cancels what it has signed with `raiseNonce`; `authorizeKey`
    /// and `revokeKey` do that too. To revoke a key without gas, sign an expiry that is near, but not so near that it has
    /// passed before the authorisation is submitted.
    /// @param user Whose key it is, and who has signed: by ECDSA, or a contract by ERC-1271.
    /// @param key The address that will sign vouchers.
    /// @param cap As in `authorizeKey` [USDC units].
    /// @param expiresAt As in `authorizeKey` [s].
    /// @param nonce The user's nonce; each is used once, in order.
    /// @param deadline Last moment at which it can be submitted [s].
    /// @param signature The signature of `keyAuthorizationHash`.
    /// @custom:errors Meter_WrongNonce, Meter_SignatureExpired, Meter_BadSignature, Meter_ZeroAddress, Meter_OwnKey,
    /// Meter_ExpiryPassed
    /// @custom:paper silent, decision 66
    function authorizeKeyBySig(
        address user,
        address key,
        uint96 cap,
        uint40 expiresAt,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Cancels every authorisation that the caller has signed and nobody has submitted.
    /// @custom:errors none
    /// @custom:paper silent, decision 66
    function raiseNonce() external;

    /// @notice Lets a key expire now, and cancels authorisations as `raiseNonce` does. Its vouchers are collected for
    /// 48 hours more, as after any expiry. Of a key that has expired already, nothing changes.
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

    /// @notice The nonce that the next authorisation of a user must have.
    /// @param user The user.
    /// @return The nonce.
    /// @custom:errors none
    /// @custom:paper silent, decision 66
    function nonces(address user) external view returns (uint256);

    /// @notice The EIP-712 hash that a user signs for `authorizeKeyBySig`.
    /// @param user Whose key it is.
    /// @param key The address that will sign vouchers.
    /// @param cap The largest amount that may ever be collected with it [USDC units].
    /// @param expiresAt When it expires [s].
    /// @param nonce The user's nonce.
    /// @param deadline Last moment at which it can be submitted [s].
    /// @return The hash.
    /// @custom:errors none
    /// @custom:paper silent, decision 66
    function keyAuthorizationHash(
        address user,
        address key,
        uint96 cap,
        uint40 expiresAt,
        uint256 nonce,
        uint256 deadline
    ) external view returns (bytes32);
}
