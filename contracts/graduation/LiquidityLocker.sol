// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {ILiquidityLocker} from "./interfaces/ILiquidityLocker.sol";

/// @title LiquidityLocker
/// @notice Implements `ILiquidityLocker`, which is its manual.
/// @dev It keeps no record of its own. The vault knows the token and the time of graduation, and the DEX factory knows the
/// pair. Whatever liquidity tokens of that pair get here, they are released together.
contract LiquidityLocker is ILiquidityLocker {
    using SafeERC20 for IERC20;

    /// @notice How long liquidity stays locked [s]: 48 months.
    uint256 public constant LOCK_DURATION = 1_461 days;

    /// @notice One side of every pair.
    address public immutable FLOCK;
    /// @notice The DEX on which models graduate.
    IUniswapV2Factory public immutable DEX_FACTORY;
    /// @notice Where the record of every graduation is.
    IVestingVault public immutable VAULT;
    /// @notice Where the seats are.
    IModelRegistry public immutable REGISTRY;

    /// @param flock The token in which models are raised: one side of every pair.
    /// @param dexFactory The DEX on which models graduate.
    /// @param vault Where the record of every graduation is.
    /// @param registry Where the seats are.
    constructor(address flock, IUniswapV2Factory dexFactory, IVestingVault vault, IModelRegistry registry) {
        FLOCK = flock;
        DEX_FACTORY = dexFactory;
        VAULT = vault;
        REGISTRY = registry;
    }

    /// @inheritdoc ILiquidityLocker
    function release(uint256 modelId) external returns (uint256 liquidity) {
        address pair;
        uint256 unlocksAt;
        (pair, liquidity, unlocksAt) = lockOf(modelId);
        require(block.timestamp >= unlocksAt, Locker_Locked(modelId, unlocksAt));
        require(liquidity != 0, Locker_NothingLocked(modelId));

        address to = REGISTRY.treasury();
        emit LiquidityReleased(modelId, pair, to, liquidity);
        IERC20(pair).safeTransfer(to, liquidity);
    }

    /// @inheritdoc ILiquidityLocker
    function lockOf(uint256 modelId) public view returns (address pair, uint256 liquidity, uint256 unlocksAt) {
        (address token, uint256 startAt) = VAULT.recordOf(modelId);
        require(token != address(0), Locker_NotGraduated(modelId));
        pair = DEX_FACTORY.getPair(FLOCK, token);
        liquidity = IERC20(pair).balanceOf(address(this));
        unlocksAt = startAt + LOCK_DURATION;
    }
}
