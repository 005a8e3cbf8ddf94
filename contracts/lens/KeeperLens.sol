// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {PriceObservation} from "../buyback/libraries/PriceObservation.sol";
import {RoutePair} from "../buyback/types/BuybackTypes.sol";
import {Outcome, RaiseRecord} from "../offering/types/OfferingTypes.sol";
import {IProtocolLens} from "./interfaces/IProtocolLens.sol";
import {LensState} from "./LensState.sol";
import {DueView, ModelDue} from "./types/LensTypes.sol";

/// @title KeeperLens
/// @notice The part of the lens that shows what keepers can do.
abstract contract KeeperLens is LensState {
    /// @inheritdoc IProtocolLens
    function dueOf(uint256[] calldata modelIds) external view returns (DueView memory due) {
        due.pokeRoute = _canPokeRoute();
        due.flockLot = BUYBACK.nextFlockLot(0);
        uint256 time = _raiseClock();
        uint256 epoch = EMISSIONS.currentEpoch();
        due.models = new ModelDue[](modelIds.length);
        for (uint256 i = 0; i < modelIds.length; ++i) {
            due.models[i] = _ofModel(modelIds[i], time, epoch);
        }
    }

    /// @dev What can be done for one model.
    /// @param time What the raise clock shows now [s].
    /// @param epoch The epoch of now.
    function _ofModel(uint256 modelId, uint256 time, uint256 epoch) private view returns (ModelDue memory due) {
        RaiseRecord memory record = _recordOf(modelId);
        due.modelId = modelId;
        due.flockLot = BUYBACK.nextFlockLot(modelId);
        due.fail = _isFailable(record, time);
        due.graduate =
            record.running.outcome == Outcome.Open &&
            time >= record.running.endsAt &&
            record.running.raised >= record.terms.minimumRaise;
        if (record.running.outcome != Outcome.Graduated) return due;
        uint256 openEpoch = EMISSIONS.modelRewardsOf(modelId).openEpoch;
        due.roll = openEpoch != 0 && openEpoch < epoch;
        (address pair, , ) = LOCKER.lockOf(modelId);
        due.poke = _canPoke(pair, address(FLOCK));
        due.mtLot = BUYBACK.nextMtLot(modelId);
    }

    /// @dev Whether a pair of the route can be observed.
    function _canPokeRoute() private view returns (bool) {
        address tokenIn = address(USDC);
        RoutePair[] memory route = BUYBACK.routePairs();
        for (uint256 i = 0; i < route.length; ++i) {
            if (_canPoke(route[i].pair, tokenIn)) return true;
            address token0 = IUniswapV2Pair(route[i].pair).token0();
            tokenIn = tokenIn == token0 ? IUniswapV2Pair(route[i].pair).token1() : token0;
        }
        return false;
    }

    /// @dev Whether the last observation of a pair is old enough for the next one, and the pair is not empty.
    function _canPoke(address pair, address tokenIn) private view returns (bool) {
        (uint256 observedAt, , ) = BUYBACK.observationOf(pair, tokenIn);
        if (observedAt != 0 && block.timestamp < observedAt + PriceObservation.MIN_AGE) return false;
        (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
        return reserve0 != 0 && reserve1 != 0;
    }
}
