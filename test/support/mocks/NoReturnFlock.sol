// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A token whose `transfer`, `transferFrom` and `approve` return nothing, and which has no permit.
contract NoReturnFlock {
    uint8 public constant decimals = 18;
    uint256 public constant totalSupply = 1_000_000_000e18;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    constructor() {
        balanceOf[msg.sender] = totalSupply;
    }

    function approve(address spender, uint256 value) external {
        allowance[msg.sender][spender] = value;
    }

    function transfer(address to, uint256 value) external {
        _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external {
        allowance[from][msg.sender] -= value;
        _move(from, to, value);
    }

    function _move(address from, address to, uint256 value) private {
        balanceOf[from] -= value;
        balanceOf[to] += value;
    }
}
