// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {RoutePair} from "../../contracts/buyback/types/BuybackTypes.sol";
import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {LaunchPayment, LaunchTerms} from "../../contracts/offering/types/OfferingTypes.sol";
import {ModelIdentity, ModelTerms} from "../../contracts/registry/interfaces/IModelRegistry.sol";
import {Seats} from "../../contracts/registry/libraries/Seats.sol";
import {PlainToken} from "../support/mocks/PlainToken.sol";
import {LocalProtocol, Protocol} from "../support/solidity/LocalProtocol.sol";
import {BuybackHandler} from "./handlers/BuybackHandler.sol";

/// @title BuybackCampaign
/// @notice Two models that have graduated, a route of two real pairs, and a `BuybackHandler` that shakes all of it.
abstract contract BuybackCampaign is LocalProtocol {
    uint256 private constant STARTS_AT = 1_800_000_000;
    uint256 private constant MODELS = 2;

    Protocol internal p;
    BuybackHandler internal handler;
    uint256 internal flockSupply;
    mapping(uint256 modelId => uint256) internal mtSupply;

    modifier atHandlersTime() {
        vm.warp(handler.time());
        _;
    }

    function setUp() public virtual {
        vm.warp(STARTS_AT);
        p = _deployProtocol();
        PlainToken middle = new PlainToken("WETH", 18, 1e30);
        IUniswapV2Pair[2] memory pairs = [
            _open(IERC20(address(p.usdc)), 2_000_000e6, middle, 800e18),
            _open(middle, 500e18, p.flock, 1_250_000e18)
        ];
        RoutePair[] memory route = new RoutePair[](2);
        route[0] = RoutePair({pair: address(pairs[0]), minReserve: 100_000e6});
        route[1] = RoutePair({pair: address(pairs[1]), minReserve: 20e18});
        p.buyback.setRoute(route);

        _graduateModels();
        handler = BuybackHandler(deployCode("BuybackHandler", abi.encode(p, pairs, middle)));
        for (uint256 i = 0; i < pairs.length; ++i) {
            pairs[i].transfer(address(handler), pairs[i].balanceOf(address(this)));
        }
        for (uint256 modelId = 1; modelId <= MODELS; ++modelId) {
            IERC20 mt = _tokenOf(modelId);
            mt.transfer(address(handler), mt.balanceOf(address(this)));
        }
        middle.transfer(address(handler), 1e29);
        p.usdc.transfer(address(handler), 900_000_000e6);
        p.flock.transfer(address(handler), 900_000_000e18);
        flockSupply = p.flock.totalSupply();
        targetContract(address(handler));
    }

    function _tokenOf(uint256 modelId) internal view returns (IERC20) {
        (address token, ) = p.vault.recordOf(modelId);
        return IERC20(token);
    }

    /// @dev The worked example's raises, sold to this contract, graduated in the same moment and served.
    function _graduateModels() private {
        p.flock.approve(address(p.offering), type(uint256).max);
        LaunchPayment memory payment = LaunchPayment(1_000e18, 0, 0, type(uint256).max);
        for (uint256 i = 0; i < MODELS; ++i) p.offering.launch(_terms(), payment);
        vm.warp(STARTS_AT + 2 hours);
        for (uint256 modelId = 1; modelId <= MODELS; ++modelId) {
            p.offering.buyExactIn(modelId, 100_000e18, 0, address(this), type(uint256).max);
            p.offering.graduate(modelId);
            vm.prank(p.platform);
            p.registry.setApiId(modelId, "model");
            p.offering.claim(modelId, address(this));
            mtSupply[modelId] = _tokenOf(modelId).totalSupply();
        }
    }

    function _terms() private pure returns (LaunchTerms memory) {
        return
            LaunchTerms({
                identity: ModelIdentity({name: "Model", symbol: "MODEL", metadataHash: keccak256("metadata")}),
                metadataUri: "ipfs://metadata",
                usage: ModelTerms({tierId: 1, minimumPrice: 1e6}),
                minimumRaise: 20_000e18,
                target: 50_000e18,
                startPriceWad: 0.1e18,
                saleDuration: 0,
                openingMode: OpeningMode.AveragePrice
            });
    }

    /// @dev Opens a pool; this contract owns its liquidity.
    function _open(IERC20 a, uint256 amountA, IERC20 b, uint256 amountB) private returns (IUniswapV2Pair pair) {
        pair = IUniswapV2Pair(p.dexFactory.createPair(address(a), address(b)));
        a.transfer(address(pair), amountA);
        b.transfer(address(pair), amountB);
        pair.mint(address(this));
    }
}

/// @dev What holds of the buyback after every action, and what its handler checks at every lot. With m a model and h a
/// hop of a lot:
///
///   1. FLOCK(buyback) = sum over m of flockOf(m) + donations; USDC(buyback) = MT(buyback) = 0
///   2. USDC(waterfall) = sum of the credits of all seats
///   3. in every h: out >= band * average price since the older observation * in, where the average spans 30 minutes to
///      2 hours and the band is 98%, or 99.4% in a block in which the pair was touched
///   4. what passes a pool in any stretch of up to 300 s <= capacity + capacity * stretch / 300
///   5. supply of FLOCK = initial supply - what lots burned; supply of m's MT likewise
///   6. a lot can be bought exactly when the view announces it, with the announced output as minimum
contract BuybackInvariantTest is BuybackCampaign {
    function invariant_BuybackHoldsExactlyWhatWaitsForModels() external atHandlersTime {
        uint256 waiting = handler.donatedFlock();
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            waiting += p.buyback.flockOf(modelId);
            assertEq(_tokenOf(modelId).balanceOf(address(p.buyback)), 0);
        }
        assertEq(p.flock.balanceOf(address(p.buyback)), waiting);
        assertEq(p.usdc.balanceOf(address(p.buyback)), 0);
    }

    function invariant_WaterfallHoldsWhatItCredited() external atHandlersTime {
        uint256 credits = p.waterfall.creditOf(Seats.buybackFlock()) + p.waterfall.creditOf(Seats.treasury());
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            credits += p.waterfall.creditOf(Seats.buybackModel(modelId)) + p.waterfall.creditOf(Seats.issuer(modelId));
        }
        assertEq(p.usdc.balanceOf(address(p.waterfall)), credits);
    }

    function invariant_NoPoolPassesMoreThanItsBucket() external atHandlersTime {
        for (uint256 poolId = 0; poolId < handler.poolCount(); ++poolId) assertFalse(handler.passedTooMuch(poolId));
    }

    function invariant_SuppliesFallByWhatWasBurned() external atHandlersTime {
        assertEq(p.flock.totalSupply(), flockSupply - handler.flockBurned());
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            assertEq(_tokenOf(modelId).totalSupply(), mtSupply[modelId] - handler.mtBurned(modelId));
        }
    }
}

/// @dev The handler is only worth its invariants if it gets everywhere: some random walks with a fixed seed do every kind
/// of thing, and buy lots by the hundred.
contract BuybackReachTest is BuybackCampaign {
    uint256 private constant STEPS = 1_500;

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

    function test_HandlerReachesEverything() external {
        uint256 seed = 1;
        bytes4[11] memory actions = [
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
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            bytes memory call_ = abi.encodePacked(
                actions[seed % actions.length],
                keccak256(abi.encode(seed, 1)),
                keccak256(abi.encode(seed, 2)),
                uint256(seed % 2)
            );
            // solhint-disable-next-line avoid-low-level-calls -- one of many functions, all with numbers as arguments
            (bool succeeded, bytes memory answer) = address(handler).call(call_);
            assertTrue(succeeded, string(answer));
        }
        for (uint256 i = 0; i < _kinds.length; ++i) assertGt(handler.done(_kinds[i]), 5, _kinds[i]);
        for (uint256 poolId = 0; poolId < handler.poolCount(); ++poolId) {
            assertGt(handler.passageCount(poolId), 20);
            assertFalse(handler.passedTooMuch(poolId));
        }
    }
}
