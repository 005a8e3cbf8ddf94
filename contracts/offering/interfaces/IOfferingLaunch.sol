// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LaunchPayment, LaunchTerms, OfferingSettings} from "../types/OfferingTypes.sol";

/// @title IOfferingLaunch
/// @notice The launch of a raise, and the issuer's bundle (sections 3.1, 3.3.2 and 3.10).
interface IOfferingLaunch {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice There is a new model offering, and it is open. The event has the whole configuration of the raise, and the
    /// address that its token will have.
    /// @param commitment What that address follows from: see `Terms`.
    /// @param virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
    /// @param startsAt Beginning of the sale [s, raise clock]. If purchases are paused at the launch, the clock stands still
    /// for the rest of that pause.
    /// @param endsAt End of the sale [s, raise clock]; at this second it is over. It ends early when the target is reached.
    /// @param launchFees All launch fees until then, with this one, claimed or not [FLOCK wei].
    event ModelLaunched(
        uint256 indexed modelId,
        address indexed issuer,
        address indexed token,
        LaunchTerms terms,
        OfferingSettings settings,
        bytes20 commitment,
        uint256 virtualFlock,
        uint256 startsAt,
        uint256 endsAt,
        uint256 launchFees
    );
    /// @notice The issuer bought a bundle in the launch.
    /// @param flockIn What the issuer paid for it, with the fee: all that was paid for purchases until then [FLOCK wei].
    /// @param flockNet What reached the curve, and what the raise begins with [FLOCK wei].
    /// @param mtOut The bundle [MT wei].
    /// @param creatorFees The issuer's part of the fee [FLOCK wei].
    /// @param protocolFees The protocol's part of the fee [FLOCK wei].
    event BundleBought(
        uint256 indexed modelId,
        address indexed issuer,
        uint256 flockIn,
        uint256 flockNet,
        uint256 mtOut,
        uint256 creatorFees,
        uint256 protocolFees
    );

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Launches are paused. The pause ends at `endsAt` [s], or before.
    error Offering_LaunchesPaused(uint256 endsAt);
    /// @notice A launch must name the document that describes the deployment, and its hash.
    error Offering_MetadataMissing(bytes32 metadataHash, string metadataUri);
    /// @notice The launch fee is more than the issuer accepts [FLOCK wei].
    error Offering_LaunchFeeAboveMax(uint256 launchFee, uint256 launchFeeMax);
    /// @notice The bundle is a larger part than the settings allow of what the minimum would sell.
    /// @param bundleMt The bundle [MT wei].
    /// @param max The largest bundle of this launch [MT wei], rounded down.
    error Offering_BundleAboveCap(uint256 bundleMt, uint256 max);

    // -- Launch -------------------------------------------------------------------------------------------------------

    /// @notice Launches a model offering. The caller becomes its issuer and pays the launch fee. If it wants, it also buys a
    /// bundle at the base fee, which vests with its allocation. The bundle is at most a part, `bundleCapBps`, of what the
    /// minimum would sell, so that it is no larger a part of a partial success (decision 5). The virtual reserve and the
    /// largest bundle round down, the fee of the bundle up.
    /// Sale and curve have constant bounds (decision 4): name and symbol have from 1 to 31 bytes, the sale lasts from 1 to
    /// 30 days, the minimum is from a quarter of the target to the target, and S P0 is from 50% to 99% of the target.
    /// @param terms What the issuer decides about the raise.
    /// @param payment What the issuer is ready to pay.
    /// @return modelId Id of the model.
    /// @return token The address that its token will have.
    /// @custom:errors Offering_DeadlinePassed, Offering_LaunchesPaused, Offering_LaunchFeeAboveMax, Bounds_OutOfRange,
    /// Offering_MetadataMissing, BondingCurve_Infeasible, PlainText_Malformed, PlainText_Invisible, PlainText_Spacing,
    /// Registry_UnknownTier, Registry_TierClosed, Registry_MinimumBelowTier, Registry_TargetAboveTier,
    /// Registry_PriceBelowFloor, Registry_PriceTooHigh, Transfer_NotExact; with a bundle also Offering_BuysPaused,
    /// Offering_ZeroAmount, Offering_YieldsNothing, Offering_BundleAboveCap, Offering_OutputBelowMin
    /// @custom:paper 3.1, 3.3.2, 3.10
    function launch(
        LaunchTerms calldata terms,
        LaunchPayment calldata payment
    ) external returns (uint256 modelId, address token);
}
