// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PlainText} from "../../../contracts/registry/libraries/PlainText.sol";

/// @title TextHarness
/// @notice The library of plain texts as external functions, many cases in one call.
contract TextHarness {
    function check(bytes32 what, string calldata text) external pure {
        PlainText.check(what, text);
    }

    /// @notice What `check` says to each text: the data of its revert; empty if it accepts.
    function verdicts(bytes32 what, string[] calldata texts) external view returns (bytes[] memory reverts) {
        reverts = new bytes[](texts.length);
        for (uint256 i = 0; i < texts.length; ++i) {
            try this.check(what, texts[i]) {} catch (bytes memory data) {
                reverts[i] = data;
            }
        }
    }

    /// @notice Which of `count` characters from `first` on are invisible: a byte for each, 1 or 0.
    function invisibleAmong(uint256 first, uint256 count) external pure returns (bytes memory flags) {
        flags = new bytes(count);
        for (uint256 i = 0; i < count; ++i) {
            if (PlainText.isInvisible(first + i)) flags[i] = 0x01;
        }
    }
}
