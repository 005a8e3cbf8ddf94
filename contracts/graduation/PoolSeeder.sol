// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IGraduation} from "./interfaces/IGraduation.sol";

/// @title PoolSeeder
/// @notice Opens a model's pool with exactly the intended reserves, whatever was done to the pair before.
///
/// Until this very call the token does not exist. So a pair that somebody created early can hold FLOCK but no MT, and
/// nobody can own liquidity of it: minting asks for both tokens. Its state is one number, the FLOCK that was sent there,
/// of which any part may have been taken into the reserve by `sync`. All of it is moved out before the pool opens, in
/// the transaction that creates the token, while this contract holds the whole supply and nobody else can trade.
abstract contract PoolSeeder {
    using SafeERC20 for IERC20;

    /// @dev MT that buy out a donation that `sync` took into the reserve [MT wei]. It stays in the pool as part of its
    /// share; a reserve of R leaves at most R / 1e18 + 1 wei behind.
    uint256 private constant BUY_OUT_MT = 1e18;
    /// @dev What a swap keeps of its input, per mille: the fee of Uniswap v2. A DEX with a lower fee takes the swap too.
    uint256 private constant AFTER_SWAP_FEE = 997;
    uint256 private constant SWAP_FEE_BASE = 1_000;

    /// @notice The token that models are raised in.
    IERC20 public immutable FLOCK;
    /// @notice The DEX on which models graduate.
    IUniswapV2Factory public immutable DEX_FACTORY;

    constructor(IERC20 flock, IUniswapV2Factory dexFactory) {
        FLOCK = flock;
        DEX_FACTORY = dexFactory;
    }

    /// @dev Makes the pair hold exactly `flockAmount` and `mtAmount`, and mints all of its liquidity to `to`.
    /// @return pair The pair.
    /// @return liquidity What was minted [LP wei].
    /// @return donated FLOCK that had been in the pair and is here now [FLOCK wei].
    function _seed(
        address token,
        uint256 flockAmount,
        uint256 mtAmount,
        address to
    ) internal returns (address pair, uint256 liquidity, uint256 donated) {
        uint256 flockLeft;
        uint256 mtSent;
        pair = DEX_FACTORY.getPair(address(FLOCK), token);
        if (pair == address(0)) {
            pair = DEX_FACTORY.createPair(address(FLOCK), token);
        } else {
            (donated, flockLeft, mtSent) = _expelDonation(pair, token);
        }

        FLOCK.safeTransfer(pair, flockAmount - flockLeft);
        IERC20(token).safeTransfer(pair, mtAmount - mtSent);
        liquidity = IUniswapV2Pair(pair).mint(to);

        (uint256 flockReserve, uint256 mtReserve) = _reservesOf(pair);
        require(
            flockReserve == flockAmount && mtReserve == mtAmount,
            IGraduation.Graduation_UnexpectedReserves(flockReserve, mtReserve, flockAmount, mtAmount)
        );
    }

    /// @dev Takes donated FLOCK out of a pair that was created early: `skim` for what was only sent; for what `sync` took
    /// into the reserve a swap against a fresh one-wei reserve of MT, which leaves next to nothing.
    /// @return donated FLOCK that was moved or is made up for by what is left [FLOCK wei].
    /// @return flockLeft FLOCK that stays in the reserve and counts toward the pool's share [FLOCK wei].
    /// @return mtSent MT that went in for it and count toward the pool's share [MT wei].
    function _expelDonation(
        address pair,
        address token
    ) private returns (uint256 donated, uint256 flockLeft, uint256 mtSent) {
        uint256 balanceBefore = FLOCK.balanceOf(address(this));
        IUniswapV2Pair(pair).skim(address(this));
        (flockLeft, ) = _reservesOf(pair);
        if (flockLeft != 0) {
            IERC20(token).safeTransfer(pair, 1);
            IUniswapV2Pair(pair).sync();
            IERC20(token).safeTransfer(pair, BUY_OUT_MT);
            mtSent = 1 + BUY_OUT_MT;
            uint256 afterFee = BUY_OUT_MT * AFTER_SWAP_FEE;
            uint256 flockOut = (flockLeft * afterFee) / (SWAP_FEE_BASE + afterFee);
            if (flockOut != 0) {
                bool flockIsFirst = IUniswapV2Pair(pair).token0() == address(FLOCK);
                (uint256 out0, uint256 out1) = flockIsFirst ? (flockOut, uint256(0)) : (uint256(0), flockOut);
                IUniswapV2Pair(pair).swap(out0, out1, address(this), "");
            }
            (flockLeft, ) = _reservesOf(pair);
        }
        // What is left in the reserve replaces as much of the raise's own FLOCK, which is free to go instead.
        donated = FLOCK.balanceOf(address(this)) - balanceBefore + flockLeft;
    }

    /// @dev The pair's reserves in the order FLOCK, MT.
    function _reservesOf(address pair) private view returns (uint256 flockReserve, uint256 mtReserve) {
        (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
        bool flockIsFirst = IUniswapV2Pair(pair).token0() == address(FLOCK);
        return flockIsFirst ? (reserve0, reserve1) : (reserve1, reserve0);
    }
}
