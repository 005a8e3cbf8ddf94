// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {Bucket, LeakyBucket} from "../../../contracts/buyback/libraries/LeakyBucket.sol";
import {PairMath} from "../../../contracts/buyback/libraries/PairMath.sol";
import {Observations, PriceObservation} from "../../../contracts/buyback/libraries/PriceObservation.sol";

/// @title BuybackFormulas
/// @notice The libraries of the buyback as external functions; `multicall` evaluates many cases in one call.
contract BuybackFormulas is Multicall {
    using LeakyBucket for Bucket;
    using PriceObservation for Observations;

    Bucket private _bucket;
    Observations private _observations;

    function fill(uint256 capacity, uint256 refillDuration, uint256 time, uint256 amount) external {
        _bucket.fill(capacity, refillDuration, time, amount);
    }

    function record(IUniswapV2Pair pair, bool inIsFirst, uint256 knownReserve) external returns (bool) {
        return _observations.record(PriceObservation.read(pair, inIsFirst), knownReserve);
    }

    function roomOf(uint256 capacity, uint256 refillDuration, uint256 time) external view returns (uint256) {
        return LeakyBucket.roomOf(_bucket, capacity, refillDuration, time);
    }

    function emptyAt(uint256 capacity, uint256 refillDuration, uint256 time) external view returns (uint256) {
        return LeakyBucket.emptyAt(_bucket, capacity, refillDuration, time);
    }

    function isUsable() external view returns (bool) {
        return _observations.isUsable();
    }

    function dueAt() external view returns (uint256) {
        return _observations.dueAt();
    }

    function notedReserve() external view returns (uint256) {
        return _observations.notedReserve;
    }

    function worth(IUniswapV2Pair pair, bool inIsFirst, uint256 amountIn) external view returns (uint256) {
        return _observations.worth(PriceObservation.read(pair, inIsFirst), amountIn);
    }

    function amountOut(
        uint256 amountIn,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) external pure returns (uint256) {
        return PairMath.amountOut(amountIn, reserveIn, reserveOut, feeBps);
    }

    function amountInFor(
        uint256 max,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) external pure returns (uint256) {
        return PairMath.amountInFor(max, reserveIn, reserveOut, feeBps);
    }
}
