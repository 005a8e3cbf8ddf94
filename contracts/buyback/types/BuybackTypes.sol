// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice One pair of the route from USDC to FLOCK, as governance names it.
/// @param pair The Uniswap v2 pair.
/// @param minReserve The smallest input reserve with which it is used [wei of its input token].
struct RoutePair {
    address pair;
    uint88 minReserve;
}

/// @notice Settings of the buyback. One slot.
/// @param bucketBps Capacity of the bucket of a pool [bps of its input reserve].
/// @param bandBps The smallest output of a pair [bps of what its time-weighted price gives].
/// @param modelMinReserve The smallest FLOCK reserve with which the pair of a model is used [FLOCK wei].
/// @param routeRefillDuration How long the full bucket of a pair of the route takes to empty [s].
/// @param modelRefillDuration How long the full bucket of a model's pair takes to empty [s].
struct BuybackSettings {
    uint16 bucketBps;
    uint16 bandBps;
    uint88 modelMinReserve;
    uint32 routeRefillDuration;
    uint32 modelRefillDuration;
}

/// @notice Why nothing can be bought now.
/// @param None Something can be bought.
/// @param Paused Buybacks are paused.
/// @param NoRoute Governance has named no route.
/// @param NoCredit Nothing waits to be spent.
/// @param ShallowPool A pool on the way holds less than its smallest reserve.
/// @param NoObservation A pool on the way has no usable average price.
/// @param BucketEmpty The last lot has used up what may pass through a pool for now.
/// @param PriceOff The price of a pool is too far below its average.
enum Wait {
    None,
    Paused,
    NoRoute,
    NoCredit,
    ShallowPool,
    NoObservation,
    BucketEmpty,
    PriceOff
}

/// @notice What can be bought now.
/// @param wait Why nothing can be bought, or `None`.
/// @param pair The pair that is the reason; zero if no pair is.
/// @param credit What waits to be spent [USDC units or FLOCK wei].
/// @param amountIn What the lot spends of it [USDC units or FLOCK wei].
/// @param amountOut What it buys [FLOCK wei or MT wei].
/// @param amountOutMin The smallest amount that it may buy, by the protocol's own bound [FLOCK wei or MT wei].
/// @param nextAt When to try again [s]. After a lot: when all buckets will be empty. With `BucketEmpty`: when the buckets
/// up to the one that is the reason will be empty. With `NoObservation`: when the next observation is due. With `Paused`:
/// when the pause ends. Otherwise 0, which means in a later block.
struct Lot {
    Wait wait;
    address pair;
    uint256 credit;
    uint256 amountIn;
    uint256 amountOut;
    uint256 amountOutMin;
    uint256 nextAt;
}

/// @notice One pair on the way of a lot, with its direction. One slot.
/// @param pair The Uniswap v2 pair.
/// @param inIsFirst Whether the input token is the pair's `token0`.
/// @param minReserve The smallest input reserve with which it is used [wei of its input token].
struct Hop {
    address pair;
    bool inIsFirst;
    uint88 minReserve;
}
