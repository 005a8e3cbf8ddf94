// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {MT_SUPPLY} from "../shared/Units.sol";
import {IModelTokenFactory} from "./interfaces/IModelTokenFactory.sol";

/// @title ModelToken
/// @notice The token of one model (MT): 1,000,000 tokens with 18 decimals, minted once (section 3.2). It has EIP-2612
/// permits, and holders can burn what they hold. It has no owner and no hooks, and no more can be minted.
contract ModelToken is ERC20, ERC20Burnable, ERC20Permit {
    /// @dev Only a factory can create it. It asks the factory for what differs between tokens, and takes no arguments, so
    /// that all tokens have one creation code and an address follows from the salt alone (decision 65).
    constructor()
        ERC20(IModelTokenFactory(msg.sender).tokenName(), IModelTokenFactory(msg.sender).tokenSymbol())
        ERC20Permit(IModelTokenFactory(msg.sender).tokenName())
    {
        _mint(IModelTokenFactory(msg.sender).graduation(), MT_SUPPLY);
    }
}
