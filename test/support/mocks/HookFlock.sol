// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that calls out during every transfer, as an ERC-777 would, and remembers how the call ended.
contract HookFlock is ERC20 {
    address public hookTarget;
    bytes public hookData;
    uint256 public hookCalls;
    bool public hookSucceeded;
    bytes public hookResult;

    constructor() ERC20("Hook", "HOOK") {
        _mint(msg.sender, 1_000_000_000e18);
    }

    /// @notice Sets what is called during the transfers to come; the zero address for nothing.
    function setHook(address target, bytes calldata data) external {
        hookTarget = target;
        hookData = data;
        hookCalls = 0;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (hookTarget == address(0)) return;
        ++hookCalls;
        (hookSucceeded, hookResult) = hookTarget.call(hookData);
    }
}
