// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Bounds} from "../shared/libraries/Bounds.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {IOfferingGovernance} from "./interfaces/IOfferingGovernance.sol";
import {OfferingState} from "./OfferingState.sol";
import {OfferingSettings} from "./types/OfferingTypes.sol";

/// @title OfferingGovernance
/// @notice Implements `IOfferingGovernance`, which is its manual.
abstract contract OfferingGovernance is OfferingState, AccessManaged, IOfferingGovernance {
    using PauseWindow for Pause;

    /// @dev Bounds of the settings (decision 27). Their minimum is 0 unless a check says otherwise.
    uint256 private constant MAX_LAUNCH_FEE = 100_000e18;
    uint256 private constant MAX_CREATOR_FEE_BPS = 100;
    uint256 private constant MAX_PROTOCOL_FEE_BPS = 200;
    uint256 private constant MAX_ANTI_SNIPE_START_BPS = 9_900;
    uint256 private constant MAX_ANTI_SNIPE_WINDOW = 6 hours;
    uint256 private constant MAX_BUNDLE_CAP_BPS = 2_500;

    /// @param settings The settings of the first launches.
    constructor(OfferingSettings memory settings) {
        _applySettings(settings);
    }

    /// @inheritdoc IOfferingGovernance
    function setOfferingSettings(OfferingSettings calldata settings) external restricted {
        _applySettings(settings);
    }

    /// @inheritdoc IOfferingGovernance
    function pauseLaunches() external restricted {
        emit LaunchesPaused(_launchPause.begin(block.timestamp));
    }

    /// @inheritdoc IOfferingGovernance
    function unpauseLaunches() external restricted {
        _launchPause.end(block.timestamp);
        emit LaunchesUnpaused();
    }

    /// @inheritdoc IOfferingGovernance
    function pauseBuys() external restricted {
        uint256 endsAt = _buyPause.begin(block.timestamp);
        emit BuysPaused(endsAt, _buyPause.pausedBefore);
    }

    /// @inheritdoc IOfferingGovernance
    function unpauseBuys() external restricted {
        _buyPause.end(block.timestamp);
        emit BuysUnpaused();
    }

    /// @inheritdoc IOfferingGovernance
    function offeringSettings() external view returns (OfferingSettings memory) {
        return _settings;
    }

    /// @inheritdoc IOfferingGovernance
    function launchesPausedUntil() external view returns (uint256) {
        return _launchPause.endOf(block.timestamp);
    }

    /// @inheritdoc IOfferingGovernance
    function buysPausedUntil() external view returns (uint256) {
        return _buyPause.endOf(block.timestamp);
    }

    /// @dev Checks, reports and stores the settings.
    function _applySettings(OfferingSettings memory settings) private {
        uint256 baseBps = uint256(settings.creatorFeeBps) + settings.protocolFeeBps;
        Bounds.check("launchFee", settings.launchFee, 0, MAX_LAUNCH_FEE);
        Bounds.check("creatorFeeBps", settings.creatorFeeBps, 0, MAX_CREATOR_FEE_BPS);
        Bounds.check("protocolFeeBps", settings.protocolFeeBps, 0, MAX_PROTOCOL_FEE_BPS);
        Bounds.check("antiSnipeStartBps", settings.antiSnipeStartBps, baseBps, MAX_ANTI_SNIPE_START_BPS);
        Bounds.check("antiSnipeWindow", settings.antiSnipeWindow, 0, MAX_ANTI_SNIPE_WINDOW);
        Bounds.check("bundleCapBps", settings.bundleCapBps, 0, MAX_BUNDLE_CAP_BPS);
        emit OfferingSettingsChanged(_settings, settings);
        _settings = settings;
    }
}
