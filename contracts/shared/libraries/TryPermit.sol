// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title TryPermit
/// @notice An EIP-2612 permit that somebody else may have submitted first. What counts is the allowance after it.
library TryPermit {
    /// @notice The permit did not work, and the allowance is too small.
    /// @param allowance What the owner allows this contract now [token wei].
    /// @param value What the permit asks for [token wei].
    error Permit_NoAllowance(address owner, uint256 allowance, uint256 value);

    /// @dev Submits the permit of `owner` for this contract. A permit that somebody copied from the mempool and used first
    /// is refused by the token. That does no harm if the allowance is there.
    function tryPermit(
        IERC20 token,
        address owner,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) internal {
        try IERC20Permit(address(token)).permit(owner, address(this), value, deadline, v, r, s) {
            return;
        } catch {
            uint256 allowance = token.allowance(owner, address(this));
            require(allowance >= value, Permit_NoAllowance(owner, allowance, value));
        }
    }
}
