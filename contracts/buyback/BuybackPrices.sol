// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {WAD} from "../shared/Units.sol";
import {BuybackObservations} from "./BuybackObservations.sol";
import {IBuybackPrices} from "./interfaces/IBuybackPrices.sol";
import {Observations, PriceObservation} from "./libraries/PriceObservation.sol";
import {Hop} from "./types/BuybackTypes.sol";

/// @title BuybackPrices
/// @notice Implements `IBuybackPrices`, which is its manual.
abstract contract BuybackPrices is BuybackObservations, IBuybackPrices {
    using PriceObservation for Observations;

    /// @dev How much FLOCK the average price of MT is read with: much, because what it is worth in MT rounds down.
    uint256 private constant PRICED_FLOCK = 1e27;

    /// @inheritdoc IBuybackPrices
    function observeMtPrice(uint256 modelId) external returns (uint256 price) {
        (Hop[] memory hops, ) = _modelHop(modelId);
        _pokeModel(hops[0]);
        return _mtPriceIn(hops[0]);
    }

    /// @inheritdoc IBuybackPrices
    function averageFlockFor(uint256 usdcIn) external view returns (uint256 flockOut) {
        Hop[] memory hops = _route;
        if (hops.length == 0) return 0;
        flockOut = usdcIn;
        for (uint256 i = 0; i < hops.length; ++i) {
            // Settlements ask for this. With an amount of 128 bits no price can make it overflow.
            flockOut = _averageWorth(hops[i], Math.min(flockOut, type(uint128).max));
        }
    }

    /// @inheritdoc IBuybackPrices
    function averageMtPrice(uint256 modelId) external view returns (uint256 price) {
        (Hop[] memory hops, ) = _modelHop(modelId);
        return _mtPriceIn(hops[0]);
    }

    /// @dev The average price of MT in the pair of a model, as `averageMtPrice` says it.
    function _mtPriceIn(Hop memory hop) private view returns (uint256) {
        uint256 mt = _averageWorth(hop, PRICED_FLOCK);
        return mt == 0 ? 0 : Math.mulDiv(PRICED_FLOCK, WAD, mt, Math.Rounding.Ceil);
    }

    /// @dev What `amountIn` is worth at the average price of a pair [wei of the output token], rounded down; 0 if it has none
    /// yet. The smallest reserve of a pair of the route plays no part: whoever can push a price can also push a reserve
    /// below it, and would switch the bound off by that.
    function _averageWorth(Hop memory hop, uint256 amountIn) private view returns (uint256) {
        Observations storage observations = _observations[hop.pair][hop.inIsFirst];
        return observations.worthForBound(PriceObservation.read(IUniswapV2Pair(hop.pair), hop.inIsFirst), amountIn);
    }
}
