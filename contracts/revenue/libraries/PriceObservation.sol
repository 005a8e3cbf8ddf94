// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

/// @notice Two observations of one direction through one pair. Three slots.
/// @param olderCumulative The pair's cumulative price at the older one [UQ112.112 · s, wraps].
/// @param newerCumulative The pair's cumulative price at the newer one [UQ112.112 · s, wraps].
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

/// @notice One direction through one pair, as it is now.
/// @param reserveIn Reserve of the input token [wei].
/// @param reserveOut Reserve of the output token [wei].
/// @param cumulative Cumulative price of the input in the output, up to now [UQ112.112 · s, wraps].
/// @param touched Whether the pair was traded with, or its liquidity changed, in this block.
struct PairReading {
    uint256 reserveIn;
    uint256 reserveOut;
    uint256 cumulative;
    bool touched;
}

/// @title PriceObservation
/// @notice Time-weighted prices of a Uniswap v2 pair from two observations (decision 19). The newer one is
/// replaced only when it is half an hour old, and becomes the older one then, so that the average always spans at least
/// that and nobody can keep it from becoming usable; above two hours it is refused as stale.
library PriceObservation {
    using SafeCast for uint256;

    /// @dev The least age at which the newer observation is replaced [s].
    uint256 internal constant MIN_AGE = 30 minutes;
    /// @dev The longest time over which an average is taken [s].
    uint256 internal constant MAX_SPAN = 2 hours;

    /// @dev One in UQ112.112.
    uint256 private constant Q112 = 1 << 112;

    /// @dev Reads a pair. The cumulative price is carried on to now at the present reserves, as the pair itself will do.
    function read(IUniswapV2Pair pair, bool inIsFirst) internal view returns (PairReading memory reading) {
        (uint256 reserve0, uint256 reserve1, uint32 touchedAt) = pair.getReserves();
        (reading.reserveIn, reading.reserveOut) = inIsFirst ? (reserve0, reserve1) : (reserve1, reserve0);
        reading.cumulative = inIsFirst ? pair.price0CumulativeLast() : pair.price1CumulativeLast();
        // The pair keeps its time modulo 2^32 and lets its cumulative prices wrap: so does this.
        unchecked {
            uint32 elapsed = uint32(block.timestamp) - touchedAt;
            reading.touched = elapsed == 0;
            if (elapsed != 0 && reading.reserveIn != 0) {
                reading.cumulative += ((reading.reserveOut * Q112) / reading.reserveIn) * elapsed;
            }
        }
    }

    /// @dev Makes an observation if the newer one is old enough. In a block in which the pair was touched it does not
    /// raise the noted reserve, which liquidity for one block would otherwise do.
    /// @param knownReserve What the first observation may note in such a block [wei of the input token].
    /// @return recorded Whether it did; not while the pool is empty.
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
            self.olderAt = uint40(newerAt); // it was stored as one
            knownReserve = self.notedReserve;
        }
        uint256 most = reading.touched ? knownReserve : type(uint256).max;
        self.notedReserve = Math.min(reading.reserveIn, most).toUint112();
        self.newerCumulative = reading.cumulative;
        self.newerAt = block.timestamp.toUint40();
        return true;
    }

    /// @dev From when `record` makes the next observation [s].
    function dueAt(Observations storage self) internal view returns (uint256) {
        return self.newerAt == 0 ? block.timestamp : self.newerAt + MIN_AGE;
    }

    /// @dev Whether an average can be taken now.
    function isUsable(Observations storage self) internal view returns (bool) {
        uint256 olderAt = self.olderAt;
        return olderAt != 0 && block.timestamp <= olderAt + MAX_SPAN;
    }

    /// @dev What `amountIn` is worth at the average price since the older observation [wei of the output token], rounded
    /// down. Only if `isUsable`.
    function worth(
        Observations storage self,
        PairReading memory reading,
        uint256 amountIn
    ) internal view returns (uint256) {
        uint256 span = block.timestamp - self.olderAt;
        uint256 change;
        // Differences of cumulative prices are right across the wrap.
        unchecked {
            change = reading.cumulative - self.olderCumulative;
        }
        return Math.mulDiv(change / span, amountIn, Q112);
    }
}
