// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The least of a contract wallet: it makes calls for its owner, and refuses to be called otherwise.
contract ContractWallet {
    address private immutable OWNER = msg.sender;

    /// @notice Makes several calls in one transaction; all or none.
    function execute(address[] calldata targets, bytes[] calldata data) external {
        require(msg.sender == OWNER, "not the owner");
        for (uint256 i = 0; i < targets.length; ++i) {
            (bool success, bytes memory result) = targets[i].call(data[i]);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(result, 32), mload(result))
                }
            }
        }
    }
}
