// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {Seats} from "../registry/libraries/Seats.sol";
import {FlockBurn} from "../shared/libraries/FlockBurn.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {BPS} from "../shared/Units.sol";
import {BuybackState} from "./BuybackState.sol";
import {IBuybackLots} from "./interfaces/IBuybackLots.sol";
import {Bucket, LeakyBucket} from "./libraries/LeakyBucket.sol";
import {PairMath} from "./libraries/PairMath.sol";
import {Observations, PairReading, PriceObservation} from "./libraries/PriceObservation.sol";
import {BuybackSettings, Hop, Lot, Wait} from "./types/BuybackTypes.sol";

/// @title BuybackLots
/// @notice Implements `IBuybackLots`, which is its manual.
abstract contract BuybackLots is BuybackState, ReentrancyGuardTransient, IBuybackLots {
    using FlockBurn for IERC20;
    using LeakyBucket for Bucket;
    using PauseWindow for Pause;
    using PriceObservation for Observations;
    using SafeERC20 for IERC20;

    /// @dev A hop as it is now, and what a lot does to it.
    /// @param reading The pair as it is now.
    /// @param capacity Capacity of its bucket [wei of the input token].
    /// @param amountIn What the lot brings [wei of the input token].
    /// @param amountOut What the pair gives for it [wei of the output token].
    struct HopState {
        PairReading reading;
        uint256 capacity;
        uint256 amountIn;
        uint256 amountOut;
    }

    /// @dev What a lot is planned from.
    /// @param hops The pairs on its way.
    /// @param credit What waits to be spent [wei of the first input token].
    /// @param bucketBps Capacity of the buckets [bps of an input reserve].
    /// @param bandBps The smallest output of a pair that nobody has touched [bps of what its average price gives].
    /// @param refillDuration How long a full bucket takes to empty [s].
    struct Order {
        Hop[] hops;
        uint256 credit;
        uint256 bucketBps;
        uint256 bandBps;
        uint256 refillDuration;
    }

    /// @inheritdoc IBuybackLots
    mapping(uint256 modelId => uint256) public flockOf;

    /// @inheritdoc IBuybackLots
    function buyFlock(
        uint256 modelId,
        uint256 amountOutMin,
        uint256 deadline
    ) external nonReentrant returns (Lot memory lot) {
        Order memory order = _flockOrder(modelId);
        HopState[] memory states;
        (lot, states) = _plan(order);
        _requireReady(lot, amountOutMin, deadline);

        uint256 flockKept;
        if (modelId != 0) {
            flockKept = flockOf[modelId] + lot.amountOut;
            flockOf[modelId] = flockKept;
        }
        _fillBuckets(order, states);
        uint256 flockBurned = modelId == 0 ? lot.amountOut : 0;
        emit FlockBought(modelId, msg.sender, lot.amountIn, lot.amountOut, flockBurned, flockKept);

        WATERFALL.claim(_seatOf(modelId), lot.amountIn, order.hops[0].pair);
        _trade(order.hops, states);
        if (flockBurned != 0) FLOCK.burn(FLOCK_BURNS, flockBurned);
    }

    /// @inheritdoc IBuybackLots
    function buyMt(
        uint256 modelId,
        uint256 amountOutMin,
        uint256 deadline
    ) external nonReentrant returns (Lot memory lot) {
        (Order memory order, address token) = _mtOrder(modelId);
        HopState[] memory states;
        (lot, states) = _plan(order);
        _requireReady(lot, amountOutMin, deadline);

        uint256 flockLeft = lot.credit - lot.amountIn;
        flockOf[modelId] = flockLeft;
        _fillBuckets(order, states);
        emit MtBurned(modelId, msg.sender, lot.amountIn, lot.amountOut, flockLeft);

        FLOCK.safeTransfer(order.hops[0].pair, lot.amountIn);
        _trade(order.hops, states);
        ERC20Burnable(token).burn(lot.amountOut);
    }

    /// @inheritdoc IBuybackLots
    function nextFlockLot(uint256 modelId) external view returns (Lot memory lot) {
        (lot, ) = _plan(_flockOrder(modelId));
    }

    /// @inheritdoc IBuybackLots
    function nextMtLot(uint256 modelId) external view returns (Lot memory lot) {
        (Order memory order, ) = _mtOrder(modelId);
        (lot, ) = _plan(order);
    }

    /// @inheritdoc IBuybackLots
    function bucketOf(address pair, address tokenIn) external view returns (uint256 level, uint256 filledAt) {
        Bucket storage bucket = _buckets[pair][_isFirst(pair, tokenIn)];
        return (bucket.level, bucket.at);
    }

    /// @dev Counts a lot in the bucket of every pair on its way.
    function _fillBuckets(Order memory order, HopState[] memory states) internal {
        for (uint256 i = 0; i < states.length; ++i) {
            HopState memory state = states[i];
            Hop memory hop = order.hops[i];
            Bucket storage bucket = _buckets[hop.pair][hop.inIsFirst];
            uint256 level = bucket.fill(state.capacity, order.refillDuration, block.timestamp, state.amountIn);
            emit BucketFilled(hop.pair, hop.inIsFirst, level);
        }
    }

    /// @dev Sends a lot through its pools to this contract. The first pair has the input already.
    function _trade(Hop[] memory hops, HopState[] memory states) private {
        for (uint256 i = 0; i < hops.length; ++i) {
            uint256 amountOut = states[i].amountOut;
            address receiver = i + 1 < hops.length ? hops[i + 1].pair : address(this);
            (uint256 out0, uint256 out1) = hops[i].inIsFirst ? (uint256(0), amountOut) : (amountOut, uint256(0));
            IUniswapV2Pair(hops[i].pair).swap(out0, out1, receiver, "");
        }
    }

    /// @dev The lot that can be bought for an order now. Its size is the largest first input that the credit covers and with
    /// which no hop passes its bucket; it is found from the last hop backwards, with inverses that round down. Then follows
    /// what each hop gives, which must not be below its bound. Nothing has been traded when all of this is known.
    function _plan(Order memory order) internal view returns (Lot memory lot, HopState[] memory states) {
        Hop[] memory hops = order.hops;
        lot.credit = order.credit;
        states = new HopState[](hops.length);
        if (_pause.isPaused(block.timestamp)) return (_waits(lot, Wait.Paused, address(0), _pause.endsAt), states);
        if (hops.length == 0) return (_waits(lot, Wait.NoRoute, address(0), 0), states);
        if (lot.credit == 0) return (_waits(lot, Wait.NoCredit, address(0), 0), states);

        uint256 max = type(uint256).max;
        for (uint256 left = hops.length; left != 0; --left) {
            Hop memory hop = hops[left - 1];
            HopState memory state = states[left - 1];
            Observations storage observations = _observations[hop.pair][hop.inIsFirst];
            state.reading = PriceObservation.read(IUniswapV2Pair(hop.pair), hop.inIsFirst);
            PairReading memory reading = state.reading;
            if (reading.reserveIn < hop.minReserve || reading.reserveIn == 0) {
                return (_waits(lot, Wait.ShallowPool, hop.pair, 0), states);
            }
            if (!observations.isUsable()) {
                return (_waits(lot, Wait.NoObservation, hop.pair, observations.dueAt()), states);
            }

            state.capacity = (Math.min(reading.reserveIn, observations.notedReserve) * order.bucketBps) / BPS;
            Bucket memory bucket = _buckets[hop.pair][hop.inIsFirst];
            lot.nextAt = Math.max(lot.nextAt, bucket.emptyAt(state.capacity, order.refillDuration, block.timestamp));
            uint256 fits = PairMath.amountInFor(max, reading.reserveIn, reading.reserveOut, PAIR_FEE_BPS);
            max = Math.min(fits, bucket.roomOf(state.capacity, order.refillDuration, block.timestamp));
            if (state.capacity == 0) return (_waits(lot, Wait.ShallowPool, hop.pair, 0), states);
            if (max == 0) return (_waits(lot, Wait.BucketEmpty, hop.pair, lot.nextAt), states);
        }
        lot.amountIn = Math.min(lot.credit, max);

        uint256 amount = lot.amountIn;
        for (uint256 i = 0; i < hops.length; ++i) {
            HopState memory state = states[i];
            PairReading memory reading = state.reading;
            state.amountIn = amount;
            amount = PairMath.amountOut(amount, reading.reserveIn, reading.reserveOut, PAIR_FEE_BPS);
            state.amountOut = amount;
            lot.amountOut = amount;
            lot.amountOutMin = _minOut(hops[i], state, order.bandBps);
            if (amount == 0 || amount < lot.amountOutMin) return (_waits(lot, Wait.PriceOff, hops[i].pair, 0), states);
        }
    }

    /// @dev Reverts unless the lot can be bought, the deadline has not passed, and the lot gives what the caller asks.
    function _requireReady(Lot memory lot, uint256 amountOutMin, uint256 deadline) private view {
        require(block.timestamp <= deadline, Buyback_DeadlinePassed(deadline, block.timestamp));
        require(lot.wait == Wait.None, Buyback_Wait(lot.wait, lot.pair));
        require(lot.amountOut >= amountOutMin, Buyback_OutputBelowMin(lot.amountOut, amountOutMin));
    }

    /// @dev Spending the credit of a seat along the route.
    function _flockOrder(uint256 modelId) private view returns (Order memory) {
        BuybackSettings memory settings = _settings;
        return
            Order({
                hops: _route,
                credit: _creditOf(modelId),
                bucketBps: settings.bucketBps,
                bandBps: settings.bandBps,
                refillDuration: settings.routeRefillDuration
            });
    }

    /// @dev Spending a model's FLOCK in the model's pool, and the token that it buys.
    function _mtOrder(uint256 modelId) private view returns (Order memory order, address token) {
        BuybackSettings memory settings = _settings;
        Hop[] memory hops;
        (hops, token) = _modelHop(modelId);
        order = Order({
            hops: hops,
            credit: flockOf[modelId],
            bucketBps: settings.bucketBps,
            bandBps: settings.bandBps,
            refillDuration: settings.modelRefillDuration
        });
    }

    /// @dev The smallest amount that a hop may give: a band below its time-weighted price, rounded down.
    function _minOut(Hop memory hop, HopState memory state, uint256 bandBps) private view returns (uint256) {
        uint256 worth = _observations[hop.pair][hop.inIsFirst].worth(state.reading, state.amountIn);
        return (worth * (state.reading.touched ? TOUCHED_BAND_BPS : bandBps)) / BPS;
    }

    /// @dev Credit that this contract may spend [USDC units]. It is none once governance has named another holder.
    function _creditOf(uint256 modelId) private view returns (uint256) {
        bytes32 seat = _seatOf(modelId);
        return REGISTRY.holderOf(seat) == address(this) ? WATERFALL.creditOf(seat) : 0;
    }

    /// @dev The seat whose credit is spent.
    function _seatOf(uint256 modelId) private pure returns (bytes32) {
        return modelId == 0 ? Seats.buybackFlock() : Seats.buybackModel(modelId);
    }

    /// @dev A lot that cannot be bought, and the reason.
    function _waits(Lot memory lot, Wait wait, address pair, uint256 nextAt) private pure returns (Lot memory) {
        lot.wait = wait;
        lot.pair = pair;
        lot.nextAt = nextAt;
        return lot;
    }
}
