// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title ScriptedToken
/// @notice A token that takes what is asked for and delivers what it was told to: less, as one with a fee does, or more.
contract ScriptedToken is ERC20 {
    uint256 private _delivered;

    constructor() ERC20("Scripted", "SCR") {}

    /// @notice What the next transfers deliver [token wei].
    function deliver(uint256 amount) external {
        _delivered = amount;
    }

    /// @notice Gives an account tokens.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _burn(from, value);
        _mint(to, _delivered);
        return true;
    }
}
