// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {Handler} from "./Handler.sol";

/// @title PoolGhosts
/// @notice What happened to pools, kept anew: prices summed up second by second from the reserves alone, observations as
/// decision 19 tells them, and everything that the buyback let pass.
abstract contract PoolGhosts is Handler {
    /// @notice A pair in the direction in which the buyback uses it.
    struct Pool {
        IUniswapV2Pair pair;
        address tokenIn;
        address tokenOut;
        bool inIsFirst;
        uint256 refill;
    }

    struct PoolGhost {
        uint256 priceSum;
        uint256 olderSum;
        uint256 newerSum;
        uint256 olderAt;
        uint256 newerAt;
        uint256 noted;
        uint256 vouched;
        uint256 touchedAt;
        uint256 reserveIn;
        uint256 reserveOut;
    }

    /// @notice What the buyback put into a pool.
    struct Passage {
        uint256 at;
        uint256 amountIn;
        uint256 capacity;
    }

    uint256 internal constant BUCKET_BPS = 15;
    uint256 internal constant BAND_BPS = 9_800;
    uint256 internal constant TOUCHED_BAND_BPS = 9_940;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant ROUTE_REFILL = 300;
    uint256 internal constant MODEL_REFILL = 5 hours;
    uint256 private constant Q112 = 1 << 112;

    Pool[] public pools;
    PoolGhost[] internal _ghosts;
    mapping(uint256 poolId => Passage[]) internal _passages;

    function poolCount() external view returns (uint256) {
        return pools.length;
    }

    function passageCount(uint256 poolId) external view returns (uint256) {
        return _passages[poolId].length;
    }

    /// @notice The most that passed a pool in its refill time or less, against what a full bucket and its refill allow:
    /// whether any stretch from one lot to a later one was above it.
    function passedTooMuch(uint256 poolId) external view returns (bool) {
        Passage[] storage passages = _passages[poolId];
        uint256 refill = pools[poolId].refill;
        for (uint256 from = 0; from < passages.length; ++from) {
            uint256 passed = 0;
            uint256 capacity = 0;
            for (uint256 to = from; to < passages.length; ++to) {
                uint256 elapsed = passages[to].at - passages[from].at;
                if (elapsed > refill) break;
                passed += passages[to].amountIn;
                if (passages[to].capacity > capacity) capacity = passages[to].capacity;
                if (passed > capacity + (capacity * elapsed) / refill) return true;
            }
        }
        return false;
    }

    /// @dev Begins to watch a pool now. `vouched` is the least reserve that governance has named for it, if it is of the
    /// route. A model's pool is observed for the first time when it opens.
    function _watch(IUniswapV2Pair pair, address tokenIn, uint256 vouched, bool ofModel) internal {
        bool inIsFirst = pair.token0() == tokenIn;
        address tokenOut = inIsFirst ? pair.token1() : pair.token0();
        pools.push(Pool(pair, tokenIn, tokenOut, inIsFirst, ofModel ? MODEL_REFILL : ROUTE_REFILL));
        PoolGhost storage ghost = _ghosts.push();
        _readReserves(pools.length - 1);
        (, , ghost.touchedAt) = pair.getReserves();
        ghost.vouched = vouched;
        if (ofModel) (ghost.newerAt, ghost.noted) = (time, ghost.reserveIn);
    }

    /// @dev Lets time pass at the prices of now.
    function _advance(uint256 duration) internal {
        for (uint256 i = 0; i < pools.length; ++i) {
            PoolGhost storage ghost = _ghosts[i];
            ghost.priceSum += ((ghost.reserveOut * Q112) / ghost.reserveIn) * duration;
        }
        time += duration;
    }

    /// @dev Somebody traded with a pool or changed its liquidity.
    function _touched(uint256 poolId) internal {
        _readReserves(poolId);
        _ghosts[poolId].touchedAt = time;
    }

    /// @dev An observation of a pool, if one is due.
    function _observed(uint256 poolId) internal {
        PoolGhost storage ghost = _ghosts[poolId];
        bool isFirst = ghost.newerAt == 0;
        if (!isFirst && time < ghost.newerAt + 30 minutes) return;
        (ghost.olderAt, ghost.olderSum) = (ghost.newerAt, ghost.newerSum);
        (ghost.newerAt, ghost.newerSum) = (time, ghost.priceSum);
        uint256 known = isFirst ? ghost.vouched : ghost.noted;
        ghost.noted = ghost.touchedAt == time && known < ghost.reserveIn ? known : ghost.reserveIn;
    }

    /// @dev What the buyback may put into a pool at once, with an empty bucket.
    function _capacityOf(uint256 poolId) internal view returns (uint256) {
        PoolGhost storage ghost = _ghosts[poolId];
        return ((ghost.reserveIn < ghost.noted ? ghost.reserveIn : ghost.noted) * BUCKET_BPS) / BPS;
    }

    /// @dev Checks a trade of the buyback against the pool as it stood before, and records it.
    function _passed(uint256 poolId, uint256 amountIn, uint256 amountOut) internal {
        PoolGhost storage ghost = _ghosts[poolId];
        assertGt(ghost.olderAt, 0, "bought without an average");
        uint256 span = time - ghost.olderAt;
        assertGe(span, 30 minutes, "bought at too short an average");
        assertLe(span, 2 hours, "bought at a stale average");
        uint256 averageQ = (ghost.priceSum - ghost.olderSum) / span;
        uint256 worth = (averageQ * amountIn) / Q112;
        uint256 band = ghost.touchedAt == time ? TOUCHED_BAND_BPS : BAND_BPS;
        assertGe(amountOut, (worth * band) / BPS, "bought below its bound");
        _passages[poolId].push(Passage(time, amountIn, _capacityOf(poolId)));
        _touched(poolId);
    }

    function _readReserves(uint256 poolId) private {
        (uint256 reserve0, uint256 reserve1, ) = pools[poolId].pair.getReserves();
        PoolGhost storage ghost = _ghosts[poolId];
        (ghost.reserveIn, ghost.reserveOut) = pools[poolId].inIsFirst ? (reserve0, reserve1) : (reserve1, reserve0);
    }
}
