// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {HookFlock} from "../HookFlock.sol";

/// @notice The same with EIP-3009 authorisations, to stand in for a USDC of 18 decimals.
contract HookUsdc is HookFlock, ERC3009 {
    constructor() EIP712("Hook", "1") {}

    function _update(address from, address to, uint256 value) internal override(ERC20, HookFlock) {
        super._update(from, to, value);
    }
}
