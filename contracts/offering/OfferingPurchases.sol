// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {TryPermit} from "../shared/libraries/TryPermit.sol";
import {IOfferingPurchases} from "./interfaces/IOfferingPurchases.sol";
import {Fill, Sale} from "./libraries/CurveFill.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {SalePricing} from "./libraries/SalePricing.sol";
import {OfferingState} from "./OfferingState.sol";
import {Curve, Outcome, Position, Running} from "./types/OfferingTypes.sol";

/// @title OfferingPurchases
/// @notice Implements `IOfferingPurchases`, which is its manual.
abstract contract OfferingPurchases is OfferingState, IOfferingPurchases {
    using PauseWindow for Pause;
    using SalePricing for Sale;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using TryPermit for IERC20;

    /// @inheritdoc IOfferingPurchases
    function buyExactIn(
        uint256 modelId,
        uint256 flockIn,
        uint256 mtOutMin,
        address recipient,
        uint256 deadline
    ) external nonReentrant returns (Fill memory fill) {
        _requireInTime(deadline);
        (RaiseState storage raise, Sale memory sale) = _onSale(modelId);
        fill = sale.exactIn(flockIn);
        if (fill.flockIn < flockIn) {
            mtOutMin = Math.mulDiv(mtOutMin, fill.flockIn, flockIn, Math.Rounding.Ceil);
        }
        require(fill.mtOut >= mtOutMin, Offering_OutputBelowMin(fill.mtOut, mtOutMin));
        _buy(modelId, raise, sale, fill, recipient);
    }

    /// @inheritdoc IOfferingPurchases
    function buyExactOut(
        uint256 modelId,
        uint256 mtOut,
        uint256 flockInMax,
        address recipient,
        uint256 deadline
    ) external nonReentrant returns (Fill memory fill) {
        _requireInTime(deadline);
        (RaiseState storage raise, Sale memory sale) = _onSale(modelId);
        fill = sale.exactOut(mtOut);
        if (fill.mtOut < mtOut) {
            flockInMax = Math.mulDiv(flockInMax, fill.mtOut, mtOut, Math.Rounding.Ceil);
        }
        require(fill.flockIn <= flockInMax, Offering_InputAboveMax(fill.flockIn, flockInMax));
        _buy(modelId, raise, sale, fill, recipient);
    }

    /// @inheritdoc IOfferingPurchases
    function permitFlock(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        FLOCK.tryPermit(msg.sender, value, deadline, v, r, s);
    }

    /// @inheritdoc IOfferingPurchases
    function expectToken(uint256 modelId, address token) external view {
        address announced = _tokenOf(modelId);
        require(token == announced, Offering_AnotherToken(modelId, announced, token));
    }

    /// @inheritdoc IOfferingPurchases
    function saleOf(uint256 modelId) external view returns (Sale memory sale) {
        (, sale) = _onSale(modelId);
    }

    /// @dev The one path of every purchase by a supporter.
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
        raise.record.running.raised = uint96(raised); // a fill never passes the target
        raise.record.running.gross = gross;
        if (raised == sale.target) {
            raise.record.running.endsAt = sale.time.toUint32();
            emit TargetReached(modelId, raised, sale.time);
        }
        Position memory position = raise.positions[recipient];
        raise.positions[recipient] = Position({
            mt: uint128(position.mt + fill.mtOut), // not above what the sale has
            flockNet: uint128(position.flockNet + fill.flockNet) // not above the target
        });
        (uint256 creatorFees, uint256 protocolFees) = _feesOf(gross, raised, raise.record.curve.creatorFeeBps);
        emit Bought(
            modelId,
            msg.sender,
            recipient,
            fill.flockIn,
            fill.flockNet,
            fill.mtOut,
            raised,
            gross,
            creatorFees,
            protocolFees
        );

        // Interact
        FLOCK.safeTransferFrom(msg.sender, address(this), fill.flockIn);
    }

    /// @dev A raise that can be bought from now, and what the price depends on. The two slots are read where they stand: to
    /// copy them into memory would cost every purchase 800 gas more.
    function _onSale(uint256 modelId) private view returns (RaiseState storage raise, Sale memory sale) {
        raise = _raises[modelId];
        Running storage running = raise.record.running;
        require(running.outcome != Outcome.None, Offering_UnknownModel(modelId));
        Pause memory pause = _buyPause;
        require(!pause.isPaused(block.timestamp), Offering_BuysPaused(pause.endsAt));
        uint256 time = pause.clock(block.timestamp);
        require(
            running.outcome == Outcome.Open && time < running.endsAt,
            Offering_SaleClosed(modelId, running.outcome, pause.wallTime(running.endsAt, block.timestamp))
        );
        Curve storage curve = raise.record.curve;
        sale.raised = running.raised;
        sale.gross = running.gross;
        sale.target = curve.target;
        sale.virtualFlock = curve.virtualFlock;
        sale.feeRate = FeeSchedule.rateWad(
            uint256(curve.creatorFeeBps) + curve.protocolFeeBps,
            running.antiSnipeStartBps,
            curve.antiSnipeWindow,
            time - curve.startAt
        );
        sale.time = time;
    }
}
