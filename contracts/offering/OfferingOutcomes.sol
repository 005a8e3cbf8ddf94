// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Raise} from "../graduation/interfaces/IGraduation.sol";
import {IOfferingOutcomes} from "./interfaces/IOfferingOutcomes.sol";
import {BondingCurve} from "./libraries/BondingCurve.sol";
import {RaiseTimes} from "./libraries/RaiseTimes.sol";
import {OfferingState} from "./OfferingState.sol";
import {Curve, Outcome, Running, Terms} from "./types/OfferingTypes.sol";

/// @title OfferingOutcomes
/// @notice Implements `IOfferingOutcomes`, which is its manual.
abstract contract OfferingOutcomes is OfferingState, IOfferingOutcomes {
    using SafeERC20 for IERC20;

    /// @inheritdoc IOfferingOutcomes
    function graduate(uint256 modelId) external nonReentrant returns (address token) {
        // Check
        (RaiseState storage raise, Running memory running) = _known(modelId);
        Terms memory terms = raise.record.terms;
        require(
            running.outcome == Outcome.Open && _raiseClock() >= running.endsAt && running.raised >= terms.minimumRaise,
            Offering_NotGraduatable(
                modelId,
                running.outcome,
                _wallTime(running.endsAt),
                running.raised,
                terms.minimumRaise
            )
        );

        // Effect
        Curve memory curve = raise.record.curve;
        address announced = _tokenAt(terms.commitment);
        uint256 sold = BondingCurve.soldAt(curve.target, curve.virtualFlock, running.raised);
        raise.record.running.outcome = Outcome.Graduated;
        emit RaiseGraduated(modelId, announced, running.raised, sold);

        // Interact
        FLOCK.safeTransfer(address(GRADUATION), running.raised);
        token = GRADUATION.graduate(
            Raise({
                modelId: modelId,
                raised: running.raised,
                sold: sold,
                bundleMt: _bundleMt(curve, terms.bundleNet),
                virtualFlock: curve.virtualFlock,
                openingMode: running.openingMode,
                tokenSalt: bytes32(terms.commitment)
            })
        );
        require(token == announced, Offering_UnexpectedToken(token, announced));
    }

    /// @inheritdoc IOfferingOutcomes
    function fail(uint256 modelId) public {
        (RaiseState storage raise, Running memory running) = _known(modelId);
        uint256 failableAt = RaiseTimes.failableAt(running, raise.record.terms.minimumRaise);
        require(
            running.outcome == Outcome.Open && _raiseClock() >= failableAt,
            Offering_NotFailable(modelId, running.outcome, _wallTime(failableAt))
        );

        raise.record.running.outcome = Outcome.Failed;
        emit RaiseFailed(modelId, running.raised);
    }

    /// @inheritdoc IOfferingOutcomes
    function claim(uint256 modelId, address account) external nonReentrant returns (uint256 mt) {
        (RaiseState storage raise, Running memory running) = _known(modelId);
        require(running.outcome == Outcome.Graduated, Offering_NotGraduated(modelId, running.outcome));
        mt = raise.positions[account].mt;
        require(mt != 0, Offering_NoPosition(modelId, account));

        delete raise.positions[account];
        emit Claimed(modelId, account, mt);
        IERC20(_tokenAt(raise.record.terms.commitment)).safeTransfer(account, mt);
    }

    /// @inheritdoc IOfferingOutcomes
    function refund(uint256 modelId, address account) external nonReentrant returns (uint256 flock) {
        RaiseState storage raise = _failed(modelId);
        flock = raise.positions[account].flockNet;
        require(flock != 0, Offering_NoPosition(modelId, account));

        delete raise.positions[account];
        emit Refunded(modelId, account, flock);
        FLOCK.safeTransfer(account, flock);
    }

    /// @inheritdoc IOfferingOutcomes
    function refundBundle(uint256 modelId) external nonReentrant returns (uint256 flock) {
        RaiseState storage raise = _failed(modelId);
        flock = raise.record.terms.bundleNet;
        require(flock != 0, Offering_NoBundle(modelId));

        raise.record.terms.bundleNet = 0;
        address to = REGISTRY.issuerOf(modelId);
        emit BundleRefunded(modelId, to, flock);
        FLOCK.safeTransfer(to, flock);
    }

    /// @dev A raise that has failed. If the failure is not settled yet, it is settled first.
    function _failed(uint256 modelId) private returns (RaiseState storage raise) {
        raise = _raises[modelId];
        if (raise.record.running.outcome != Outcome.Failed) fail(modelId);
    }
}
