// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {BuybackState} from "./BuybackState.sol";
import {IBuybackObservations} from "./interfaces/IBuybackObservations.sol";
import {Observations, PairReading, PriceObservation} from "./libraries/PriceObservation.sol";
import {Hop} from "./types/BuybackTypes.sol";

/// @title BuybackObservations
/// @notice Implements `IBuybackObservations`, which is its manual.
abstract contract BuybackObservations is BuybackState, IBuybackObservations {
    using PriceObservation for Observations;

    /// @inheritdoc IBuybackObservations
    function pokeRoute() external {
        address tokenIn = address(USDC);
        for (uint256 i = 0; i < _route.length; ++i) {
            Hop memory hop = _route[i];
            // Nothing is bought in a pair below its smallest reserve, so governance vouches for that much.
            _poke(hop.pair, tokenIn, hop.inIsFirst, hop.minReserve);
            tokenIn = _tokenOut(hop.pair, hop.inIsFirst);
        }
    }

    /// @inheritdoc IBuybackObservations
    function pokeModel(uint256 modelId) external returns (bool recorded) {
        (Hop[] memory hops, ) = _modelHop(modelId);
        return _pokeModel(hops[0]);
    }

    /// @inheritdoc IBuybackObservations
    function observationOf(
        address pair,
        address tokenIn
    ) external view returns (uint256 observedAt, uint256 averageSince, uint256 notedReserve) {
        Observations storage observations = _observations[pair][_isFirst(pair, tokenIn)];
        return (observations.newerAt, observations.olderAt, observations.notedReserve);
    }

    /// @dev Observes the pair of a model.
    function _pokeModel(Hop memory hop) internal returns (bool recorded) {
        // Graduation gets here first, in the call that opens the pool: before that, the vault has no record of the model.
        return _poke(hop.pair, address(FLOCK), hop.inIsFirst, type(uint256).max);
    }

    /// @dev Observes a pair. `PriceObservation.record` says what `knownReserve` is.
    function _poke(
        address pair,
        address tokenIn,
        bool inIsFirst,
        uint256 knownReserve
    ) internal returns (bool recorded) {
        PairReading memory reading = PriceObservation.read(IUniswapV2Pair(pair), inIsFirst);
        Observations storage observations = _observations[pair][inIsFirst];
        recorded = observations.record(reading, knownReserve);
        if (recorded) {
            Observations memory known = observations;
            emit Poked(
                pair,
                tokenIn,
                known.olderAt,
                known.olderCumulative,
                known.newerAt,
                known.newerCumulative,
                known.notedReserve,
                known.average()
            );
        }
    }
}
