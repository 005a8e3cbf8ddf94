// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title CallRunner
/// @notice Makes several calls in one transaction, as an attacker's contract does; what any of them reverts with comes
/// back unchanged.
contract CallRunner {
    /// @notice One call.
    struct Call {
        address target;
        bytes data;
    }

    function run(Call[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls -- any call of any contract
            (bool succeeded, bytes memory answer) = calls[i].target.call(calls[i].data);
            if (succeeded) continue;
            // solhint-disable-next-line no-inline-assembly -- the only way to hand on a foreign error
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }
}
