// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Reverts whatever is asked of it.
contract Reverter {
    error Reverter_Always();

    fallback() external {
        revert Reverter_Always();
    }
}
