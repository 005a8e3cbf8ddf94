// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IUsdc
/// @notice What is used here of USDC 2.2 beyond EIP-3009: authorisations with a signature of any length, so that contract
/// wallets sign as well.
interface IUsdc {
    /// @notice Moves USDC to the caller, which the authorisation names as the receiver.
    /// @param from Who has signed: by ECDSA, or a contract by ERC-1271.
    /// @param to The caller.
    /// @param value How much [USDC units].
    /// @param validAfter The authorisation is valid after this moment [s].
    /// @param validBefore The authorisation is valid before this moment [s].
    /// @param nonce What the token knows the authorisation by; each can be used once.
    /// @param signature The signature.
    /// @custom:errors those of the token
    /// @custom:paper silent, decision 66
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}
