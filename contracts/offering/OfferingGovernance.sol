// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {IRealModelOffering, OfferingSettings} from "./interfaces/IRealModelOffering.sol";

/// @title OfferingGovernance
/// @notice All that people with a role can do to the offering: set the terms of launches to come, and pause. Nothing
/// here moves money or touches a raise that has been launched, except that its clock stands still during a pause.
abstract contract OfferingGovernance is IRealModelOffering, AccessManaged {
    using PauseWindow for Pause;

    /// @dev Bounds of the settings (decision 27); their least value is 0 unless a check says otherwise.
    uint256 private constant MAX_LAUNCH_FEE = 100_000e18;
    uint256 private constant MAX_CREATOR_FEE_BPS = 100;
    uint256 private constant MAX_PROTOCOL_FEE_BPS = 200;
    uint256 private constant MAX_ANTI_SNIPE_START_BPS = 9_900;
    uint256 private constant MAX_ANTI_SNIPE_WINDOW = 6 hours;
    uint256 private constant MAX_BUNDLE_CAP_BPS = 2_500;

    OfferingSettings internal _settings;
    Pause internal _launchPause;
    Pause internal _buyPause;

    /// @param authority The AccessManager.
    /// @param settings The settings of the first launches.
    constructor(address authority, OfferingSettings memory settings) AccessManaged(authority) {
        _applySettings(settings);
    }

    /// @inheritdoc IRealModelOffering
    function setOfferingSettings(OfferingSettings calldata settings) external restricted {
        _applySettings(settings);
    }

    /// @inheritdoc IRealModelOffering
    function pauseLaunches() external restricted {
        emit LaunchesPaused(_launchPause.begin(block.timestamp));
    }

    /// @inheritdoc IRealModelOffering
    function unpauseLaunches() external restricted {
        _launchPause.end(block.timestamp);
        emit LaunchesUnpaused();
    }

    /// @inheritdoc IRealModelOffering
    function pauseBuys() external restricted {
        emit BuysPaused(_buyPause.begin(block.timestamp));
    }

    /// @inheritdoc IRealModelOffering
    function unpauseBuys() external restricted {
        _buyPause.end(block.timestamp);
        emit BuysUnpaused();
    }

    /// @inheritdoc IRealModelOffering
    function offeringSettings() external view returns (OfferingSettings memory) {
        return _settings;
    }

    /// @inheritdoc IRealModelOffering
    function pauses() external view returns (uint256 launchesUntil, uint256 buysUntil) {
        return (_launchPause.endOf(block.timestamp), _buyPause.endOf(block.timestamp));
    }

    /// @dev Checks the bounds, stores and reports.
    function _applySettings(OfferingSettings memory settings) private {
        uint256 baseBps = uint256(settings.creatorFeeBps) + settings.protocolFeeBps;
        _checkSetting("launchFee", settings.launchFee, 0, MAX_LAUNCH_FEE);
        _checkSetting("creatorFeeBps", settings.creatorFeeBps, 0, MAX_CREATOR_FEE_BPS);
        _checkSetting("protocolFeeBps", settings.protocolFeeBps, 0, MAX_PROTOCOL_FEE_BPS);
        _checkSetting("antiSnipeStartBps", settings.antiSnipeStartBps, baseBps, MAX_ANTI_SNIPE_START_BPS);
        _checkSetting("antiSnipeWindow", settings.antiSnipeWindow, 0, MAX_ANTI_SNIPE_WINDOW);
        _checkSetting("bundleCapBps", settings.bundleCapBps, 0, MAX_BUNDLE_CAP_BPS);
        emit OfferingSettingsChanged(_settings, settings);
        _settings = settings;
    }

    function _checkSetting(bytes32 setting, uint256 value, uint256 least, uint256 most) private pure {
        require(value >= least && value <= most, Offering_SettingOutOfBounds(setting, value, least, most));
    }
}
