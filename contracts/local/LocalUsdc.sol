// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title LocalUsdc
/// @notice Stands in for USDC on the local chain: a plain ERC-20 with a permit, EIP-3009 authorisations and 6 decimals.
contract LocalUsdc is ERC20, ERC20Permit, ERC3009 {
    uint8 private constant DECIMALS = 6;
    uint256 private constant SUPPLY = 1_000_000_000e6;

    /// @param holder Who receives the whole supply.
    constructor(address holder) ERC20("USDC (local)", "USDC") ERC20Permit("USDC (local)") {
        _mint(holder, SUPPLY);
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return DECIMALS;
    }
}
