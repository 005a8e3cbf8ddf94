// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolRequirement} from "../../registry/interfaces/IPoolRequirement.sol";
import {BuybackSettings, RoutePair} from "../types/BuybackTypes.sol";

/// @title IBuybackGovernance
/// @notice What people with a role can do to the buyback. Governance names the route and changes the settings, with its
/// delay and within constant bounds. The guardian pauses.
interface IBuybackGovernance is IPoolRequirement {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice Governance has named another route.
    event RouteChanged(RoutePair[] previousRoute, RoutePair[] route);
    /// @notice Governance has changed the settings.
    event BuybackSettingsChanged(BuybackSettings previousSettings, BuybackSettings settings);
    /// @notice Buybacks are paused. The pause ends at `endsAt` [s], or before.
    event BuybacksPaused(uint256 endsAt);
    /// @notice Buybacks are no longer paused.
    event BuybacksUnpaused();

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice A route can have at most `max` pairs.
    error Buyback_BadRouteLength(uint256 length, uint256 max);
    /// @notice The pair does not trade `tokenIn`.
    error Buyback_RouteBroken(address pair, address tokenIn);
    /// @notice The route ends at `token`, not at FLOCK.
    error Buyback_RouteEndsElsewhere(address token);
    /// @notice The pair stands in the route twice.
    error Buyback_PairRepeated(address pair);

    // -- Settings -----------------------------------------------------------------------------------------------------

    /// @notice Names the route from USDC to FLOCK. Without a route, the money waits. Governance only.
    /// @param route The pairs in their order; each trades what the one before gives. May be empty.
    /// @custom:errors AccessManagedUnauthorized, Buyback_BadRouteLength, Buyback_RouteBroken, Buyback_RouteEndsElsewhere,
    /// Buyback_PairRepeated
    /// @custom:paper silent, decision 20
    function setRoute(RoutePair[] calldata route) external;

    /// @notice Changes the settings. Governance only.
    /// @param settings All new settings.
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange
    /// @custom:paper silent, decision 18
    function setBuybackSettings(BuybackSettings calldata settings) external;

    // -- Pause --------------------------------------------------------------------------------------------------------

    /// @notice Pauses buybacks for at most 7 days. The next pause can begin 30 days after the end of this one. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_TooSoon
    /// @custom:paper silent, decision 25
    function pauseBuybacks() external;

    /// @notice Ends the pause of buybacks. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_NotPaused
    /// @custom:paper silent, decision 25
    function unpauseBuybacks() external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice Until when buybacks are paused.
    /// @return The end of the pause [s]; 0 if they are not paused.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function buybacksPausedUntil() external view returns (uint256);

    /// @notice The settings.
    /// @return The settings.
    /// @custom:errors none
    /// @custom:paper silent, decision 18
    function buybackSettings() external view returns (BuybackSettings memory);

    /// @notice The route from USDC to FLOCK.
    /// @return route The pairs in their order; empty if there is no route.
    /// @custom:errors none
    /// @custom:paper silent, decision 20
    function routePairs() external view returns (RoutePair[] memory route);
}
