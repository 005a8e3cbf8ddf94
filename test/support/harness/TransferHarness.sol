// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ExactTransfer} from "../../../contracts/shared/libraries/ExactTransfer.sol";

/// @title TransferHarness
/// @notice Takes tokens in, as every contract that asks for them does.
contract TransferHarness {
    function pull(IERC20 token, uint256 amount) external {
        ExactTransfer.pull(token, amount);
    }
}
