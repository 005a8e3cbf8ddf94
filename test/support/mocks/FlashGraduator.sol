// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IRealModelOffering} from "../../../contracts/offering/interfaces/IRealModelOffering.sol";

/// @notice Tries to profit from a graduation in one transaction: it buys with a loan, graduates, claims and sells.
contract FlashGraduator {
    /// @notice Buys the rest of a raise with the FLOCK that is here, graduates it, claims, and sells all of it.
    /// @return spent What the purchase cost [FLOCK wei].
    /// @return earned What the sale brought [FLOCK wei].
    function attack(
        IRealModelOffering offering,
        IERC20 flock,
        IUniswapV2Factory dexFactory,
        uint256 modelId
    ) external returns (uint256 spent, uint256 earned) {
        uint256 loan = flock.balanceOf(address(this));
        flock.approve(address(offering), loan);
        offering.buyExactIn(modelId, loan, 0, address(this), block.timestamp);
        spent = loan - flock.balanceOf(address(this));

        IERC20 mt = IERC20(offering.graduate(modelId));
        uint256 mtIn = offering.claim(modelId, address(this));
        earned = _sell(IUniswapV2Pair(dexFactory.getPair(address(flock), address(mt))), mt, mtIn);
    }

    function _sell(IUniswapV2Pair pair, IERC20 mt, uint256 mtIn) private returns (uint256 flockOut) {
        (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
        bool mtFirst = pair.token0() == address(mt);
        (uint256 reserveIn, uint256 reserveOut) = mtFirst ? (reserve0, reserve1) : (reserve1, reserve0);
        flockOut = (mtIn * 997 * reserveOut) / (reserveIn * 1_000 + mtIn * 997);
        mt.transfer(address(pair), mtIn);
        pair.swap(mtFirst ? 0 : flockOut, mtFirst ? flockOut : 0, address(this), "");
    }
}
