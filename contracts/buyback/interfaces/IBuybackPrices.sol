// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IBuybackPrices
/// @notice The time-weighted prices that the observations of the buyback show (decision 19). Other contracts use them to make
/// bounds tighter, never to set what anybody is paid.
interface IBuybackPrices {
    /// @notice What USDC buys at the average prices of the route's pairs, without fees.
    /// @param usdcIn How much USDC [USDC units].
    /// @return flockOut FLOCK for it [FLOCK wei], rounded down for each pair; 0 if there is no route, or if a pair has no
    /// usable average.
    /// @custom:errors none
    /// @custom:paper silent, decision 21
    function averageFlockFor(uint256 usdcIn) external view returns (uint256 flockOut);

    /// @notice The average price of a model's MT in its pool.
    /// @param modelId The model.
    /// @return price The price [WAD, FLOCK per MT], rounded up; 0 if there is no usable average.
    /// @custom:errors Buyback_NotGraduated
    /// @custom:paper silent, decision 21
    function averageMtPrice(uint256 modelId) external view returns (uint256 price);
}
