// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign} from "./Campaign.sol";

/// @dev The handler is only worth its invariants if it gets everywhere: some random walks of a campaign's length, with a
/// fixed seed, have to do every kind of thing at least once.
contract HandlerReachTest is Campaign {
    uint256 private constant WALKS = 40;
    uint256 private constant STEPS = 250;

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
        "poisonPair"
    ];
    mapping(string kind => uint256) private _done;

    function test_HandlerReachesEverything() external {
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            this.setUp(); // a call of its own, after which its memory is free
            _walk(walk);
            for (uint256 i = 0; i < _kinds.length; ++i) _done[_kinds[i]] += handler.done(_kinds[i]);
        }
        for (uint256 i = 0; i < _kinds.length; ++i) assertGt(_done[_kinds[i]], 0, _kinds[i]);
    }

    function _walk(uint256 seed) private {
        bytes4[28] memory actions = _actions();
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            bytes memory call_ = abi.encodePacked(
                actions[seed % actions.length],
                keccak256(abi.encode(seed, 1)),
                keccak256(abi.encode(seed, 2)),
                keccak256(abi.encode(seed, 3)),
                keccak256(abi.encode(seed, 4))
            );
            // solhint-disable-next-line avoid-low-level-calls -- one of many functions, all with numbers as arguments
            (bool succeeded, bytes memory answer) = address(handler).call(call_);
            assertTrue(succeeded, string(answer));
        }
    }

    function _actions() private view returns (bytes4[28] memory) {
        return
            [
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
                handler.poisonPair.selector
            ];
    }
}
