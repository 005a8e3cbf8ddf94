// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title ExactTransfer
/// @notice Takes tokens from the caller and checks that all of them arrived. A token that takes a fee on transfers is
/// refused when it comes in.
library ExactTransfer {
    using SafeERC20 for IERC20;

    /// @notice The token delivered another amount than was transferred.
    /// @param received What arrived [token wei].
    /// @param amount What should have arrived [token wei].
    error Transfer_NotExact(address token, uint256 received, uint256 amount);

    /// @dev Moves `amount` of the caller's tokens to this contract.
    function pull(IERC20 token, uint256 amount) internal {
        uint256 balanceBefore = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        requireReceived(token, balanceBefore, amount);
    }

    /// @dev Reverts unless this contract has received exactly `amount` since its balance was `balanceBefore`.
    function requireReceived(IERC20 token, uint256 balanceBefore, uint256 amount) internal view {
        uint256 received = token.balanceOf(address(this)) - balanceBefore;
        require(received == amount, Transfer_NotExact(address(token), received, amount));
    }
}
