// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title FeePair
/// @notice A Uniswap v2 pair with a fee of its own, such as PancakeSwap's 0.25%: reserves, cumulative prices and the check
/// of the product work as in the original. What is sent to it and synced is its liquidity.
contract FeePair {
    uint256 private constant BPS = 10_000;

    address public immutable token0;
    address public immutable token1;
    uint256 public immutable FEE_BPS;

    uint256 public price0CumulativeLast;
    uint256 public price1CumulativeLast;

    uint112 private _reserve0;
    uint112 private _reserve1;
    uint32 private _touchedAt;

    error FeePair_NothingOut();
    error FeePair_ProductFalls(uint256 product, uint256 min);

    constructor(address tokenA, address tokenB, uint256 feeBps) {
        (token0, token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
        FEE_BPS = feeBps;
    }

    function swap(uint256 out0, uint256 out1, address to, bytes calldata) external {
        require(out0 != 0 || out1 != 0, FeePair_NothingOut());
        if (out0 != 0) IERC20(token0).transfer(to, out0);
        if (out1 != 0) IERC20(token1).transfer(to, out1);
        uint256 left0 = _afterFee(token0, _reserve0, out0);
        uint256 left1 = _afterFee(token1, _reserve1, out1);
        uint256 min = uint256(_reserve0) * _reserve1 * BPS ** 2;
        require(left0 * left1 >= min, FeePair_ProductFalls(left0 * left1, min));
        sync();
    }

    function sync() public {
        // As in the original, time and cumulative prices wrap.
        unchecked {
            uint32 elapsed = uint32(block.timestamp) - _touchedAt;
            if (elapsed != 0 && _reserve0 != 0 && _reserve1 != 0) {
                price0CumulativeLast += ((uint256(_reserve1) << 112) / _reserve0) * elapsed;
                price1CumulativeLast += ((uint256(_reserve0) << 112) / _reserve1) * elapsed;
            }
            _touchedAt = uint32(block.timestamp);
        }
        _reserve0 = uint112(IERC20(token0).balanceOf(address(this)));
        _reserve1 = uint112(IERC20(token1).balanceOf(address(this)));
    }

    function getReserves() external view returns (uint112, uint112, uint32) {
        return (_reserve0, _reserve1, _touchedAt);
    }

    /// @dev The balance of a token less the fee on what came in [token wei · BPS].
    function _afterFee(address token, uint256 reserve, uint256 out) private view returns (uint256) {
        uint256 balance = IERC20(token).balanceOf(address(this));
        uint256 amountIn = balance > reserve - out ? balance - (reserve - out) : 0;
        return balance * BPS - amountIn * FEE_BPS;
    }
}
