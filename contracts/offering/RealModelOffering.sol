// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {IGraduation, Raise} from "../graduation/interfaces/IGraduation.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {TryPermit} from "../shared/libraries/TryPermit.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {IRealModelOffering, OfferingSettings, Outcome, Position} from "./interfaces/IRealModelOffering.sol";
import {BondingCurve} from "./libraries/BondingCurve.sol";
import {CurveFill, Fill} from "./libraries/CurveFill.sol";
import {OfferingLaunch} from "./OfferingLaunch.sol";

/// @title RealModelOffering
/// @notice Implements `IRealModelOffering`, which is its manual.
/// @dev For every raise and all raises together, with D the sum of net contributions:
///
///     FLOCK held >= sum over open raises of D + sum over failed raises of what was not refunded
///                 + fees that were not claimed + launch fees that were not claimed
///     MT held >= sum of the positions that were not claimed, for every model that has graduated
contract RealModelOffering is OfferingLaunch, Multicall {
    using PauseWindow for Pause;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using ShortStrings for ShortString;
    using TryPermit for IERC20;

    /// @dev What prices a purchase.
    /// @param raised D [FLOCK wei].
    /// @param gross All that was paid, fees included [FLOCK wei].
    /// @param target G [FLOCK wei].
    /// @param virtualFlock x0 [FLOCK wei].
    /// @param feeRate The fee rate now [WAD].
    /// @param time Now [s, raise clock].
    struct Sale {
        uint256 raised;
        uint256 gross;
        uint256 target;
        uint256 virtualFlock;
        uint256 feeRate;
        uint256 time;
    }

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
    ) OfferingLaunch(authority, flock, registry, graduation, settings) {}

    // -- Purchases ----------------------------------------------------------------------------------------------------

    /// @inheritdoc IRealModelOffering
    function buyExactIn(
        uint256 modelId,
        uint256 flockIn,
        uint256 mtOutMin,
        address recipient,
        uint256 deadline
    ) external nonReentrant returns (Fill memory fill) {
        _requireInTime(deadline);
        (RaiseState storage raise, Sale memory sale) = _onSale(modelId);
        fill = _fillExactIn(sale, flockIn);
        require(fill.mtOut >= mtOutMin, Offering_OutputBelowMin(fill.mtOut, mtOutMin));
        _buy(modelId, raise, sale, fill, recipient);
    }

    /// @inheritdoc IRealModelOffering
    function buyExactOut(
        uint256 modelId,
        uint256 mtOut,
        uint256 flockInMax,
        address recipient,
        uint256 deadline
    ) external nonReentrant returns (Fill memory fill) {
        _requireInTime(deadline);
        (RaiseState storage raise, Sale memory sale) = _onSale(modelId);
        fill = _fillExactOut(sale, mtOut);
        if (fill.mtOut < mtOut) {
            flockInMax = Math.mulDiv(flockInMax, fill.mtOut, mtOut, Math.Rounding.Ceil);
        }
        require(fill.flockIn <= flockInMax, Offering_InputAboveMax(fill.flockIn, flockInMax));
        _buy(modelId, raise, sale, fill, recipient);
    }

    /// @inheritdoc IRealModelOffering
    function permitFlock(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        FLOCK.tryPermit(msg.sender, value, deadline, v, r, s);
    }

    // -- Outcome ------------------------------------------------------------------------------------------------------

    /// @inheritdoc IRealModelOffering
    function graduate(uint256 modelId) external nonReentrant returns (address token) {
        // Check
        (RaiseState storage raise, Running memory running) = _known(modelId);
        Terms memory terms = raise.terms;
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
        Curve memory curve = raise.curve;
        uint256 sold = BondingCurve.soldAt(curve.target, curve.virtualFlock, running.raised);
        raise.running.outcome = Outcome.Graduated;
        emit RaiseGraduated(modelId, terms.token, running.raised, sold);

        // Interact
        FLOCK.safeTransfer(address(GRADUATION), running.raised);
        token = GRADUATION.graduate(
            Raise({
                modelId: modelId,
                raised: running.raised,
                sold: sold,
                bundleMt: _bundleMt(curve, terms.bundleNet),
                virtualFlock: curve.virtualFlock,
                openingMode: terms.openingMode,
                name: terms.name.toString(),
                symbol: terms.symbol.toString()
            })
        );
        require(token == terms.token, Offering_UnexpectedToken(token, terms.token));
    }

    /// @inheritdoc IRealModelOffering
    function fail(uint256 modelId) public {
        (RaiseState storage raise, Running memory running) = _known(modelId);
        uint256 failableAt = _failableAt(running, raise.terms.minimumRaise);
        require(
            running.outcome == Outcome.Open && _raiseClock() >= failableAt,
            Offering_NotFailable(modelId, running.outcome, _wallTime(failableAt))
        );

        raise.running.outcome = Outcome.Failed;
        emit RaiseFailed(modelId, running.raised);
    }

    /// @inheritdoc IRealModelOffering
    function claim(uint256 modelId, address account) external nonReentrant returns (uint256 mt) {
        (RaiseState storage raise, Running memory running) = _known(modelId);
        require(running.outcome == Outcome.Graduated, Offering_NotGraduated(modelId, running.outcome));
        mt = raise.positions[account].mt;
        require(mt != 0, Offering_NoPosition(modelId, account));

        delete raise.positions[account];
        emit Claimed(modelId, account, mt);
        IERC20(raise.terms.token).safeTransfer(account, mt);
    }

    /// @inheritdoc IRealModelOffering
    function refund(uint256 modelId, address account) external nonReentrant returns (uint256 flock) {
        RaiseState storage raise = _failed(modelId);
        flock = raise.positions[account].flockNet;
        require(flock != 0, Offering_NoPosition(modelId, account));

        delete raise.positions[account];
        emit Refunded(modelId, account, flock);
        FLOCK.safeTransfer(account, flock);
    }

    /// @inheritdoc IRealModelOffering
    function refundBundle(uint256 modelId) external nonReentrant returns (uint256 flock) {
        RaiseState storage raise = _failed(modelId);
        flock = raise.terms.bundleNet;
        require(flock != 0, Offering_NoBundle(modelId));

        raise.terms.bundleNet = 0;
        address to = REGISTRY.issuerOf(modelId);
        emit BundleRefunded(modelId, to, flock);
        FLOCK.safeTransfer(to, flock);
    }

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @inheritdoc IRealModelOffering
    function quoteExactIn(uint256 modelId, uint256 flockIn) external view returns (Fill memory) {
        (, Sale memory sale) = _onSale(modelId);
        return _fillExactIn(sale, flockIn);
    }

    /// @inheritdoc IRealModelOffering
    function quoteExactOut(uint256 modelId, uint256 mtOut) external view returns (Fill memory) {
        (, Sale memory sale) = _onSale(modelId);
        return _fillExactOut(sale, mtOut);
    }

    // -- Internal -----------------------------------------------------------------------------------------------------

    /// @dev The one path of every purchase by a supporter: effects first, then the payment.
    function _buy(
        uint256 modelId,
        RaiseState storage raise,
        Sale memory sale,
        Fill memory fill,
        address recipient
    ) private {
        require(recipient != address(0), Offering_ZeroRecipient());

        // Effect
        uint256 raised = sale.raised + fill.flockNet;
        uint96 gross = (sale.gross + fill.flockIn).toUint96();
        raise.running.raised = uint96(raised); // a fill never passes the target
        raise.running.gross = gross;
        if (raised == sale.target) {
            raise.running.endsAt = sale.time.toUint40();
            emit TargetReached(modelId, raised);
        }
        Position memory position = raise.positions[recipient];
        raise.positions[recipient] = Position({
            mt: uint128(position.mt + fill.mtOut), // at most the sale
            flockNet: uint128(position.flockNet + fill.flockNet) // at most the target
        });
        emit Bought(modelId, msg.sender, recipient, fill.flockIn, fill.flockNet, fill.mtOut, raised);

        // Interact
        FLOCK.safeTransferFrom(msg.sender, address(this), fill.flockIn);
    }

    /// @dev Prices an exact payment.
    function _fillExactIn(Sale memory sale, uint256 flockIn) private pure returns (Fill memory fill) {
        require(flockIn != 0, Offering_ZeroAmount());
        fill = CurveFill.exactIn(sale.target, sale.virtualFlock, sale.raised, sale.feeRate, flockIn);
        require(fill.mtOut != 0, Offering_YieldsNothing(flockIn));
    }

    /// @dev Prices an exact output.
    function _fillExactOut(Sale memory sale, uint256 mtOut) private pure returns (Fill memory) {
        require(mtOut != 0, Offering_ZeroAmount());
        return CurveFill.exactOut(sale.target, sale.virtualFlock, sale.raised, sale.feeRate, mtOut);
    }

    /// @dev A raise that can be bought from now.
    function _onSale(uint256 modelId) private view returns (RaiseState storage raise, Sale memory sale) {
        raise = _raises[modelId];
        Running memory running = raise.running;
        require(running.outcome != Outcome.None, Offering_UnknownModel(modelId));
        Pause memory pause = _buyPause;
        require(!pause.isPaused(block.timestamp), Offering_BuysPaused(pause.endsAt));
        uint256 time = pause.clock(block.timestamp);
        require(
            running.outcome == Outcome.Open && time < running.endsAt,
            Offering_SaleClosed(modelId, running.outcome, pause.wallTime(running.endsAt, block.timestamp))
        );
        Curve memory curve = raise.curve;
        sale.raised = running.raised;
        sale.gross = running.gross;
        sale.target = curve.target;
        sale.virtualFlock = curve.virtualFlock;
        sale.feeRate = _feeRate(running, curve, time);
        sale.time = time;
    }

    /// @dev A raise that has failed; settles the failure if that is due.
    function _failed(uint256 modelId) private returns (RaiseState storage raise) {
        raise = _raises[modelId];
        if (raise.running.outcome != Outcome.Failed) fail(modelId);
    }
}
