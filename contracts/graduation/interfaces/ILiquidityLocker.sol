// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ILiquidityLocker
/// @notice Holds the liquidity tokens of every graduated model for 48 months (1,461 days). After that it sends them to the
/// holder of the treasury's seat (section 3.4). It can do nothing else. It has no owner and no other exit.
interface ILiquidityLocker {
    /// @notice The liquidity of a model has been released.
    /// @param liquidity What was sent [LP wei].
    event LiquidityReleased(uint256 indexed modelId, address indexed pair, address indexed to, uint256 liquidity);

    /// @notice The model has not graduated.
    error Locker_NotGraduated(uint256 modelId);
    /// @notice The liquidity is locked until `unlocksAt` [s].
    error Locker_Locked(uint256 modelId, uint256 unlocksAt);
    /// @notice The liquidity was released before.
    error Locker_NothingLocked(uint256 modelId);

    /// @notice Sends the liquidity tokens of a model to the holder of the treasury's seat, once the lock has ended. Anyone.
    /// @param modelId The model.
    /// @return liquidity What was sent: all tokens of that pair that are here [LP wei].
    /// @custom:errors Locker_NotGraduated, Locker_Locked, Locker_NothingLocked
    /// @custom:paper 3.4
    function release(uint256 modelId) external returns (uint256 liquidity);

    /// @notice The pair of a model, and what is locked of it.
    /// @param modelId The model.
    /// @return pair The FLOCK/MT pair.
    /// @return liquidity Its tokens that are here [LP wei].
    /// @return unlocksAt When the lock ends [s].
    /// @custom:errors Locker_NotGraduated
    /// @custom:paper 3.4
    function lockOf(uint256 modelId) external view returns (address pair, uint256 liquidity, uint256 unlocksAt);
}
