// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CurveFill, Fill, Sale} from "../../../contracts/offering/libraries/CurveFill.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {Position} from "../../../contracts/offering/types/OfferingTypes.sol";
import {SALE_SUPPLY} from "../../../contracts/shared/Units.sol";
import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title PurchaseActions
/// @notice Purchases of every size, by payment and by output, for oneself and as a gift, up to and beyond the target.
/// What each must take and give is worked out from the handler's own record before.
abstract contract PurchaseActions is Ghosts {
    function buyExactIn(
        uint256 modelSeed,
        uint256 payerSeed,
        uint256 recipientSeed,
        uint256 amountSeed
    ) external atTime {
        uint256 modelId = _pick(modelSeed, _isOnSale);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        // One half is a part of what is missing, the rest of any size: dust, and more than is left.
        uint256 flockIn =
            amountSeed % 2 == 0
                ? _bound(amountSeed >> 1, 1, 1 + FeeSchedule.grossFor(ghost.target - ghost.raised, _feeRate(modelId)))
                : _magnitude(amountSeed, 1, 1e27);
        _buyExactIn(modelId, _actor(payerSeed), _actor(recipientSeed), flockIn);
    }

    /// @dev A small purchase, as most are.
    function buyALittle(uint256 modelSeed, uint256 payerSeed, uint256 amountSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOnSale);
        if (modelId == 0) return;
        _buyExactIn(modelId, _actor(payerSeed), _actor(payerSeed), _magnitude(amountSeed, 1, 1e21));
    }

    /// @dev G8: a payment far above what is left.
    function buyTheRest(uint256 modelSeed, uint256 payerSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOnSale);
        if (modelId == 0 || payerSeed % 3 != 0) return; // not too often, or every raise would end with it
        _buyExactIn(modelId, _actor(payerSeed / 3), _actor(payerSeed / 3), type(uint128).max);
    }

    function buyExactOut(
        uint256 modelSeed,
        uint256 payerSeed,
        uint256 recipientSeed,
        uint256 amountSeed
    ) external atTime {
        uint256 modelId = _pick(modelSeed, _isOnSale);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        if (!_isOnSale(modelId)) return _expectNoSale(modelId, _actor(payerSeed));

        uint256 mtOut =
            amountSeed % 2 == 0 ? _bound(amountSeed >> 1, 1, SALE_SUPPLY) : _magnitude(amountSeed, 1, 2 * SALE_SUPPLY);
        Fill memory expected = CurveFill.exactOut(_saleOf(modelId, ghost), mtOut);
        address payer = _actor(payerSeed);
        if (expected.flockIn > p.flock.balanceOf(payer)) return;
        address recipient = _actor(recipientSeed);

        // If less is left, the most that may be paid falls in proportion: ask for no more than the whole would allow.
        uint256 flockInMax = expected.mtOut < mtOut ? type(uint128).max : expected.flockIn;
        bytes memory call_ = abi.encodeCall(p.offering.buyExactOut, (modelId, mtOut, flockInMax, recipient, time));
        _expectSame(p.lens.quoteExactOut(modelId, mtOut), expected);
        if (expected.mtOut < mtOut) ++done["clamp"];
        _buy(modelId, payer, recipient, call_, expected, "buyExactOut");
    }

    function _buyExactIn(uint256 modelId, address payer, address recipient, uint256 flockIn) private {
        if (!_isOnSale(modelId)) return _expectNoSale(modelId, payer);
        Ghost storage ghost = _ghosts[modelId];
        Fill memory expected = CurveFill.exactIn(_saleOf(modelId, ghost), flockIn);
        if (expected.flockIn > p.flock.balanceOf(payer)) return;
        if (expected.mtOut != 0) _expectSame(p.lens.quoteExactIn(modelId, flockIn), expected);
        if (expected.flockIn < flockIn) ++done["clamp"];
        // The tightest minimum: if less is taken than is offered, it holds in proportion.
        uint256 mtOutMin = expected.flockIn == 0 ? 0 : (expected.mtOut * flockIn) / expected.flockIn;
        bytes memory call_ = abi.encodeCall(p.offering.buyExactIn, (modelId, flockIn, mtOutMin, recipient, time));
        _buy(modelId, payer, recipient, call_, expected, "buyExactIn");
    }

    function _saleOf(uint256 modelId, Ghost storage ghost) private view returns (Sale memory) {
        return
            Sale({
                raised: ghost.raised,
                gross: ghost.gross,
                target: ghost.target,
                virtualFlock: ghost.virtualFlock,
                feeRate: _feeRate(modelId),
                time: clock
            });
    }

    function _buy(
        uint256 modelId,
        address payer,
        address recipient,
        bytes memory call_,
        Fill memory expected,
        string memory action
    ) private {
        uint256 payerBefore = p.flock.balanceOf(payer);
        uint256 offeringBefore = p.flock.balanceOf(address(p.offering));
        vm.prank(payer);
        if (!_attempt(address(p.offering), call_, expected.mtOut != 0, action)) return;
        assertEq(payerBefore - p.flock.balanceOf(payer), expected.flockIn, "takes what it quoted");
        assertEq(p.flock.balanceOf(address(p.offering)) - offeringBefore, expected.flockIn, "keeps what it took");

        Ghost storage ghost = _ghosts[modelId];
        ghost.raised += expected.flockNet;
        ghost.gross += expected.flockIn;
        if (ghost.raised == ghost.target) {
            ghost.endsAt = clock;
            ++done["target reached"];
        }
        Position storage position = _positions[modelId][recipient];
        position.mt += uint128(expected.mtOut);
        position.flockNet += uint128(expected.flockNet);
        _paidFor[modelId][recipient] += expected.flockIn;
        if (recipient != payer) ++done["gift"];
    }

    /// @dev A closed sale takes nothing.
    function _expectNoSale(uint256 modelId, address payer) private {
        bytes memory call_ = abi.encodeCall(p.offering.buyExactIn, (modelId, 1e18, 0, payer, time));
        vm.prank(payer);
        _attempt(address(p.offering), call_, false, "buy on a closed sale");
    }

    function _expectSame(Fill memory quote, Fill memory expected) private pure {
        assertEq(quote.flockIn, expected.flockIn, "quoted payment");
        assertEq(quote.flockNet, expected.flockNet, "quoted net");
        assertEq(quote.mtOut, expected.mtOut, "quoted output");
    }
}
