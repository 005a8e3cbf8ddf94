// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {BPS} from "../shared/Units.sol";
import {BuybackSettings, IBuyback, Lot, Wait} from "./interfaces/IBuyback.sol";
import {Bucket, LeakyBucket} from "./libraries/LeakyBucket.sol";
import {PairMath} from "./libraries/PairMath.sol";
import {Observations, PairReading, PriceObservation} from "./libraries/PriceObservation.sol";

/// @title BuybackPools
/// @notice What the buyback knows about pools: observations, buckets, and how large a lot may be (decisions 18
/// and 19).
abstract contract BuybackPools is IBuyback, AccessManaged {
    using LeakyBucket for Bucket;
    using PauseWindow for Pause;
    using PriceObservation for Observations;

    /// @dev One pair on the way, with its direction. One slot.
    struct Hop {
        address pair;
        bool inIsFirst;
        uint88 minReserve;
    }

    /// @dev A hop as it is now, and what a lot does to it.
    struct HopState {
        PairReading reading;
        uint256 capacity;
        uint256 amountIn;
        uint256 amountOut;
    }

    /// @dev Bounds of the settings (decision 27).
    uint256 private constant MAX_BUCKET_BPS = 25;
    uint256 private constant MIN_BAND_BPS = 9_500;

    /// @dev The band in a block in which the pair was touched, and the tightest that governance can set [bps]: a full lot
    /// at the average price passes, a price that was pushed just before does not.
    uint256 private constant TOUCHED_BAND_BPS = 9_940;

    /// @dev The highest fee of a pair for which a full lot at the average price passes `TOUCHED_BAND_BPS` [bps].
    uint256 private constant MAX_PAIR_FEE_BPS = 30;

    /// @notice Fee of the DEX's pairs [bps].
    uint256 public immutable PAIR_FEE_BPS;
    /// @notice Where the models and tiers are.
    IModelRegistry public immutable REGISTRY;

    BuybackSettings internal _settings;
    Pause private _pause;
    mapping(address pair => mapping(bool inIsFirst => Observations)) private _observations;
    mapping(address pair => mapping(bool inIsFirst => Bucket)) private _buckets;

    /// @param authority The AccessManager.
    /// @param registry Where the models and tiers are.
    /// @param pairFeeBps Fee of the DEX's pairs [bps].
    /// @param settings The first settings.
    constructor(
        address authority,
        IModelRegistry registry,
        uint256 pairFeeBps,
        BuybackSettings memory settings
    ) AccessManaged(authority) {
        REGISTRY = registry;
        _checkSetting("pairFeeBps", pairFeeBps, 0, MAX_PAIR_FEE_BPS);
        PAIR_FEE_BPS = pairFeeBps;
        _applySettings(settings);
    }

    /// @inheritdoc IBuyback
    function setBuybackSettings(BuybackSettings calldata settings) external restricted {
        _applySettings(settings);
    }

    /// @inheritdoc IBuyback
    function pauseBuybacks() external restricted {
        emit BuybacksPaused(_pause.begin(block.timestamp));
    }

    /// @inheritdoc IBuyback
    function unpauseBuybacks() external restricted {
        _pause.end(block.timestamp);
        emit BuybacksUnpaused();
    }

    /// @inheritdoc IBuyback
    function buybacksPausedUntil() external view returns (uint256) {
        return _pause.endOf(block.timestamp);
    }

    /// @inheritdoc IBuyback
    function buybackSettings() external view returns (BuybackSettings memory) {
        return _settings;
    }

    /// @inheritdoc IBuyback
    function observationOf(
        address pair,
        address tokenIn
    ) external view returns (uint256 observedAt, uint256 averageSince, uint256 notedReserve) {
        bool inIsFirst = IUniswapV2Pair(pair).token0() == tokenIn;
        require(inIsFirst || IUniswapV2Pair(pair).token1() == tokenIn, Buyback_RouteBroken(pair, tokenIn));
        Observations storage observations = _observations[pair][inIsFirst];
        return (observations.newerAt, observations.olderAt, observations.notedReserve);
    }

    /// @dev Observes a pair; for `knownReserve` see `PriceObservation.record`.
    function _poke(
        address pair,
        address tokenIn,
        bool inIsFirst,
        uint256 knownReserve
    ) internal returns (bool recorded) {
        PairReading memory reading = PriceObservation.read(IUniswapV2Pair(pair), inIsFirst);
        Observations storage observations = _observations[pair][inIsFirst];
        recorded = observations.record(reading, knownReserve);
        if (recorded) emit Poked(pair, tokenIn, reading.cumulative, observations.notedReserve);
    }

    /// @dev The lot that can be bought along `hops` now: the largest first input that what waits covers and for which no
    /// hop passes its bucket, found from the last hop backwards with inverses that round down; then what each hop gives
    /// for it, none below its bound. Nothing has been traded when this is known.
    function _plan(Hop[] memory hops, uint256 credit) internal view returns (Lot memory lot, HopState[] memory states) {
        lot.credit = credit;
        states = new HopState[](hops.length);
        if (_pause.isPaused(block.timestamp)) return (_waits(lot, Wait.Paused, address(0), _pause.endsAt), states);
        if (hops.length == 0) return (_waits(lot, Wait.NoRoute, address(0), 0), states);
        if (credit == 0) return (_waits(lot, Wait.NoCredit, address(0), 0), states);

        uint256 most = type(uint256).max;
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

            state.capacity = (Math.min(reading.reserveIn, observations.notedReserve) * _settings.bucketBps) / BPS;
            Bucket memory bucket = _buckets[hop.pair][hop.inIsFirst];
            lot.nextAt = Math.max(lot.nextAt, bucket.emptyAt(state.capacity, block.timestamp));
            uint256 fits = PairMath.amountInFor(most, reading.reserveIn, reading.reserveOut, PAIR_FEE_BPS);
            most = Math.min(fits, bucket.roomOf(state.capacity, block.timestamp));
            if (state.capacity == 0) return (_waits(lot, Wait.ShallowPool, hop.pair, 0), states);
            if (most == 0) return (_waits(lot, Wait.BucketEmpty, hop.pair, lot.nextAt), states);
        }
        lot.amountIn = Math.min(credit, most);

        uint256 amount = lot.amountIn;
        for (uint256 i = 0; i < hops.length; ++i) {
            HopState memory state = states[i];
            PairReading memory reading = state.reading;
            state.amountIn = amount;
            amount = PairMath.amountOut(amount, reading.reserveIn, reading.reserveOut, PAIR_FEE_BPS);
            state.amountOut = amount;
            lot.amountOut = amount;
            lot.amountOutMin = _least(hops[i], state);
            if (amount == 0 || amount < lot.amountOutMin) return (_waits(lot, Wait.PriceOff, hops[i].pair, 0), states);
        }
    }

    /// @dev Takes a lot through its pools: counts it in every bucket and swaps. The first pair has the input already.
    function _trade(Hop[] memory hops, HopState[] memory states, address to) internal {
        for (uint256 i = 0; i < hops.length; ++i) {
            HopState memory state = states[i];
            Bucket storage bucket = _buckets[hops[i].pair][hops[i].inIsFirst];
            bucket.fill(state.capacity, block.timestamp, state.amountIn);
        }
        for (uint256 i = 0; i < hops.length; ++i) {
            uint256 amountOut = states[i].amountOut;
            address receiver = i + 1 < hops.length ? hops[i + 1].pair : to;
            (uint256 out0, uint256 out1) = hops[i].inIsFirst ? (uint256(0), amountOut) : (amountOut, uint256(0));
            IUniswapV2Pair(hops[i].pair).swap(out0, out1, receiver, "");
        }
    }

    /// @dev Reverts unless the lot can be bought, in time, and yields what the caller asks.
    function _requireReady(Lot memory lot, uint256 amountOutMin, uint256 deadline) internal view {
        require(block.timestamp <= deadline, Buyback_DeadlinePassed(deadline, block.timestamp));
        require(lot.wait == Wait.None, Buyback_Wait(lot.wait, lot.pair));
        require(lot.amountOut >= amountOutMin, Buyback_OutputBelowMin(lot.amountOut, amountOutMin));
    }

    /// @dev The least a hop may give: a band below its time-weighted price, rounded down.
    function _least(Hop memory hop, HopState memory state) private view returns (uint256) {
        uint256 worth = _observations[hop.pair][hop.inIsFirst].worth(state.reading, state.amountIn);
        return (worth * (state.reading.touched ? TOUCHED_BAND_BPS : _settings.bandBps)) / BPS;
    }

    /// @dev A lot that cannot be bought, and what it waits for.
    function _waits(Lot memory lot, Wait wait, address pair, uint256 nextAt) private pure returns (Lot memory) {
        lot.wait = wait;
        lot.pair = pair;
        lot.nextAt = nextAt;
        return lot;
    }

    /// @dev A model's pool opens with half of its raise, so the reserve that is asked of it must not exceed half of the
    /// smallest minimum raise that a tier allows. The loop is over tiers, which governance alone adds.
    function _applySettings(BuybackSettings memory settings) private {
        _checkSetting("bucketBps", settings.bucketBps, 0, MAX_BUCKET_BPS);
        _checkSetting("bandBps", settings.bandBps, MIN_BAND_BPS, TOUCHED_BAND_BPS);
        uint256 tierCount = REGISTRY.tierCount();
        for (uint256 tierId = 1; tierId <= tierCount; ++tierId) {
            uint256 most = REGISTRY.tierOf(tierId).smallestMinimum / 2;
            _checkSetting("modelMinReserve", settings.modelMinReserve, 0, most);
        }
        emit BuybackSettingsChanged(_settings, settings);
        _settings = settings;
    }

    function _checkSetting(bytes32 setting, uint256 value, uint256 least, uint256 most) private pure {
        require(value >= least && value <= most, Buyback_SettingOutOfBounds(setting, value, least, most));
    }
}
