// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ManyStates
/// @notice Runs a formula over many states in one call. A state is a number of words, and so is what comes of it. Words
/// need no coder, which would take longer than the formulas.
abstract contract ManyStates {
    /// @dev What comes of every state, one after another.
    /// @param words The states, one after another.
    /// @param width Words of a state.
    /// @param resultWidth Words of what comes of it.
    function _each(
        uint256[] calldata words,
        uint256 width,
        uint256 resultWidth,
        function(uint256[] calldata, uint256[] memory) pure formula
    ) internal pure returns (uint256[] memory results) {
        uint256 count = words.length / width;
        results = new uint256[](count * resultWidth);
        uint256[] memory result = new uint256[](resultWidth);
        for (uint256 i = 0; i < count; ++i) {
            formula(words[i * width:(i + 1) * width], result);
            for (uint256 j = 0; j < resultWidth; ++j) results[i * resultWidth + j] = result[j];
        }
    }
}
