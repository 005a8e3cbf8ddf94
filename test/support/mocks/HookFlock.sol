// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that calls out during every transfer, as an ERC-777 would, and remembers how every call ended.
contract HookFlock is ERC20 {
    address public hookTarget;
    bytes public hookData;
    bool[] private _succeeded;
    bytes[] private _results;

    constructor() ERC20("Hook", "HOOK") {
        _mint(msg.sender, 1_000_000_000e18);
    }

    /// @notice Sets what is called during the transfers to come; the zero address for nothing.
    function setHook(address target, bytes calldata data) external {
        hookTarget = target;
        hookData = data;
        delete _succeeded;
        delete _results;
    }

    /// @notice How the calls since then ended, in the order in which they did; what a call that reverted had called in
    /// turn is forgotten with it.
    function hookCalls() external view returns (bool[] memory succeeded, bytes[] memory results) {
        return (_succeeded, _results);
    }

    function _update(address from, address to, uint256 value) internal virtual override {
        super._update(from, to, value);
        if (hookTarget == address(0)) return;
        (bool succeeded, bytes memory result) = hookTarget.call(hookData);
        _succeeded.push(succeeded);
        _results.push(result);
    }
}
