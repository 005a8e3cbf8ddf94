// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OpeningMode} from "../../contracts/graduation/types/OpeningMode.sol";
import {LaunchRules} from "../../contracts/offering/libraries/LaunchRules.sol";
import {LaunchTerms} from "../../contracts/offering/types/OfferingTypes.sol";
import {ModelIdentity, ModelTerms} from "../../contracts/registry/interfaces/IModelRegistry.sol";
import {Bounds} from "../../contracts/shared/libraries/Bounds.sol";
import {SALE_SUPPLY, WAD} from "../../contracts/shared/Units.sol";
import {FormulaHarness} from "../support/harness/FormulaHarness.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev What the bounds of a launch guarantee, and that they refuse everything outside them.
contract LaunchRulesFuzzTest is CurveBounds {
    FormulaHarness private _formulas;

    function setUp() external {
        _formulas = FormulaHarness(deployCode("FormulaHarness"));
    }

    function testFuzz_AcceptedTerms_KeepTheVirtualReserveIn96Bits(
        uint256 target,
        uint256 price,
        uint256 minimum
    ) external view {
        target = _boundMagnitude(target, MIN_TARGET, MAX_TARGET);
        uint256 min = (target * WAD + 2 * SALE_SUPPLY - 1) / (2 * SALE_SUPPLY);
        uint256 max = (target * WAD * 99) / (100 * SALE_SUPPLY);
        vm.assume(min <= max);
        LaunchTerms memory terms = _terms(target, _bound(price, min, max), _bound(minimum, (target + 3) / 4, target));
        (uint256 virtualFlock, uint256 saleDuration) = _formulas.checkLaunch(terms);
        assertGe(virtualFlock, target); // 50% makes it the target
        assertLe(virtualFlock, 99 * target);
        assertLe(virtualFlock, type(uint96).max);
        assertEq(saleDuration, 7 days);
        // A purchase of everything at the highest fee still fits the running state.
        assertLe(100 * target, type(uint96).max);
    }

    function testFuzz_StartPricesOutsideTheBounds_AreRefused(uint256 target, uint256 price, bool isHigh) external {
        target = _boundMagnitude(target, MIN_TARGET, MAX_TARGET);
        uint256 min = (target * WAD + 2 * SALE_SUPPLY - 1) / (2 * SALE_SUPPLY);
        uint256 max = (target * WAD * 99) / (100 * SALE_SUPPLY);
        price = isHigh ? _bound(price, max + 1, type(uint128).max) : _bound(price, 0, min - 1);
        LaunchTerms memory terms = _terms(target, price, target);
        vm.expectRevert();
        _formulas.checkLaunch(terms);
    }

    function testFuzz_TargetsAndMinimaOutsideTheBounds_AreRefused(uint256 target, uint256 minimum) external {
        LaunchTerms memory terms = _terms(_bound(target, MAX_TARGET + 1, type(uint96).max), 1, 1);
        _expectOutOfRange("target", terms.target, 1, MAX_TARGET);
        _formulas.checkLaunch(terms);

        target = _boundMagnitude(target, MIN_TARGET, MAX_TARGET);
        uint256 min = (target + 3) / 4;
        minimum = minimum % 2 == 0 ? _bound(minimum, 0, min - 1) : _bound(minimum, target + 1, type(uint96).max);
        terms = _terms(target, 1, minimum);
        _expectOutOfRange("minimumRaise", minimum, min, target);
        _formulas.checkLaunch(terms);
    }

    function testFuzz_Durations_AreRefusedOutsideOneTo30Days(uint32 duration) external {
        LaunchTerms memory terms = _terms(50_000e18, 0.1e18, 20_000e18);
        terms.saleDuration = duration;
        bool accepted = duration == 0 || (duration >= 1 days && duration <= 30 days);
        if (!accepted) {
            (uint256 min, uint256 max) = (LaunchRules.MIN_SALE_DURATION, LaunchRules.MAX_SALE_DURATION);
            _expectOutOfRange("saleDuration", duration, min, max);
        }
        (, uint256 saleDuration) = _formulas.checkLaunch(terms);
        if (accepted) assertEq(saleDuration, duration == 0 ? 7 days : duration);
    }

    function _terms(uint256 target, uint256 price, uint256 minimum) private pure returns (LaunchTerms memory) {
        return
            LaunchTerms({
                identity: ModelIdentity({name: "Model", symbol: "MT", metadataHash: keccak256("metadata")}),
                metadataUri: "ipfs://metadata",
                usage: ModelTerms({tierId: 1, minimumPrice: 1}),
                minimumRaise: uint96(minimum),
                target: uint96(target),
                startPriceWad: uint128(price),
                saleDuration: 0,
                openingMode: OpeningMode.AveragePrice
            });
    }

    function _expectOutOfRange(bytes32 name, uint256 value, uint256 min, uint256 max) private {
        vm.expectRevert(abi.encodeWithSelector(Bounds.Bounds_OutOfRange.selector, name, value, min, max));
    }
}
