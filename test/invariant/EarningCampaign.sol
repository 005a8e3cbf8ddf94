// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {LaunchPayment, LaunchTerms} from "../../contracts/offering/types/OfferingTypes.sol";
import {ModelIdentity, ModelTerms} from "../../contracts/registry/interfaces/IModelRegistry.sol";
import {Campaign} from "./Campaign.sol";
import {EarningHandler} from "./handlers/EarningHandler.sol";
import {Handler} from "./handlers/Handler.sol";

/// @title EarningCampaign
/// @notice Two models that are live, a large one and a tiny one, whose tokens four users hold, and an `EarningHandler`
/// that shakes meter, waterfall, staking and emissions.
abstract contract EarningCampaign is Campaign {
    uint256 private constant FOR_EACH = 50_000_000e18;

    EarningHandler internal handler;

    function _prepare() internal override returns (Handler) {
        _letGovernorChangeSettings();
        handler = EarningHandler(deployCode("EarningHandler", abi.encode(p)));
        vm.startPrank(p.platform);
        p.flock.approve(address(p.emissions), type(uint256).max);
        p.usdc.approve(address(p.meter), type(uint256).max);
        vm.stopPrank();
        p.flock.transfer(p.platform, 2 * FOR_EACH);
        p.usdc.transfer(p.platform, 400_000_000e6);
        for (uint256 i = 0; i < handler.ACTORS(); ++i) _equip(handler.actors(i));
        _goLive(50_000e18, 0.1e18, "large");
        _goLive(4e18, 0.000_008e18, "tiny");
        return handler;
    }

    function _equip(address user) private {
        p.flock.transfer(user, FOR_EACH);
        p.usdc.transfer(user, 100_000_000e6);
        vm.startPrank(user);
        p.flock.approve(address(p.offering), type(uint256).max);
        p.usdc.approve(address(p.meter), type(uint256).max);
        vm.stopPrank();
    }

    /// @dev Launches a model, sells it to the users in equal parts, graduates it, and gives it an API id.
    function _goLive(uint256 target, uint256 startPriceWad, string memory name) private {
        LaunchTerms memory terms = LaunchTerms({
            identity: ModelIdentity({name: name, symbol: "MT", metadataHash: keccak256(bytes(name))}),
            metadataUri: "ipfs://model",
            usage: ModelTerms({tierId: 1, minimumPrice: 1_000_000}),
            minimumRaise: target,
            target: target,
            startPriceWad: startPriceWad,
            saleDuration: 0,
            openingMode: OpeningMode.AveragePrice
        });
        vm.prank(handler.actors(0));
        (uint256 modelId, ) = p.offering.launch(terms, LaunchPayment(1_000e18, 0, 0, block.timestamp));
        vm.warp(block.timestamp + 6_000);
        for (uint256 i = 0; i < handler.ACTORS(); ++i) {
            address user = handler.actors(i);
            uint256 amount = i == handler.ACTORS() - 1 ? target : target / handler.ACTORS();
            vm.prank(user);
            p.offering.buyExactIn(modelId, amount, 0, user, block.timestamp);
        }
        p.offering.graduate(modelId);
        IERC20 token = handler.tokenOf(modelId);
        for (uint256 i = 0; i < handler.ACTORS(); ++i) {
            address user = handler.actors(i);
            p.offering.claim(modelId, user);
            vm.prank(user);
            token.approve(address(p.staking), type(uint256).max);
        }
        vm.prank(p.platform);
        p.registry.setApiId(modelId, name);
        handler.synchronise();
    }

    function _letGovernorChangeSettings() private {
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = p.emissions.setEmissionSettings.selector;
        selectors[1] = p.emissions.setMinimumStake.selector;
        p.accessManager.setTargetFunctionRole(address(p.emissions), selectors, 1);
        bytes4[] memory ofTiers = new bytes4[](1);
        ofTiers[0] = p.registry.changeTier.selector;
        p.accessManager.setTargetFunctionRole(address(p.registry), ofTiers, 1);
    }
}
