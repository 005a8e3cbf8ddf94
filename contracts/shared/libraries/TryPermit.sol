// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title TryPermit
/// @notice An EIP-2612 permit that somebody else may already have submitted: what counts is the allowance afterwards.
library TryPermit {
    /// @notice The permit did not take effect and the allowance falls short [token wei].
    error Permit_NoAllowance(address owner, uint256 allowance, uint256 value);

    /// @dev Submits the permit of `owner` for this contract. If the token refuses it, which it does for a signature that
    /// was seen in the mempool and used first, the allowance decides.
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
