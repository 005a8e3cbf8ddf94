// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title KeyAuthorization
/// @notice What a user signs so that somebody else may authorise a key for it (decision 66).
library KeyAuthorization {
    /// @dev EIP-712 type of an authorisation. The domain adds name, version, chain and contract.
    bytes32 internal constant TYPEHASH = keccak256(
        "KeyAuthorization(address user,address key,uint96 cap,uint40 expiresAt,uint256 nonce,uint256 deadline)"
    );

    /// @dev EIP-712 hash of an authorisation.
    function hash(
        address user,
        address key,
        uint96 cap,
        uint40 expiresAt,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, user, key, cap, expiresAt, nonce, deadline));
    }
}
