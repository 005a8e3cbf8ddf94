// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The local chain's FLOCK and USDC as tests use them. Only USDC has EIP-3009, only FLOCK has `burn`.
interface ILocalToken is IERC20, IERC20Permit, IERC3009 {
    function burn(uint256 value) external;
}
