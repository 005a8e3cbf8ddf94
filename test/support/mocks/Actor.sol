// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Actor
/// @notice Somebody who does what the test says.
contract Actor {
    using Address for address;

    function act(address target, bytes calldata data) external returns (bytes memory) {
        return target.functionCall(data);
    }
}
