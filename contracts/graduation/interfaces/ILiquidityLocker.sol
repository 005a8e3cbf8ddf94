// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ILiquidityLocker
/// @notice Holds the liquidity tokens of every graduated model for 48 months (1,461 days) and then sends them to the
/// holder of the treasury's seat (section 3.4). It can do nothing else; it has no owner and no other exit.
interface ILiquidityLocker {
    /// @notice A model's liquidity has been unlocked.
    /// @param liquidity What was sent [LP wei].
    event LiquidityReleased(uint256 indexed modelId, address indexed pair, address indexed to, uint256 liquidity);

    /// @notice The model has not graduated.
    error Locker_NotGraduated(uint256 modelId);
    /// @notice The lock lasts until `unlocksAt` [s].
    error Locker_Locked(uint256 modelId, uint256 unlocksAt);
    /// @notice The liquidity was released before.
    error Locker_NothingLocked(uint256 modelId);

    /// @notice Sends a model's liquidity tokens to the treasury once the lock has ended. Anyone.
    /// @dev Errors: `Locker_NotGraduated`, `Locker_Locked`, `Locker_NothingLocked`.
    /// @return liquidity What was sent [LP wei]: everything of that pair that is here.
    function release(uint256 modelId) external returns (uint256 liquidity);

    /// @notice The FLOCK/MT pair of a model, what is locked of it [LP wei] and until when [s].
    /// @dev Errors: `Locker_NotGraduated`.
    function lockOf(uint256 modelId) external view returns (address pair, uint256 liquidity, uint256 unlocksAt);
}
