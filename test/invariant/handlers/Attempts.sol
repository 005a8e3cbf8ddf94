// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Handler} from "./Handler.sol";

/// @title Attempts
/// @notice Calls of which the handler knows beforehand whether they must succeed.
abstract contract Attempts is Handler {
    /// @dev Calls, and checks that the call succeeds exactly if it must.
    function _attempt(
        address target,
        bytes memory data,
        bool mustSucceed,
        string memory action
    ) internal returns (bool) {
        // solhint-disable-next-line avoid-low-level-calls -- whether it reverts is what is being tested
        (bool succeeded, bytes memory answer) = target.call(data);
        if (mustSucceed && !succeeded) {
            // solhint-disable-next-line no-inline-assembly -- shows the contract's own error
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        assertEq(succeeded, mustSucceed, string.concat("must be refused: ", action));
        ++done[succeeded ? action : string.concat("refused ", action)];
        return succeeded;
    }
}
