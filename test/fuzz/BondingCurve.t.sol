// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BondingCurve} from "../../contracts/offering/libraries/BondingCurve.sol";
import {SALE_SUPPLY, WAD} from "../../contracts/shared/Units.sol";
import {FormulaHarness} from "../support/harness/FormulaHarness.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of the curve for every target up to 5e26 wei and every virtual reserve up to 99 targets.
contract BondingCurveFuzzTest is CurveBounds {
    function testFuzz_SoldAt_IsExactAtBothEnds(uint256 target, uint256 virtualFlock) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        assertEq(BondingCurve.soldAt(target, virtualFlock, 0), 0);
        assertEq(BondingCurve.soldAt(target, virtualFlock, target), SALE_SUPPLY);
    }

    function testFuzz_RaisedAt_IsExactAtBothEnds(uint256 target, uint256 virtualFlock) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        assertEq(BondingCurve.raisedAt(target, virtualFlock, 0), 0);
        assertEq(BondingCurve.raisedAt(target, virtualFlock, SALE_SUPPLY), target);
    }

    function testFuzz_SoldAt_NeverFalls(uint256 target, uint256 virtualFlock, uint256 a, uint256 b) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        a = _bound(a, 0, target);
        b = _bound(b, a, target);
        assertLe(BondingCurve.soldAt(target, virtualFlock, a), BondingCurve.soldAt(target, virtualFlock, b));
    }

    /// @dev C12: a bundle that is at most a quarter of what the minimum sells brings at most a quarter of the minimum, but
    /// for the FLOCK of one wei of MT. So it needs no bound of its own.
    function testFuzz_SoldAt_AQuarterOfTheTokensCostsNoMoreThanAQuarterOfTheMinimum(
        uint256 target,
        uint256 virtualFlock,
        uint256 minimumRaise
    ) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        minimumRaise = _bound(minimumRaise, 1, target);
        uint256 cap = BondingCurve.soldAt(target, virtualFlock, minimumRaise) / 4;
        uint256 mostThatFits = BondingCurve.raisedAt(target, virtualFlock, cap);
        assertLe(mostThatFits, (minimumRaise + 3) / 4);
    }

    function testFuzz_PriceAt_NeverFalls(uint256 target, uint256 virtualFlock, uint256 a, uint256 b) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        a = _bound(a, 0, target);
        b = _bound(b, a, target);
        assertLe(BondingCurve.priceAt(target, virtualFlock, a), BondingCurve.priceAt(target, virtualFlock, b));
    }

    /// @dev C1: however close to the target, the last purchase gets something.
    function testFuzz_SoldAt_LeavesAtLeastOneWeiBelowTheTarget(
        uint256 target,
        uint256 virtualFlock,
        uint256 missing
    ) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        missing = _bound(missing, 1, target);
        assertLt(BondingCurve.soldAt(target, virtualFlock, target - missing), SALE_SUPPLY);
    }

    /// @dev The inverse is sufficient, and one wei less would not be.
    function testFuzz_RaisedAt_IsTheLeastThatSells(uint256 target, uint256 virtualFlock, uint256 sold) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        sold = _bound(sold, 1, SALE_SUPPLY);
        uint256 raised = BondingCurve.raisedAt(target, virtualFlock, sold);
        assertLe(raised, target);
        assertGe(BondingCurve.soldAt(target, virtualFlock, raised), sold);
        assertLt(BondingCurve.soldAt(target, virtualFlock, raised - 1), sold);
    }

    function testFuzz_RaisedAt_OfWhatWasSoldIsNotMoreThanWasRaised(
        uint256 target,
        uint256 virtualFlock,
        uint256 raised
    ) external pure {
        (target, virtualFlock) = _boundCurve(target, virtualFlock);
        raised = _bound(raised, 0, target);
        assertLe(
            BondingCurve.raisedAt(target, virtualFlock, BondingCurve.soldAt(target, virtualFlock, raised)),
            raised
        );
    }

    /// @dev The virtual reserve of feasible terms is within the bound that the library's other functions state.
    function testFuzz_VirtualFlock_StaysBelow99TargetsUpTo99Percent(uint256 target, uint256 price) external pure {
        target = _bound(target, MIN_TARGET, MAX_TARGET);
        price = _bound(price, 1, (target * WAD * 99) / (SALE_SUPPLY * 100));
        uint256 virtualFlock = BondingCurve.virtualFlockFor(target, price);
        assertLe(virtualFlock, 99 * target);
        assertGe(virtualFlock, (SALE_SUPPLY * price) / WAD);
    }

    function testFuzz_VirtualFlock_RefusesInfeasibleTerms(uint256 target, uint256 price) external {
        FormulaHarness formulas = FormulaHarness(deployCode("FormulaHarness"));
        target = _bound(target, 1, MAX_TARGET);
        price = _bound(price, (target * WAD + SALE_SUPPLY - 1) / SALE_SUPPLY, type(uint128).max);
        vm.expectRevert(abi.encodeWithSelector(BondingCurve.BondingCurve_Infeasible.selector, target, price));
        formulas.virtualFlockFor(target, price);
    }
}
