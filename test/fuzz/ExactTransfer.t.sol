// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {ExactTransfer} from "../../contracts/shared/libraries/ExactTransfer.sol";
import {TransferHarness} from "../support/harness/TransferHarness.sol";
import {ScriptedToken} from "../support/mocks/ScriptedToken.sol";

/// @dev Whatever a token delivers, and whatever lies there already.
contract ExactTransferFuzzTest is Test {
    uint256 private constant MOST = type(uint128).max;

    TransferHarness private _room;
    ScriptedToken private _token;

    function setUp() external {
        _room = new TransferHarness();
        _token = new ScriptedToken();
        _token.mint(address(this), MOST);
    }

    function testFuzz_Pull_TakesWhatArrivesInFull(uint256 amount, uint256 held) external {
        amount = _bound(amount, 0, MOST);
        held = _bound(held, 0, MOST);
        _token.mint(address(_room), held);
        _token.deliver(amount);
        _room.pull(_token, amount);
        assertEq(_token.balanceOf(address(_room)), held + amount);
        assertEq(_token.balanceOf(address(this)), MOST - amount);
    }

    /// @dev A wei less, as a fee takes, and a wei more are refused alike, with what arrived; nothing stays.
    function testFuzz_Pull_RefusesAnyOtherAmount(uint256 amount, uint256 delivered, uint256 held) external {
        amount = _bound(amount, 0, MOST);
        held = _bound(held, 0, MOST);
        delivered = delivered % 2 == 0 ? _bound(delivered, 0, MOST) : _bound(delivered, amount, amount + 2);
        if (delivered == amount) delivered = amount == 0 ? 1 : amount - 1;
        _token.mint(address(_room), held);
        _token.deliver(delivered);
        vm.expectRevert(
            abi.encodeWithSelector(ExactTransfer.Transfer_NotExact.selector, address(_token), delivered, amount)
        );
        _room.pull(_token, amount);
        assertEq(_token.balanceOf(address(_room)), held);
        assertEq(_token.balanceOf(address(this)), MOST);
    }
}
