// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {ExactTransfer} from "../shared/libraries/ExactTransfer.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {BPS, SALE_SUPPLY} from "../shared/Units.sol";
import {
    IRealModelOffering,
    LaunchPayment,
    LaunchTerms,
    OfferingSettings,
    OpeningMode,
    Outcome
} from "./interfaces/IRealModelOffering.sol";
import {CurveFill, Fill} from "./libraries/CurveFill.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {LaunchRules} from "./libraries/LaunchRules.sol";
import {OfferingFees} from "./OfferingFees.sol";
import {RaiseLedger} from "./RaiseLedger.sol";

/// @title OfferingLaunch
/// @notice The launch of a raise, with the issuer's bundle.
abstract contract OfferingLaunch is OfferingFees {
    using PauseWindow for Pause;
    using SafeCast for uint256;
    using ExactTransfer for IERC20;
    using ShortStrings for string;

    /// @notice Turns raises that succeeded into tokens and pools.
    IGraduation public immutable GRADUATION;

    /// @param authority The AccessManager.
    /// @param flock The token in which models are raised.
    /// @param registry Where the models and seats are.
    /// @param graduation Turns raises that succeeded into tokens and pools.
    /// @param settings The settings of the first launches.
    constructor(
        address authority,
        IERC20 flock,
        IModelRegistry registry,
        IGraduation graduation,
        OfferingSettings memory settings
    ) RaiseLedger(authority, flock, registry, settings) {
        GRADUATION = graduation;
    }

    /// @inheritdoc IRealModelOffering
    function launch(
        LaunchTerms calldata terms,
        LaunchPayment calldata payment
    ) external nonReentrant returns (uint256 modelId, address token) {
        // Check
        _requireInTime(payment.deadline);
        require(!_launchPause.isPaused(block.timestamp), Offering_LaunchesPaused(_launchPause.endsAt));
        OfferingSettings memory settings = _settings;
        require(
            settings.launchFee <= payment.launchFeeMax,
            Offering_LaunchFeeAboveMax(settings.launchFee, payment.launchFeeMax)
        );
        (uint256 x0, uint256 saleDuration) = LaunchRules.check(terms);
        modelId = REGISTRY.register(msg.sender, terms.usage, terms.minimumRaise, terms.target);
        token = GRADUATION.tokenAddress(modelId, terms.name, terms.symbol);

        // Effect
        RaiseState storage raise = _raises[modelId];
        _record(raise, terms, settings, x0, saleDuration, token);
        emit ModelLaunched(
            modelId,
            msg.sender,
            token,
            terms,
            settings,
            x0,
            block.timestamp,
            block.timestamp + saleDuration
        );
        uint256 due = settings.launchFee;
        _launchFees.collected += due.toUint128();
        if (payment.bundleFlock != 0) due += _buyBundle(modelId, raise, settings.bundleCapBps, payment);

        // Interact
        if (due != 0) FLOCK.pull(due);
    }

    /// @dev Writes the record of a new raise. Its sale begins now, on the raise clock.
    function _record(
        RaiseState storage raise,
        LaunchTerms calldata terms,
        OfferingSettings memory settings,
        uint256 x0,
        uint256 saleDuration,
        address token
    ) private {
        uint256 startAt = _raiseClock();
        raise.running = Running({
            raised: 0,
            gross: 0,
            endsAt: (startAt + saleDuration).toUint40(),
            outcome: Outcome.Open,
            antiSnipeStartBps: settings.antiSnipeStartBps
        });
        raise.curve = Curve({
            target: terms.target.toUint96(),
            virtualFlock: x0.toUint96(),
            startAt: startAt.toUint32(),
            antiSnipeWindow: settings.antiSnipeWindow,
            creatorFeeBps: uint8(settings.creatorFeeBps), // at most 100
            protocolFeeBps: uint8(settings.protocolFeeBps) // at most 200
        });
        Terms storage stored = raise.terms;
        stored.minimumRaise = terms.minimumRaise.toUint96();
        stored.token = token;
        if (terms.openingMode != OpeningMode.AveragePrice) stored.openingMode = terms.openingMode;
        stored.name = terms.name.toShortString();
        stored.symbol = terms.symbol.toShortString();
        stored.metadataHash = terms.metadataHash;
    }

    /// @dev Sells the issuer its bundle at the base fee. It is kept in the launch record and belongs to the seat.
    /// @return flockIn What is due for it [FLOCK wei].
    function _buyBundle(
        uint256 modelId,
        RaiseState storage raise,
        uint256 bundleCapBps,
        LaunchPayment calldata payment
    ) private returns (uint256 flockIn) {
        // Check
        require(!_buyPause.isPaused(block.timestamp), Offering_BuysPaused(_buyPause.endsAt));
        Curve memory curve = raise.curve;
        uint256 baseRate = FeeSchedule.baseRateWad(uint256(curve.creatorFeeBps) + curve.protocolFeeBps);
        Fill memory fill = CurveFill.exactIn(curve.target, curve.virtualFlock, 0, baseRate, payment.bundleFlock);
        flockIn = fill.flockIn;
        require(fill.mtOut != 0, Offering_YieldsNothing(flockIn));
        uint256 mostMt = (SALE_SUPPLY * bundleCapBps) / BPS;
        require(fill.mtOut <= mostMt, Offering_BundleAboveCap(fill.mtOut, mostMt));
        uint256 mostNet = raise.terms.minimumRaise / 2;
        require(fill.flockNet <= mostNet, Offering_BundleAboveHalfMinimum(fill.flockNet, mostNet));
        require(fill.mtOut >= payment.bundleMtMin, Offering_OutputBelowMin(fill.mtOut, payment.bundleMtMin));

        // Effect
        raise.running.raised = fill.flockNet.toUint96();
        raise.running.gross = flockIn.toUint96();
        raise.terms.bundleNet = fill.flockNet.toUint96();
        emit BundleBought(modelId, msg.sender, flockIn, fill.flockNet, fill.mtOut);
    }

    /// @dev Reverts once the caller's deadline has passed.
    function _requireInTime(uint256 deadline) internal view {
        require(block.timestamp <= deadline, Offering_DeadlinePassed(deadline, block.timestamp));
    }
}
