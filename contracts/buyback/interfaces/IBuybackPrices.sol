// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IBuybackPrices
/// @notice The time-weighted prices that the observations of the buyback show (decision 19): each since the last observation
/// that is at least half an hour old, however old it is. Nothing is bought at an average of more than two hours, but a bound
/// keeps it, so that nobody loosens a bound by not observing. Other contracts use
/// these prices to make bounds tighter, never to set what anybody is paid.
///
/// Known limit: an average of half an hour moves with a price that is pushed hard, even for a minute. What a bound is without
/// an average is all that it can be loosened to.
interface IBuybackPrices {
    /// @notice Observes the pair of a model as `pokeModel` does, and says the average price of its MT. The first settlement
    /// of a model in an epoch calls it, so that this bound needs nobody who observes. Anyone.
    /// @param modelId The model.
    /// @return price As `averageMtPrice` says it.
    /// @custom:errors Buyback_NotGraduated
    /// @custom:paper silent, decision 21
    function observeMtPrice(uint256 modelId) external returns (uint256 price);

    /// @notice What USDC buys at the average prices of the route's pairs, without fees.
    /// @param usdcIn How much USDC [USDC units].
    /// @return flockOut FLOCK for it [FLOCK wei], rounded down for each pair; 0 if there is no route, or if a pair has no
    /// average yet.
    /// @custom:errors none
    /// @custom:paper silent, decision 21
    function averageFlockFor(uint256 usdcIn) external view returns (uint256 flockOut);

    /// @notice The average price of a model's MT in its pool.
    /// @param modelId The model.
    /// @return price The price [WAD, FLOCK per MT], rounded up; 0 if there is none yet.
    /// @custom:errors Buyback_NotGraduated
    /// @custom:paper silent, decision 21
    function averageMtPrice(uint256 modelId) external view returns (uint256 price);
}
