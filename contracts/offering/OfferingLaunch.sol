// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ExactTransfer} from "../shared/libraries/ExactTransfer.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {BPS} from "../shared/Units.sol";
import {IOfferingLaunch} from "./interfaces/IOfferingLaunch.sol";
import {BondingCurve} from "./libraries/BondingCurve.sol";
import {Fill, Sale} from "./libraries/CurveFill.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {LaunchRules} from "./libraries/LaunchRules.sol";
import {SalePricing} from "./libraries/SalePricing.sol";
import {OfferingState} from "./OfferingState.sol";
import {
    Curve,
    LaunchPayment,
    LaunchTerms,
    OfferingSettings,
    Outcome,
    RaiseRecord,
    Running,
    Terms
} from "./types/OfferingTypes.sol";

/// @title OfferingLaunch
/// @notice Implements `IOfferingLaunch`, which is its manual.
abstract contract OfferingLaunch is OfferingState, IOfferingLaunch {
    using PauseWindow for Pause;
    using SafeCast for uint256;
    using ExactTransfer for IERC20;

    /// @inheritdoc IOfferingLaunch
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
        (uint256 virtualFlock, uint256 saleDuration) = LaunchRules.check(terms);
        modelId = REGISTRY.register(msg.sender, terms.identity, terms.usage, terms.minimumRaise, terms.target);
        bytes20 commitment = bytes20(keccak256(abi.encode(modelId, msg.sender, terms)));
        token = _tokenAt(commitment);

        // Effect
        uint256 due = settings.launchFee;
        uint128 launchFees = _launchFees.collected + due.toUint128();
        _launchFees.collected = launchFees;
        uint256 startsAt = _raiseClock();
        RaiseRecord storage record = _raises[modelId].record;
        _store(record, terms, settings, virtualFlock, startsAt, saleDuration, commitment);
        emit ModelLaunched(
            modelId,
            msg.sender,
            token,
            terms,
            settings,
            commitment,
            virtualFlock,
            startsAt,
            startsAt + saleDuration,
            launchFees
        );
        if (payment.bundleFlock != 0) due += _buyBundle(modelId, record, settings.bundleCapBps, payment);

        // Interact
        if (due != 0) FLOCK.pull(due);
    }

    /// @dev Writes the record of a new raise. Its sale begins now, `startsAt` on the raise clock. Fields are written
    /// one by one, with the casts before, because the compiler joins writes to one slot only then. What is zero is not
    /// written.
    function _store(
        RaiseRecord storage record,
        LaunchTerms calldata terms,
        OfferingSettings memory settings,
        uint256 virtualFlock,
        uint256 startsAt,
        uint256 saleDuration,
        bytes20 commitment
    ) private {
        uint32 endsAt = (startsAt + saleDuration).toUint32();
        Running storage running = record.running;
        running.outcome = Outcome.Open;
        running.endsAt = endsAt;
        running.antiSnipeStartBps = settings.antiSnipeStartBps;
        running.openingMode = terms.openingMode;

        uint96 target = terms.target.toUint96();
        uint96 virtualFlock96 = virtualFlock.toUint96();
        uint32 startAt = startsAt.toUint32();
        Curve storage curve = record.curve;
        curve.target = target;
        curve.virtualFlock = virtualFlock96;
        curve.startAt = startAt;
        curve.antiSnipeWindow = settings.antiSnipeWindow;
        curve.creatorFeeBps = uint8(settings.creatorFeeBps); // at most 100
        curve.protocolFeeBps = uint8(settings.protocolFeeBps); // at most 200

        Terms storage stored = record.terms;
        stored.minimumRaise = terms.minimumRaise.toUint96();
        stored.commitment = commitment;
    }

    /// @dev Sells the issuer its bundle at the base fee. The bundle is part of the record and belongs to the issuer's seat.
    /// @return flockIn What the issuer has to pay for it [FLOCK wei].
    function _buyBundle(
        uint256 modelId,
        RaiseRecord storage record,
        uint256 bundleCapBps,
        LaunchPayment calldata payment
    ) private returns (uint256 flockIn) {
        // Check
        require(!_buyPause.isPaused(block.timestamp), Offering_BuysPaused(_buyPause.endsAt));
        Curve memory curve = record.curve;
        uint256 baseRate = FeeSchedule.baseRateWad(uint256(curve.creatorFeeBps) + curve.protocolFeeBps);
        Sale memory sale = Sale({
            raised: 0,
            gross: 0,
            target: curve.target,
            virtualFlock: curve.virtualFlock,
            feeRate: baseRate,
            time: curve.startAt
        });
        Fill memory fill = SalePricing.exactIn(sale, payment.bundleFlock);
        flockIn = fill.flockIn;
        uint256 soldAtMinimum = BondingCurve.soldAt(curve.target, curve.virtualFlock, record.terms.minimumRaise);
        uint256 maxMt = (soldAtMinimum * bundleCapBps) / BPS;
        require(fill.mtOut <= maxMt, Offering_BundleAboveCap(fill.mtOut, maxMt));
        require(fill.mtOut >= payment.bundleMtMin, Offering_OutputBelowMin(fill.mtOut, payment.bundleMtMin));

        // Effect
        record.running.raised = fill.flockNet.toUint96();
        record.running.gross = flockIn.toUint96();
        record.terms.bundleNet = fill.flockNet.toUint96();
        (uint256 creatorFees, uint256 protocolFees) = _feesOf(flockIn, fill.flockNet, curve.creatorFeeBps);
        emit BundleBought(modelId, msg.sender, flockIn, fill.flockNet, fill.mtOut, creatorFees, protocolFees);
    }
}
