// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CommonBase} from "forge-std/Base.sol";
import {StdAssertions} from "forge-std/StdAssertions.sol";
import {StdCheats} from "forge-std/StdCheats.sol";
import {StdUtils} from "forge-std/StdUtils.sol";

/// @title Attempts
/// @notice Calls of which the handler knows beforehand whether they must succeed, and how often each kind of them has.
abstract contract Attempts is CommonBase, StdAssertions, StdCheats, StdUtils {
    /// @notice How often each kind of action took effect, and how often "refused " and its name was tried.
    mapping(string action => uint256) public done;

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
