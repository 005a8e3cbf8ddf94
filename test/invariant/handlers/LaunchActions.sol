// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OpeningMode} from "../../../contracts/graduation/types/OpeningMode.sol";
import {BondingCurve} from "../../../contracts/offering/libraries/BondingCurve.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {
    LaunchPayment,
    LaunchTerms,
    OfferingSettings,
    Outcome
} from "../../../contracts/offering/types/OfferingTypes.sol";
import {ModelIdentity, ModelTerms} from "../../../contracts/registry/interfaces/IModelRegistry.sol";
import {BPS, SALE_SUPPLY, WAD} from "../../../contracts/shared/Units.sol";
import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title LaunchActions
/// @notice Launches of every size and shape, with and without a bundle, and changes of the settings between them.
abstract contract LaunchActions is Ghosts {
    uint256 private constant MIN_TARGET = 4e18;
    uint256 private constant MAX_TARGET = 5e25;

    /// @dev The settings for launches to come, as the handler set them.
    OfferingSettings internal _settings;

    function launch(uint256 seed, uint256 termsSeed, uint256 bundleSeed) external atTime {
        if (modelCount == MAX_MODELS) return;
        address issuer = _actor(seed);
        LaunchTerms memory terms = _drawTerms(termsSeed);
        uint256 virtualFlock = BondingCurve.virtualFlockFor(terms.target, terms.startPriceWad);
        (uint256 bundleNet, uint256 bundleFlock) = _drawBundle(terms, virtualFlock, bundleSeed);
        LaunchPayment memory payment = LaunchPayment({
            launchFeeMax: _settings.launchFee,
            bundleFlock: bundleFlock,
            bundleMtMin: BondingCurve.soldAt(terms.target, virtualFlock, bundleNet),
            deadline: time
        });

        uint256 due = _settings.launchFee + bundleFlock;
        uint256 issuerBefore = p.flock.balanceOf(issuer);
        if (issuerBefore < due) return;
        bytes memory call_ = abi.encodeCall(p.offering.launch, (terms, payment));
        vm.prank(issuer);
        if (!_attempt(address(p.offering), call_, time >= launchesPausedUntil, "launch")) return;
        if (bundleNet != 0) ++done["launch with a bundle"];
        assertEq(issuerBefore - p.flock.balanceOf(issuer), due, "a launch takes the fee and the bundle's price");

        uint256 modelId = ++modelCount;
        unclaimedLaunchFees += _settings.launchFee;
        Ghost storage ghost = _ghosts[modelId];
        ghost.outcome = Outcome.Open;
        ghost.openingMode = terms.openingMode;
        ghost.token = p.tokenFactory.predict(bytes20(keccak256(abi.encode(modelId, issuer, terms))));
        assertEq(p.offering.tokenOf(modelId), ghost.token, "the address of a token names one launch");
        ghost.target = terms.target;
        ghost.minimumRaise = terms.minimumRaise;
        ghost.virtualFlock = virtualFlock;
        ghost.settings = _settings;
        ghost.startsAt = clock;
        ghost.endsAt = clock + terms.saleDuration;
        ghost.raised = bundleNet;
        ghost.gross = bundleFlock;
        ghost.bundleNet = bundleNet;
        ghost.bundleMt = payment.bundleMtMin;
    }

    function changeSettings(uint256 seed) external atTime {
        uint256 draw = uint256(keccak256(abi.encode(seed)));
        OfferingSettings memory settings = OfferingSettings({
            launchFee: uint96(_bound(draw, 0, 100_000e18)),
            creatorFeeBps: uint16((draw >> 16) % 101),
            protocolFeeBps: uint16((draw >> 32) % 201),
            antiSnipeStartBps: 0,
            antiSnipeWindow: uint16((draw >> 48) % (6 hours + 1)),
            bundleCapBps: uint16((draw >> 64) % 2_501)
        });
        settings.antiSnipeStartBps = uint16(_bound(draw >> 80, _baseBps(settings), 9_900));
        vm.prank(p.governor);
        p.offering.setOfferingSettings(settings);
        _settings = settings;
        ++done["changeSettings"];
    }

    function _drawTerms(uint256 seed) private pure returns (LaunchTerms memory) {
        uint256 draw = uint256(keccak256(abi.encode(seed)));
        uint256 target = _magnitude(seed, MIN_TARGET, MAX_TARGET);
        uint256 minPrice = (target * WAD + 2 * SALE_SUPPLY - 1) / (2 * SALE_SUPPLY);
        return
            LaunchTerms({
                identity: ModelIdentity({name: "Model", symbol: "MT", metadataHash: keccak256("metadata")}),
                metadataUri: "ipfs://metadata",
                usage: ModelTerms({tierId: 1, minimumPrice: 1_000_000}),
                minimumRaise: uint96(_bound(draw >> 32, (target + 3) / 4, target)),
                target: uint96(target),
                startPriceWad: uint128(_bound(draw, minPrice, (target * WAD * 99) / (100 * SALE_SUPPLY))),
                saleDuration: uint32(_bound(draw >> 64, 1 days, 30 days)),
                openingMode: draw % 2 == 0 ? OpeningMode.AveragePrice : OpeningMode.CurvePrice
            });
    }

    /// @dev The net and gross of a bundle within all bounds, or zeros: every other launch has none.
    function _drawBundle(
        LaunchTerms memory terms,
        uint256 virtualFlock,
        uint256 seed
    ) private view returns (uint256 net, uint256 gross) {
        if (seed % 2 == 0 || time < buysPausedUntil) return (0, 0);
        uint256 max = terms.minimumRaise;
        uint256 cap = (BondingCurve.soldAt(terms.target, virtualFlock, max) * _settings.bundleCapBps) / BPS;
        while (max != 0 && BondingCurve.soldAt(terms.target, virtualFlock, max) > cap) max /= 2;
        if (max == 0) return (0, 0);
        net = _magnitude(seed, 1, max);
        if (BondingCurve.soldAt(terms.target, virtualFlock, net) == 0) return (0, 0);
        gross = FeeSchedule.grossFor(net, FeeSchedule.rateWad(_baseBps(_settings), 0, 0, 0));
    }
}
