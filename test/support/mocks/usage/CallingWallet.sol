// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A contract wallet that makes calls for its owner and answers none, not even ERC-1271.
contract CallingWallet {
    address private immutable OWNER = msg.sender;

    /// @notice Makes one call; the error of the callee is passed on.
    function execute(address target, bytes calldata data) external {
        require(msg.sender == OWNER, "not the owner");
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
    }
}
