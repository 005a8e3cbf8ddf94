// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EmissionSettings, EpochTotals} from "../types/EmissionTypes.sol";

/// @title IEmissionBudget
/// @notice The FLOCK that can be emitted, and the rate, the caps and the minimum stake (decisions 21 and 22).
interface IEmissionBudget {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice The budget has grown.
    /// @param amount By how much [FLOCK wei].
    /// @param unreserved What no epoch has reserved now [FLOCK wei].
    event Funded(address indexed from, uint256 amount, uint256 unreserved);
    /// @notice Governance has changed rate and caps. They hold from `nextFromEpoch` on.
    event EmissionSettingsChanged(EmissionSettings previousSettings, EmissionSettings settings);
    /// @notice Governance has changed the minimum stake.
    /// @param previousStake The minimum stake before [MT wei].
    /// @param minimumStake The minimum stake now [MT wei].
    event MinimumStakeChanged(uint256 previousStake, uint256 minimumStake);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice The amount is zero.
    error Emission_ZeroAmount();

    // -- Budget -------------------------------------------------------------------------------------------------------

    /// @notice Adds FLOCK of the caller to the budget. Anyone. Nobody can take it back.
    /// @param amount How much [FLOCK wei].
    /// @custom:errors Emission_ZeroAmount, Transfer_NotExact
    /// @custom:paper 3.7
    function fund(uint256 amount) external;

    // -- Governance ---------------------------------------------------------------------------------------------------

    /// @notice Sets rate and caps. They hold from the next epoch on. Governance only.
    /// @param dailyRate The largest amount that one epoch emits [FLOCK wei].
    /// @param maxFlockPerUsdc The fixed cap: the most that one USDC of a user's own net revenue can earn it [WAD, FLOCK per
    /// USDC].
    /// @param maxRewardBps The most that rewards of one USDC of net revenue may be worth at the average price of the
    /// buyback's route [bps]; 0 switches it off. Before there is an average, only the fixed cap holds.
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange
    /// @custom:paper 3.7
    function setEmissionSettings(uint96 dailyRate, uint72 maxFlockPerUsdc, uint16 maxRewardBps) external;

    /// @notice Sets the minimum stake. A user's usage earns rewards only with a stake of at least this. Governance only.
    /// @param minimumStake_ The minimum stake [MT wei].
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange
    /// @custom:paper 3.8
    function setMinimumStake(uint96 minimumStake_) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice The epoch of now: whole UTC days since 1970.
    /// @return The epoch.
    /// @custom:errors none
    /// @custom:paper 3.7
    function currentEpoch() external view returns (uint256);

    /// @notice All models in one epoch.
    /// @param epoch The epoch.
    /// @return The totals; zeros if no usage was settled in it.
    /// @custom:errors none
    /// @custom:paper 3.7
    function epochTotalsOf(uint256 epoch) external view returns (EpochTotals memory);

    /// @notice Rate and caps, now and next.
    /// @return The settings.
    /// @custom:errors none
    /// @custom:paper 3.7
    function emissionSettings() external view returns (EmissionSettings memory);

    /// @notice The minimum stake: a user's usage earns rewards only with a stake of at least this.
    /// @return The stake [MT wei].
    /// @custom:errors none
    /// @custom:paper 3.8
    function minimumStake() external view returns (uint256);

    /// @notice Budget that no epoch has reserved.
    /// @return The amount [FLOCK wei].
    /// @custom:errors none
    /// @custom:paper 3.7
    function unreserved() external view returns (uint256);
}
