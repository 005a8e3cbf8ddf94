// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OfferingSettings} from "../types/OfferingTypes.sol";

/// @title IOfferingGovernance
/// @notice What people with a role can do to the offering. Governance sets the terms of later launches, and the guardian
/// pauses. None of it moves money or changes a raise that was launched, except that the clock of raises stands still while
/// purchases are paused.
interface IOfferingGovernance {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice Governance has changed the settings of later launches.
    event OfferingSettingsChanged(OfferingSettings previousSettings, OfferingSettings settings);
    /// @notice Launches are paused. The pause ends at `endsAt` [s], or before.
    event LaunchesPaused(uint256 endsAt);
    /// @notice Launches are no longer paused.
    event LaunchesUnpaused();
    /// @notice Purchases are paused from this block on. The pause ends at `endsAt` [s, wall time], or before.
    /// @param pausedBefore How long all earlier pauses lasted together [s]. The raise clock stands at this block's time less
    /// this.
    event BuysPaused(uint256 endsAt, uint256 pausedBefore);
    /// @notice Purchases are no longer paused, from this block on.
    event BuysUnpaused();

    // -- Settings -----------------------------------------------------------------------------------------------------

    /// @notice Changes the settings of later launches. Governance only.
    /// @param settings All new settings.
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange
    /// @custom:paper 3.2, 3.10
    function setOfferingSettings(OfferingSettings calldata settings) external;

    // -- Pauses -------------------------------------------------------------------------------------------------------

    /// @notice Pauses launches for at most 7 days. The next pause can begin 30 days after the end of this one. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_TooSoon
    /// @custom:paper silent, decision 25
    function pauseLaunches() external;

    /// @notice Ends the pause of launches. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_NotPaused
    /// @custom:paper silent, decision 25
    function unpauseLaunches() external;

    /// @notice Pauses purchases for at most 7 days, and the clock of every raise with them. The next pause can begin 30 days
    /// after the end of this one. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_TooSoon
    /// @custom:paper silent, decision 6
    function pauseBuys() external;

    /// @notice Ends the pause of purchases. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_NotPaused
    /// @custom:paper silent, decision 6
    function unpauseBuys() external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice The settings of later launches.
    /// @return The settings.
    /// @custom:errors none
    /// @custom:paper 3.2, 3.10
    function offeringSettings() external view returns (OfferingSettings memory);

    /// @notice Until when launches are paused.
    /// @return The end of the pause [s]; 0 if they are not paused.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function launchesPausedUntil() external view returns (uint256);

    /// @notice Until when purchases are paused.
    /// @return The end of the pause [s]; 0 if they are not paused.
    /// @custom:errors none
    /// @custom:paper silent, decision 6
    function buysPausedUntil() external view returns (uint256);
}
