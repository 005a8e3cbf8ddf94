// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IPoolRequirement
/// @notice What the registry asks of the buyback. The registry owns this interface, so that it imports no other domain.
interface IPoolRequirement {
    /// @notice The smallest FLOCK reserve with which the buyback uses the pool of a model.
    /// @return The reserve [FLOCK wei].
    /// @custom:errors none
    /// @custom:paper silent, decision 18
    function modelMinReserve() external view returns (uint256);
}
