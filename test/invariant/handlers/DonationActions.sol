// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title DonationActions
/// @notice Money where nobody asked for it: in the contracts, and at the addresses of pairs and tokens before there is code.
abstract contract DonationActions is Ghosts {
    uint256 private constant MAX_DONATION = 1e25;

    function donateFlock(uint256 fromSeed, uint256 roomSeed, uint256 amountSeed) external atTime {
        address room = _room(roomSeed);
        uint256 amount = _sendFlock(_actor(fromSeed), room, amountSeed);
        donatedFlock[room] += amount;
        if (amount != 0) ++done["donateFlock"];
    }

    function donateMt(uint256 modelSeed, uint256 fromSeed, uint256 roomSeed, uint256 amountSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isGraduated);
        if (modelId == 0 || !_isGraduated(modelId)) return;
        IERC20 token = IERC20(_ghosts[modelId].token);
        address from = _actor(fromSeed);
        uint256 amount = _bound(amountSeed, 0, token.balanceOf(from));
        address room = _room(roomSeed);
        vm.prank(from);
        token.transfer(room, amount);
        donatedMt[modelId][room] += amount;
        if (amount != 0) ++done["donateMt"];
    }

    /// @dev G1, G5, G17: FLOCK at the address of a pair, before or after somebody has created the pair.
    function poisonPair(uint256 modelSeed, uint256 fromSeed, uint256 amountSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        if (modelId == 0 || !_isOpen(modelId)) return;
        address token = _ghosts[modelId].token;
        address pair = pairOf(token);
        if (modelSeed % 2 == 0 && pair.code.length == 0) {
            assertEq(p.dexFactory.createPair(address(p.flock), token), pair, "the address of a pair is known before");
        }
        _ghosts[modelId].pairDonation += _sendFlock(_actor(fromSeed), pair, amountSeed);
        if (pair.code.length == 0) {
            ++done["poison a pair that does not exist"];
            return;
        }
        // Before the token exists the pair can read no balance of it, so that `sync` must fail.
        bytes memory call_ = abi.encodeCall(IUniswapV2Pair(pair).sync, ());
        _attempt(pair, call_, false, "sync before the token exists");
        ++done["poisonPair"];
    }

    /// @dev G17: FLOCK at the address of a token, before or after the token exists. Nothing can get it out again.
    function poisonToken(uint256 modelSeed, uint256 fromSeed, uint256 amountSeed) external atTime {
        if (modelCount == 0) return;
        Ghost storage ghost = _ghosts[1 + (modelSeed % modelCount)];
        ghost.tokenDonation += _sendFlock(_actor(fromSeed), ghost.token, amountSeed);
        if (ghost.token.code.length == 0) ++done["poisonToken"];
    }

    function _sendFlock(address from, address to, uint256 amountSeed) private returns (uint256 amount) {
        amount = _magnitude(amountSeed, 1, MAX_DONATION);
        uint256 balance = p.flock.balanceOf(from);
        if (amount > balance) amount = balance;
        vm.prank(from);
        p.flock.transfer(to, amount);
    }

    function _room(uint256 seed) private view returns (address) {
        address[4] memory rooms = [address(p.offering), address(p.vault), address(p.graduation), address(p.locker)];
        return rooms[seed % rooms.length];
    }
}
