// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IBuybackObservations
/// @notice Observations of the pools through which the buyback trades. Two of them give a time-weighted price
/// (decision 19). Anyone can make them.
interface IBuybackObservations {
    /// @notice A pair was observed in one direction. This is all that is known of it now: the newer observation is the one
    /// just made, the older one is the one before it.
    /// @param olderAt When the older one was made [s]; 0 if there is none.
    /// @param olderCumulative The pair's cumulative price of `tokenIn` in the other token at it [UQ112.112 · s, wraps].
    /// @param newerAt When the newer one was made [s]: now.
    /// @param newerCumulative The cumulative price at it [UQ112.112 · s, wraps].
    /// @param notedReserve The input reserve that was noted [wei of the input token].
    /// @param averagePrice The average price between the two, rounded down [UQ112.112]; 0 if there is no older one.
    event Poked(
        address indexed pair,
        address indexed tokenIn,
        uint256 olderAt,
        uint256 olderCumulative,
        uint256 newerAt,
        uint256 newerCumulative,
        uint256 notedReserve,
        uint256 averagePrice
    );

    /// @notice The model has not graduated.
    error Buyback_NotGraduated(uint256 modelId);

    /// @notice Observes every pair of the route whose last observation is at least half an hour old. Anyone.
    ///
    /// In a block in which somebody has traded in a pair or changed its liquidity, its first observation notes at most the
    /// smallest reserve that governance has named, and every later one at most what the one before has noted.
    /// @custom:errors none
    /// @custom:paper silent, decision 19
    function pokeRoute() external;

    /// @notice Observes the pair of a model, if its last observation is at least half an hour old. Anyone. Graduation makes
    /// the first one.
    /// @param modelId The model.
    /// @return recorded Whether an observation was made.
    /// @custom:errors Buyback_NotGraduated
    /// @custom:paper silent, decision 19
    function pokeModel(uint256 modelId) external returns (bool recorded);

    /// @notice What is known of a pair in one direction.
    /// @param pair The pair.
    /// @param tokenIn The input token.
    /// @return observedAt When the pair was observed last [s]; 0 if never.
    /// @return averageSince Since when its average price runs [s]; 0 if there is none yet.
    /// @return notedReserve The input reserve that was noted last [wei of the input token].
    /// @custom:errors Buyback_RouteBroken
    /// @custom:paper silent, decision 19
    function observationOf(
        address pair,
        address tokenIn
    ) external view returns (uint256 observedAt, uint256 averageSince, uint256 notedReserve);
}
