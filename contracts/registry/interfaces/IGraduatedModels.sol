// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IGraduatedModels
/// @notice What the registry asks of the offering. The registry owns this interface, so that it imports no other domain.
interface IGraduatedModels {
    /// @notice Whether the raise of a model has succeeded and the model has graduated.
    /// @param modelId The model.
    /// @return Whether it has; false if there is no such model.
    /// @custom:errors none
    /// @custom:paper 3.5
    function hasGraduated(uint256 modelId) external view returns (bool);
}
