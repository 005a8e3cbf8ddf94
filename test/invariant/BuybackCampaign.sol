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
import {Campaign} from "./Campaign.sol";
import {BuybackHandler} from "./handlers/BuybackHandler.sol";
import {Handler} from "./handlers/Handler.sol";

/// @title BuybackCampaign
/// @notice Two models that have graduated, a route of two real pairs, and a `BuybackHandler` that shakes all of it.
abstract contract BuybackCampaign is Campaign {
    uint256 private constant MODELS = 2;

    BuybackHandler internal handler;
    uint256 internal flockSupply;
    mapping(uint256 modelId => uint256) internal mtSupply;

    function _prepare() internal override returns (Handler) {
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
        return handler;
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
