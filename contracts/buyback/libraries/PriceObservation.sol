// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

/// @notice The last two observations of a pair in one direction. Three slots.
/// @param olderCumulative Cumulative price of the pair at the older one [UQ112.112 · s, wraps].
/// @param newerCumulative Cumulative price of the pair at the newer one [UQ112.112 · s, wraps].
/// @param olderAt When the older one was made [s]; 0 if there is none.
/// @param newerAt When the newer one was made [s]; 0 if there is none.
/// @param notedReserve Input reserve that the newer one noted [wei of the input token].
struct Observations {
    uint256 olderCumulative;
    uint256 newerCumulative;
    uint40 olderAt;
    uint40 newerAt;
    uint112 notedReserve;
}

/// @notice A pair in one direction, as it is now.
/// @param reserveIn Reserve of the input token [wei].
/// @param reserveOut Reserve of the output token [wei].
/// @param cumulative Cumulative price of the input in the output, up to now [UQ112.112 · s, wraps].
/// @param touched Whether somebody has traded in the pair, or changed its liquidity, in this block.
struct PairReading {
    uint256 reserveIn;
    uint256 reserveOut;
    uint256 cumulative;
    bool touched;
}

/// @title PriceObservation
/// @notice Time-weighted prices of a Uniswap v2 pair, from two observations (decision 19). A new observation is made only
/// when the last one is at least half an hour old. So an average always covers at least half an hour, and nobody can keep
/// it from becoming usable by observing again and again. An average of more than two hours is stale: nothing is bought at
/// it. A bound still uses it, because a slow bound is better than none.
library PriceObservation {
    using SafeCast for uint256;

    /// @dev How old the last observation must be before the next one is made [s].
    uint256 internal constant MIN_AGE = 30 minutes;
    /// @dev The longest time that an average may cover [s].
    uint256 internal constant MAX_SPAN = 2 hours;

    /// @dev The number 1 in UQ112.112.
    uint256 private constant Q112 = 1 << 112;

    /// @dev Reads a pair. Its cumulative price is as of its last change; this adds the time since then at the present
    /// reserves, as the pair itself will do with its next change.
    function read(IUniswapV2Pair pair, bool inIsFirst) internal view returns (PairReading memory reading) {
        (uint256 reserve0, uint256 reserve1, uint32 touchedAt) = pair.getReserves();
        (reading.reserveIn, reading.reserveOut) = inIsFirst ? (reserve0, reserve1) : (reserve1, reserve0);
        reading.cumulative = inIsFirst ? pair.price0CumulativeLast() : pair.price1CumulativeLast();
        // The pair keeps time modulo 2^32, and its cumulative prices wrap around. This does the same.
        unchecked {
            uint32 elapsed = uint32(block.timestamp) - touchedAt;
            reading.touched = elapsed == 0;
            if (elapsed != 0 && reading.reserveIn != 0) {
                reading.cumulative += ((reading.reserveOut * Q112) / reading.reserveIn) * elapsed;
            }
        }
    }

    /// @dev Makes an observation if the last one is old enough. In a block in which the pair was touched, the noted reserve
    /// does not grow: otherwise liquidity that stays for one block would be noted.
    /// @param knownReserve The largest reserve that the first observation may note in such a block [wei of the input token].
    /// @return recorded Whether an observation was made. None is made while the pool is empty.
    function record(
        Observations storage self,
        PairReading memory reading,
        uint256 knownReserve
    ) internal returns (bool recorded) {
        uint256 newerAt = self.newerAt;
        if (reading.reserveIn == 0 || reading.reserveOut == 0) return false;
        if (newerAt != 0) {
            if (block.timestamp < newerAt + MIN_AGE) return false;
            self.olderCumulative = self.newerCumulative;
            self.olderAt = uint40(newerAt); // it was stored in 40 bits
            knownReserve = self.notedReserve;
        }
        uint256 max = reading.touched ? knownReserve : type(uint256).max;
        self.notedReserve = Math.min(reading.reserveIn, max).toUint112();
        self.newerCumulative = reading.cumulative;
        self.newerAt = block.timestamp.toUint40();
        return true;
    }

    /// @dev When `record` will make the next observation at the earliest [s].
    function dueAt(Observations storage self) internal view returns (uint256) {
        return self.newerAt == 0 ? block.timestamp : self.newerAt + MIN_AGE;
    }

    /// @dev Whether an average can be taken now.
    function isUsable(Observations storage self) internal view returns (bool) {
        uint256 olderAt = self.olderAt;
        return olderAt != 0 && block.timestamp <= olderAt + MAX_SPAN;
    }

    /// @dev The average price between the two observations, rounded down [UQ112.112]; 0 if there is only one.
    function average(Observations memory self) internal pure returns (uint256) {
        if (self.olderAt == 0) return 0;
        // The difference of two cumulative prices is right even if they wrapped around in between.
        unchecked {
            return (self.newerCumulative - self.olderCumulative) / (self.newerAt - self.olderAt);
        }
    }

    /// @dev What `amountIn` is worth at the average price since the older observation [wei of the output token], rounded
    /// down. Call it only if `isUsable`.
    function worth(
        Observations storage self,
        PairReading memory reading,
        uint256 amountIn
    ) internal view returns (uint256) {
        return _worthSince(self.olderAt, self.olderCumulative, reading, amountIn);
    }

    /// @dev The same for a bound: at the average price since the last observation that is at least half an hour old, however
    /// old it is. So a bound that was once there stays, even if nobody observes any more; 0 if there was none yet.
    function worthForBound(
        Observations storage self,
        PairReading memory reading,
        uint256 amountIn
    ) internal view returns (uint256) {
        (uint256 at, uint256 cumulative) = (self.newerAt, self.newerCumulative);
        if (block.timestamp < at + MIN_AGE) (at, cumulative) = (self.olderAt, self.olderCumulative);
        return at == 0 ? 0 : _worthSince(at, cumulative, reading, amountIn);
    }

    /// @dev What `amountIn` is worth at the average price since `at` [wei of the output token], rounded down.
    function _worthSince(
        uint256 at,
        uint256 cumulative,
        PairReading memory reading,
        uint256 amountIn
    ) private view returns (uint256) {
        uint256 change;
        // The difference of two cumulative prices is right even if they wrapped around in between.
        unchecked {
            change = reading.cumulative - cumulative;
        }
        return Math.mulDiv(change / (block.timestamp - at), amountIn, Q112);
    }
}
