// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title StandIn
/// @notice Stands where another contract is expected, and answers each of its functions with what the test says, whatever
/// the arguments; with nothing if it says nothing.
contract StandIn {
    mapping(bytes4 selector => bytes) private _answers;

    function setAnswer(bytes4 selector, bytes calldata answer) external {
        _answers[selector] = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answers[msg.sig];
    }
}
