// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EarningCampaign} from "./EarningCampaign.sol";

/// @dev Some random walks of a campaign's length, with a fixed seed, have to do every kind of thing at least once:
/// otherwise the invariants over usage and rewards would say little.
contract EarningReachTest is EarningCampaign {
    uint256 private constant WALKS = 40;
    uint256 private constant STEPS = 250;

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
        "settle at an edge",
        "skip at an edge",
        "a key reaches its cap",
        "skip a forgery",
        "skip an old voucher",
        "skip an unknown key",
        "skip an expired key",
        "skip a key at its cap",
        "skip an empty account",
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
        "refused sweep",
        "setEmissionSettings",
        "setMinimumStake",
        "donateFlock"
    ];
    mapping(string kind => uint256) private _done;

    function test_HandlerReachesEverythingThatEarns() external {
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            this.setUp(); // a call of its own, after which its memory is free
            _walk(walk);
            for (uint256 i = 0; i < _kinds.length; ++i) _done[_kinds[i]] += handler.done(_kinds[i]);
        }
        for (uint256 i = 0; i < _kinds.length; ++i) assertGt(_done[_kinds[i]], 0, _kinds[i]);
    }

    function _walk(uint256 seed) private {
        bytes4[29] memory actions = _actions();
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            bytes memory call_ = abi.encodePacked(
                actions[seed % actions.length],
                keccak256(abi.encode(seed, 1)),
                keccak256(abi.encode(seed, 2)),
                keccak256(abi.encode(seed, 3))
            );
            // solhint-disable-next-line avoid-low-level-calls -- one of many functions, all with numbers as arguments
            (bool succeeded, bytes memory answer) = address(handler).call(call_);
            assertTrue(succeeded, string(answer));
        }
    }

    function _actions() private view returns (bytes4[29] memory) {
        return
            [
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
                handler.donateFlock.selector,
                handler.wait_.selector
            ];
    }
}
