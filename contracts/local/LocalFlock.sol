// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title LocalFlock
/// @notice Stands in for FLOCK on the local chain: a plain ERC-20 with 18 decimals, a supply of 1e9, a permit and a burn.
contract LocalFlock is ERC20, ERC20Burnable, ERC20Permit {
    uint256 private constant SUPPLY = 1_000_000_000e18;

    /// @param holder Who receives the whole supply.
    constructor(address holder) ERC20("FLOCK (local)", "FLOCK") ERC20Permit("FLOCK (local)") {
        _mint(holder, SUPPLY);
    }
}
