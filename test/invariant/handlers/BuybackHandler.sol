// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {Vm} from "forge-std/Vm.sol";

import {IBuyback} from "../../../contracts/buyback/interfaces/IBuyback.sol";
import {IBuybackLots} from "../../../contracts/buyback/interfaces/IBuybackLots.sol";
import {PairMath} from "../../../contracts/buyback/libraries/PairMath.sol";
import {Lot, RoutePair, Wait} from "../../../contracts/buyback/types/BuybackTypes.sol";
import {CardRow} from "../../../contracts/usage/types/UsageTypes.sol";
import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {PoolGhosts} from "./PoolGhosts.sol";

/// @title BuybackHandler
/// @notice Random histories of the buyback: revenue, pokes and lots by anyone, and a market that trades, brings and takes
/// liquidity and donates. Pools 0 and 1 are the route, the rest are those of models 1, 2, ...
contract BuybackHandler is PoolGhosts {
    uint256 private constant ROUTE_LENGTH = 2;
    bytes32 private constant SWAP = keccak256("Swap(address,uint256,uint256,uint256,uint256,address)");

    uint256 public flockBurned;
    uint256 public donatedFlock;
    mapping(uint256 modelId => uint256) public mtBurned;

    Protocol private p;

    modifier atTime() {
        vm.warp(time);
        _;
    }

    /// @dev Begins now, with models that have just graduated.
    constructor(Protocol memory protocol, IUniswapV2Pair[2] memory route, address middle) {
        p = protocol;
        RoutePair[] memory named = p.buyback.routePairs();
        _watch(route[0], address(p.usdc), named[0].minReserve, false);
        _watch(route[1], middle, named[1].minReserve, false);
        for (uint256 modelId = 1; modelId <= p.registry.modelCount(); ++modelId) {
            (address token, ) = p.vault.recordOf(modelId);
            address pair = p.dexFactory.getPair(address(p.flock), token);
            _watch(IUniswapV2Pair(pair), address(p.flock), 0, true);
        }
    }

    function modelCount() public view returns (uint256) {
        return pools.length - ROUTE_LENGTH;
    }

    function earn(uint256 modelSeed, uint256 paid) external atTime {
        CardRow[] memory rows = new CardRow[](1);
        uint96 amount = uint96(_bound(paid, 1, 50_000e6));
        uint256 modelId = 1 + (modelSeed % modelCount());
        bool isFirstOfEpoch = p.emissions.modelRewardsOf(modelId).openEpoch != p.emissions.currentEpoch();
        rows[0] = CardRow({modelId: modelId, units: 1, list: amount, paid: amount});
        p.usdc.transfer(p.platform, amount);
        vm.startPrank(p.platform);
        p.usdc.approve(address(p.meter), amount);
        p.meter.settleCard(rows);
        vm.stopPrank();
        if (isFirstOfEpoch) _observed(ROUTE_LENGTH + modelId - 1);
        ++done["earn"];
    }

    function poke(uint256 seed) external atTime {
        if (seed % 2 == 0) {
            p.buyback.pokeModel(1 + ((seed >> 8) % modelCount()));
            _observed(ROUTE_LENGTH + ((seed >> 8) % modelCount()));
        } else {
            p.buyback.pokeRoute();
            for (uint256 i = 0; i < ROUTE_LENGTH; ++i) _observed(i);
        }
        ++done["poke"];
    }

    /// @dev A keeper's visit: half an hour or so later, everything is poked.
    function keep(uint256 seed) external atTime {
        _advance(_bound(seed, 30 minutes, 50 minutes));
        vm.warp(time);
        p.buyback.pokeRoute();
        for (uint256 modelId = 1; modelId <= modelCount(); ++modelId) p.buyback.pokeModel(modelId);
        for (uint256 i = 0; i < pools.length; ++i) _observed(i);
        ++done["keep"];
    }

    function buyFlock(uint256 modelSeed) external atTime {
        uint256 modelId = modelSeed % (modelCount() + 1);
        Lot memory lot = p.buyback.nextFlockLot(modelId);
        if (!_goes(lot, abi.encodeCall(p.buyback.buyFlock, (modelId, lot.amountOut, time)))) return;
        _checkHops(0, ROUTE_LENGTH, lot);
        if (modelId == 0) flockBurned += lot.amountOut;
        ++done[modelId == 0 ? "burn FLOCK" : "buy FLOCK for a model"];
    }

    function buyMt(uint256 modelSeed) external atTime {
        uint256 modelId = 1 + (modelSeed % modelCount());
        Lot memory lot = p.buyback.nextMtLot(modelId);
        if (!_goes(lot, abi.encodeCall(p.buyback.buyMt, (modelId, lot.amountOut, time)))) return;
        _checkHops(ROUTE_LENGTH + modelId - 1, 1, lot);
        mtBurned[modelId] += lot.amountOut;
        ++done["burn MT"];
    }

    /// @dev Somebody trades up to 0.25% of a reserve, or now and then 2%, in either direction.
    function trade(uint256 poolSeed, uint256 amount, uint256 direction) external atTime {
        uint256 poolId = poolSeed % pools.length;
        bool forward = direction % 2 == 0;
        (uint256 reserveIn, ) = _reserves(poolId, forward);
        _trade(poolId, _bound(amount, 1, reserveIn / (amount % 8 == 0 ? 50 : 400)), forward);
        ++done["trade"];
    }

    /// @dev Brings the price back to where it began, as a market does, so that histories stay long.
    function arbitrage(uint256 poolSeed) external atTime {
        uint256 poolId = poolSeed % pools.length;
        (uint256 reserveIn, uint256 reserveOut) = _reserves(poolId, true);
        uint256 averageQ = _averageQ(poolId);
        uint256 spotQ = (reserveOut << 112) / reserveIn;
        if (spotQ >= averageQ) return;
        // To first order, selling half of what the price is off by brings it back.
        _trade(poolId, (reserveOut * (averageQ - spotQ)) / averageQ / 2, false);
        ++done["arbitrage"];
    }

    function addLiquidity(uint256 poolSeed, uint256 share) external atTime {
        uint256 poolId = poolSeed % pools.length;
        (uint256 reserveIn, uint256 reserveOut) = _reserves(poolId, true);
        share = _bound(share, 1, 3_000);
        IUniswapV2Pair pair = pools[poolId].pair;
        (IERC20 tokenIn, IERC20 tokenOut) = (IERC20(pools[poolId].tokenIn), IERC20(pools[poolId].tokenOut));
        if (tokenOut.balanceOf(address(this)) < reserveOut) return;
        tokenIn.transfer(address(pair), (reserveIn * share) / 10_000);
        tokenOut.transfer(address(pair), (reserveOut * share) / 10_000);
        pair.mint(address(this));
        _touched(poolId);
        ++done["addLiquidity"];
    }

    function removeLiquidity(uint256 poolSeed, uint256 share) external atTime {
        uint256 poolId = poolSeed % pools.length;
        IUniswapV2Pair pair = pools[poolId].pair;
        uint256 liquidity = (pair.balanceOf(address(this)) * _bound(share, 1, 2_500)) / 10_000;
        if (liquidity < 1e6) return;
        pair.transfer(address(pair), liquidity);
        pair.burn(address(this));
        _touched(poolId);
        ++done["removeLiquidity"];
    }

    function donate(uint256 poolSeed, uint256 amount) external atTime {
        uint256 poolId = poolSeed % (pools.length + 1);
        if (poolId == pools.length) {
            amount = _bound(amount, 1, 1_000e18);
            p.flock.transfer(address(p.buyback), amount);
            donatedFlock += amount;
        } else {
            (uint256 reserveIn, ) = _reserves(poolId, true);
            IERC20(pools[poolId].tokenIn).transfer(address(pools[poolId].pair), _bound(amount, 1, reserveIn / 1_000));
            pools[poolId].pair.sync();
            _touched(poolId);
        }
        ++done["donate"];
    }

    function wait_(uint256 seed) external {
        uint256 kind = seed % 16;
        uint256 max = 5 minutes;
        if (kind > 11) max = 20 minutes;
        if (kind == 15) max = 5 hours;
        _advance(_bound(seed >> 8, 1, max));
        ++done["wait"];
    }

    function _trade(uint256 poolId, uint256 amount, bool forward) private {
        (uint256 reserveIn, uint256 reserveOut) = _reserves(poolId, forward);
        uint256 out = PairMath.amountOut(amount, reserveIn, reserveOut, 30);
        if (out == 0) return;
        IUniswapV2Pair pair = pools[poolId].pair;
        IERC20 token = IERC20(forward ? pools[poolId].tokenIn : pools[poolId].tokenOut);
        if (token.balanceOf(address(this)) < amount) return;
        token.transfer(address(pair), amount);
        bool outIsSecond = pools[poolId].inIsFirst == forward;
        pair.swap(outIsSecond ? 0 : out, outIsSecond ? out : 0, address(this), "");
        _touched(poolId);
    }

    /// @dev Buys if the view says so; otherwise the call must revert with the very reason that the view gives.
    function _goes(Lot memory lot, bytes memory call_) private returns (bool) {
        vm.recordLogs();
        // solhint-disable-next-line avoid-low-level-calls -- either of two functions
        (bool succeeded, bytes memory answer) = address(p.buyback).call(call_);
        if (lot.wait == Wait.None) {
            assertTrue(succeeded, "the view announced a lot that cannot be bought");
            return true;
        }
        assertFalse(succeeded, "a lot was bought that the view had not announced");
        assertEq(answer, abi.encodeWithSelector(IBuybackLots.Buyback_Wait.selector, lot.wait, lot.pair));
        ++done["refused"];
        return false;
    }

    /// @dev What the pairs themselves report of a lot, hop by hop.
    function _checkHops(uint256 firstPool, uint256 hops, Lot memory lot) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 hop = 0;
        uint256 expectedIn = lot.amountIn;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != SWAP) continue;
            uint256 poolId = firstPool + hop;
            assertEq(logs[i].emitter, address(pools[poolId].pair), "another pair");
            (uint256 in0, uint256 in1, uint256 out0, uint256 out1) = abi.decode(
                logs[i].data,
                (uint256, uint256, uint256, uint256)
            );
            // What was sent to a pair without being counted goes in with a lot; the buyback itself puts in no more.
            assertEq(in0 + in1, expectedIn, "another input");
            _passed(poolId, in0 + in1, out0 + out1);
            expectedIn = out0 + out1;
            ++hop;
        }
        assertEq(hop, hops, "another number of trades");
        assertEq(expectedIn, lot.amountOut, "another output");
    }

    function _averageQ(uint256 poolId) private view returns (uint256) {
        PoolGhost storage ghost = _ghosts[poolId];
        if (ghost.olderAt == 0 || time == ghost.olderAt) return 0;
        return (ghost.priceSum - ghost.olderSum) / (time - ghost.olderAt);
    }

    function _reserves(uint256 poolId, bool forward) private view returns (uint256, uint256) {
        PoolGhost storage ghost = _ghosts[poolId];
        return forward ? (ghost.reserveIn, ghost.reserveOut) : (ghost.reserveOut, ghost.reserveIn);
    }
}
