// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BuybackCampaign} from "./BuybackCampaign.sol";
import {EarningCampaign} from "./EarningCampaign.sol";
import {RaiseCampaign} from "./RaiseCampaign.sol";

// A handler is only worth its invariants if it gets everywhere: some random walks of a campaign's length, with fixed
// seeds, have to do every kind of thing.

/// @dev Launches, purchases and outcomes.
contract RaiseReachTest is RaiseCampaign {
    bytes4[] private _actions;
    string[] private _kinds = [
        "launch",
        "launch with a bundle",
        "changeSettings",
        "buyExactIn",
        "buyExactOut",
        "clamp",
        "gift",
        "target reached",
        "graduate",
        "graduate below the target",
        "graduate with a poisoned pair",
        "graduate into a poisoned address",
        "graduate with a surplus",
        "fail",
        "fail a stuck success",
        "claim",
        "refund",
        "refundBundle",
        "claimCreatorFee",
        "claimProtocolFee",
        "claimLaunchFees",
        "refused steal creator fees",
        "refused steal protocol fees",
        "handOverSeat",
        "releaseShare",
        "releaseLiquidity",
        "pauseBuys",
        "unpauseBuys",
        "pauseLaunches",
        "unpauseLaunches",
        "donateFlock",
        "donateMt",
        "poisonPair",
        "poison a pair that does not exist",
        "poisonToken"
    ];

    function test_HandlerReachesEverythingAboutRaises() external {
        _actions = [
            handler.launch.selector,
            handler.changeSettings.selector,
            handler.buyExactIn.selector,
            handler.buyExactOut.selector,
            handler.buyALittle.selector,
            handler.buyTheRest.selector,
            handler.graduate.selector,
            handler.fail.selector,
            handler.claim.selector,
            handler.refund.selector,
            handler.refundBundle.selector,
            handler.wait_.selector,
            handler.waitForAnEdge.selector,
            handler.waitForTheLock.selector,
            handler.pauseBuys.selector,
            handler.unpauseBuys.selector,
            handler.pauseLaunches.selector,
            handler.unpauseLaunches.selector,
            handler.claimCreatorFee.selector,
            handler.claimProtocolFee.selector,
            handler.claimLaunchFees.selector,
            handler.stealFees.selector,
            handler.handOverSeat.selector,
            handler.releaseShare.selector,
            handler.releaseLiquidity.selector,
            handler.donateFlock.selector,
            handler.donateMt.selector,
            handler.poisonPair.selector,
            handler.poisonToken.selector
        ];
        _assertReached(_actions, _kinds);
    }
}

/// @dev Prepayment, settlement, stakes and rewards.
contract EarningReachTest is EarningCampaign {
    bytes4[] private _actions;
    string[] private _kinds = [
        "deposit",
        "depositCredit",
        "requestWithdrawal",
        "cancelWithdrawal",
        "withdraw",
        "pauseDeposits",
        "unpauseDeposits",
        "refused deposit",
        "refused depositCredit",
        "refused withdraw",
        "authorizeKey",
        "revokeKey",
        "lower a cap",
        "cap falls",
        "settle",
        "settle by a key",
        "settle unevenly",
        "settle at an edge",
        "skip at an edge",
        "a key reaches its cap",
        "skip a forgery",
        "skip an old voucher",
        "skip an unknown key",
        "skip an expired key",
        "skip a key at its cap",
        "skip an empty account",
        "skip a row without units",
        "settleCard",
        "claimCredit",
        "donateUsdc",
        "stake",
        "requestExit",
        "cancelExit",
        "withdrawStake",
        "donateMt",
        "fund",
        "roll",
        "claim",
        "claimIssuerBonus",
        "handOver",
        "sweep",
        "sweep again",
        "cut a reward",
        "refused sweep",
        "setEmissionSettings",
        "setMinimumStake",
        "changeComputeCost",
        "donateFlock"
    ];

    function test_HandlerReachesEverythingThatEarns() external {
        _actions = [
            handler.deposit.selector,
            handler.depositCredit.selector,
            handler.requestWithdrawal.selector,
            handler.cancelWithdrawal.selector,
            handler.withdraw.selector,
            handler.pauseDeposits.selector,
            handler.unpauseDeposits.selector,
            handler.authorizeKey.selector,
            handler.revokeKey.selector,
            handler.settle.selector,
            handler.settleAtAnEdge.selector,
            handler.settleUnevenly.selector,
            handler.settleCard.selector,
            handler.claimCredit.selector,
            handler.donateUsdc.selector,
            handler.stake.selector,
            handler.requestExit.selector,
            handler.cancelExit.selector,
            handler.withdrawStake.selector,
            handler.donateMt.selector,
            handler.fund.selector,
            handler.roll.selector,
            handler.claim.selector,
            handler.claimIssuerBonus.selector,
            handler.handOver.selector,
            handler.sweep.selector,
            handler.setEmissionSettings.selector,
            handler.setMinimumStake.selector,
            handler.changeComputeCost.selector,
            handler.donateFlock.selector,
            handler.wait_.selector
        ];
        _assertReached(_actions, _kinds);
    }
}

/// @dev Revenue, lots and a market around them.
contract BuybackReachTest is BuybackCampaign {
    bytes4[] private _actions;
    string[] private _kinds = [
        "earn",
        "poke",
        "keep",
        "burn FLOCK",
        "buy FLOCK for a model",
        "burn MT",
        "refused",
        "trade",
        "arbitrage",
        "addLiquidity",
        "removeLiquidity",
        "donate",
        "wait"
    ];

    /// @dev One long walk, in which every pool passes lots again and again.
    function test_HandlerReachesEverythingAboutBuybacks() external {
        _actions = [
            handler.earn.selector,
            handler.poke.selector,
            handler.keep.selector,
            handler.buyFlock.selector,
            handler.buyMt.selector,
            handler.trade.selector,
            handler.arbitrage.selector,
            handler.addLiquidity.selector,
            handler.removeLiquidity.selector,
            handler.donate.selector,
            handler.wait_.selector
        ];
        this.walk(_actions, 1, 1_500);
        for (uint256 i = 0; i < _kinds.length; ++i) assertGt(handler.done(_kinds[i]), 5, _kinds[i]);
        for (uint256 poolId = 0; poolId < handler.poolCount(); ++poolId) {
            assertGt(handler.passageCount(poolId), 20, "lots that a pool passed");
            assertFalse(handler.passedTooMuch(poolId), "a pool passed more than its bucket");
        }
    }
}
