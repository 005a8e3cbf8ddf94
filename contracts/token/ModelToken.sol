// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {MT_SUPPLY} from "../shared/Units.sol";

/// @title ModelToken
/// @notice The token of one model (MT): 1,000,000 tokens with 18 decimals, minted once (section 3.2). It has EIP-2612
/// permits, and holders can burn what they hold. It has no owner and no hooks, and no more can be minted.
contract ModelToken is ERC20, ERC20Burnable, ERC20Permit {
    /// @param name_ The token's name, at most 31 bytes.
    /// @param symbol_ The token's symbol, at most 31 bytes.
    /// @param holder Who receives the whole supply.
    constructor(string memory name_, string memory symbol_, address holder) ERC20(name_, symbol_) ERC20Permit(name_) {
        _mint(holder, MT_SUPPLY);
    }
}
