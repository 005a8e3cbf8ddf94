// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IPoolRequirement} from "../registry/interfaces/IPoolRequirement.sol";
import {Bounds} from "../shared/libraries/Bounds.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {RAISE_PER_POOL_FLOCK} from "../shared/Units.sol";
import {BuybackState} from "./BuybackState.sol";
import {IBuybackGovernance} from "./interfaces/IBuybackGovernance.sol";
import {BuybackSettings, Hop, RoutePair} from "./types/BuybackTypes.sol";

/// @title BuybackGovernance
/// @notice Implements `IBuybackGovernance`, which is its manual.
abstract contract BuybackGovernance is BuybackState, AccessManaged, IBuybackGovernance {
    using PauseWindow for Pause;

    /// @dev Bounds of the settings (decision 27).
    uint256 private constant MAX_BUCKET_BPS = 25;
    uint256 private constant MIN_BAND_BPS = 9_500;
    uint256 private constant MAX_HOPS = 3;
    uint256 private constant MIN_ROUTE_REFILL_DURATION = 1 minutes;
    uint256 private constant MAX_ROUTE_REFILL_DURATION = 1 hours;
    uint256 private constant MIN_MODEL_REFILL_DURATION = 1 hours;
    uint256 private constant MAX_MODEL_REFILL_DURATION = 24 hours;

    /// @param settings The first settings.
    constructor(BuybackSettings memory settings) {
        _applySettings(settings);
    }

    /// @inheritdoc IBuybackGovernance
    function setRoute(RoutePair[] calldata route) external restricted {
        require(route.length <= MAX_HOPS, Buyback_BadRouteLength(route.length, MAX_HOPS));
        emit RouteChanged(routePairs(), route);
        delete _route;
        address token = address(USDC);
        for (uint256 i = 0; i < route.length; ++i) {
            address pair = route[i].pair;
            for (uint256 j = 0; j < i; ++j) require(route[j].pair != pair, Buyback_PairRepeated(pair));
            bool inIsFirst = _isFirst(pair, token);
            _route.push(Hop({pair: pair, inIsFirst: inIsFirst, minReserve: route[i].minReserve}));
            token = _tokenOut(pair, inIsFirst);
        }
        require(route.length == 0 || token == address(FLOCK), Buyback_RouteEndsElsewhere(token));
    }

    /// @inheritdoc IBuybackGovernance
    function setBuybackSettings(BuybackSettings calldata settings) external restricted {
        _applySettings(settings);
    }

    /// @inheritdoc IBuybackGovernance
    function pauseBuybacks() external restricted {
        emit BuybacksPaused(_pause.begin(block.timestamp));
    }

    /// @inheritdoc IBuybackGovernance
    function unpauseBuybacks() external restricted {
        _pause.end(block.timestamp);
        emit BuybacksUnpaused();
    }

    /// @inheritdoc IBuybackGovernance
    function buybacksPausedUntil() external view returns (uint256) {
        return _pause.endOf(block.timestamp);
    }

    /// @inheritdoc IBuybackGovernance
    function buybackSettings() external view returns (BuybackSettings memory) {
        return _settings;
    }

    /// @inheritdoc IPoolRequirement
    function modelMinReserve() external view returns (uint256) {
        return _settings.modelMinReserve;
    }

    /// @inheritdoc IBuybackGovernance
    function routePairs() public view returns (RoutePair[] memory route) {
        route = new RoutePair[](_route.length);
        for (uint256 i = 0; i < route.length; ++i) {
            route[i] = RoutePair({pair: _route[i].pair, minReserve: _route[i].minReserve});
        }
    }

    /// @dev Checks, reports and stores the settings. Every pool must have opened, or open, with the reserve that is asked of
    /// it, whatever tier its model was launched in and whatever that tier asked then (decision 51).
    function _applySettings(BuybackSettings memory settings) private {
        Bounds.check("bucketBps", settings.bucketBps, 0, MAX_BUCKET_BPS);
        Bounds.check("bandBps", settings.bandBps, MIN_BAND_BPS, TOUCHED_BAND_BPS);
        Bounds.check(
            "routeRefillDuration",
            settings.routeRefillDuration,
            MIN_ROUTE_REFILL_DURATION,
            MAX_ROUTE_REFILL_DURATION
        );
        Bounds.check(
            "modelRefillDuration",
            settings.modelRefillDuration,
            MIN_MODEL_REFILL_DURATION,
            MAX_MODEL_REFILL_DURATION
        );
        uint256 max = REGISTRY.leastMinimumRaise() / RAISE_PER_POOL_FLOCK;
        Bounds.check("modelMinReserve", settings.modelMinReserve, 0, max);
        emit BuybackSettingsChanged(_settings, settings);
        _settings = settings;
    }
}
