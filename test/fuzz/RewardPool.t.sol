// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Release, RewardPool, Sources} from "../../contracts/emissions/libraries/RewardPool.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of what a pool gets and of what usage weighs, for all amounts that fit their slots, of every order of
/// magnitude.
contract RewardPoolFuzzTest is CurveBounds {
    uint256 private constant MOST = type(uint128).max;
    /// @dev The most that a pair holds of a token.
    uint256 private constant MAX_RESERVE = type(uint112).max;
    uint256 private constant MAX_SPEND = type(uint96).max;

    /// @dev Sections 4.5 and 4.7: of 20,000 FLOCK 18,000 are for users. A pool that opened with 25,000 FLOCK and 200,000 MT releases
    /// 8 MT for each FLOCK of the allowance.
    function test_Release_ThePapersExample() external pure {
        assertEq(RewardPool.issuerBonus(20_000e18), 2_000e18);
        Release memory released = RewardPool.release(
            Sources({
                emission: 18_000e18,
                fund: 5_000e18,
                reserve: 300_000e18,
                allowance: 20_000e18,
                openingFlock: 25_000e18,
                openingMt: 200_000e18
            })
        );
        assertEq(released.emission, 18_000e18);
        assertEq(released.fund, 2_000e18);
        assertEq(released.reserve, 160_000e18);
    }

    /// @dev Rounded down, so that the users' part, which is the remainder, is never below nine tenths.
    function testFuzz_IssuerBonus_IsATenthAndTheRestIsForUsers(uint256 emission) external pure {
        emission = _boundMagnitude(emission, 0, MOST);
        uint256 bonus = RewardPool.issuerBonus(emission);
        assertLe(10 * bonus, emission);
        assertLt(emission, 10 * (bonus + 1));
        assertGe(10 * (emission - bonus), 9 * emission);
    }

    function testFuzz_Release_IsNoMoreThanThereIs(Sources memory sources) external pure {
        _bind(sources);
        Release memory released = RewardPool.release(sources);
        assertLe(released.emission, sources.emission);
        assertLe(released.fund, sources.fund);
        assertLe(released.reserve, sources.reserve);
    }

    /// @dev As much FLOCK as there is and the allowance lets through; of the fund nothing before all of the emission.
    function testFuzz_Release_FlockUpToTheAllowanceAndEmissionFirst(Sources memory sources) external pure {
        _bind(sources);
        Release memory released = RewardPool.release(sources);
        uint256 there = sources.emission + sources.fund;
        assertEq(released.emission + released.fund, there < sources.allowance ? there : sources.allowance);
        if (released.fund != 0) assertEq(released.emission, sources.emission);
    }

    /// @dev What is released of the reserve is worth no more than the allowance at the price at which the pool opened; one
    /// wei more would be, unless that is all there is.
    function testFuzz_Release_MtUpToTheAllowanceAtTheOpeningPrice(Sources memory sources) external pure {
        _bind(sources);
        uint256 reserve = RewardPool.release(sources).reserve;
        uint256 max = sources.allowance * sources.openingMt;
        assertLe(reserve * sources.openingFlock, max);
        if (reserve < sources.reserve) assertGt((reserve + 1) * sources.openingFlock, max);
    }

    function testFuzz_Release_IsNothingWithoutAnAllowance(Sources memory sources) external pure {
        _bind(sources);
        sources.allowance = 0;
        Release memory released = RewardPool.release(sources);
        assertEq(released.emission + released.fund + released.reserve, 0);
    }

    /// @dev FLOCK and MT do not stand in for each other: what there is of one changes nothing in the other.
    function testFuzz_Release_KeepsFlockAndMtApart(
        Sources memory sources,
        uint256 emission,
        uint256 fund,
        uint256 reserve
    ) external pure {
        _bind(sources);
        Release memory released = RewardPool.release(sources);
        (uint256 ofEmission, uint256 ofFund) = (sources.emission, sources.fund);
        sources.emission = _boundMagnitude(emission, 0, MOST);
        sources.fund = _boundMagnitude(fund, 0, MOST);
        assertEq(RewardPool.release(sources).reserve, released.reserve);
        (sources.emission, sources.fund) = (ofEmission, ofFund);
        sources.reserve = _boundMagnitude(reserve, 0, MOST);
        Release memory other = RewardPool.release(sources);
        assertEq(other.emission, released.emission);
        assertEq(other.fund, released.fund);
    }

    /// @dev Two closings release the same FLOCK of each source as one with both allowances, and a wei of MT less at most.
    function testFuzz_Release_InTwoStepsGainsNothing(Sources memory sources, uint256 second) external pure {
        _bind(sources);
        uint256 whole = sources.allowance;
        Release memory atOnce = RewardPool.release(sources);
        second = _boundMagnitude(second, 0, whole);
        sources.allowance = whole - second;
        Release memory first = RewardPool.release(sources);
        sources.emission -= first.emission;
        sources.fund -= first.fund;
        sources.reserve -= first.reserve;
        sources.allowance = second;
        Release memory then = RewardPool.release(sources);
        assertEq(first.emission + then.emission, atOnce.emission);
        assertEq(first.fund + then.fund, atOnce.fund);
        assertLe(first.reserve + then.reserve, atOnce.reserve);
        assertLe(atOnce.reserve, first.reserve + then.reserve + 1);
    }

    /// @dev min(list, paid / (1 - X)), rounded down, checked by multiplication.
    function testFuzz_Weight_IsTheListSpendThatThePaidSpendStandsFor(uint256 list, uint256 paid) external pure {
        (list, paid) = _boundSpend(list, paid);
        uint256 weight = RewardPool.weightOf(list, paid);
        assertLe(weight, list);
        assertLe(weight * 7, paid * 10);
        if (weight < list) assertGt((weight + 1) * 7, paid * 10);
    }

    /// @dev Whatever keeps the largest discount weighs its whole list spend: nobody loses by a discount.
    function testFuzz_Weight_IsTheWholeListSpendWithinTheDiscount(uint256 list, uint256 paid) external pure {
        list = _boundMagnitude(list, 0, MAX_SPEND);
        uint256 min = (list * 7 + 9) / 10;
        paid = _bound(paid, min, list);
        assertEq(RewardPool.weightOf(list, paid), list);
        if (list != 0) assertLt(RewardPool.weightOf(list, min - 1), list);
    }

    /// @dev However use is divided among settlements, its parts weigh no more than the whole.
    function testFuzz_Weight_IsNotRaisedByDividing(
        uint256 list,
        uint256 paid,
        uint256 listPart,
        uint256 paidPart
    ) external pure {
        (list, paid) = _boundSpend(list, paid);
        (listPart, paidPart) = (_bound(listPart, 0, list), _bound(paidPart, 0, paid));
        uint256 parts = RewardPool.weightOf(listPart, paidPart) + RewardPool.weightOf(list - listPart, paid - paidPart);
        assertLe(parts, RewardPool.weightOf(list, paid));
    }

    function _bind(Sources memory sources) private pure {
        sources.emission = _boundMagnitude(sources.emission, 0, MOST);
        sources.fund = _boundMagnitude(sources.fund, 0, MOST);
        sources.reserve = _boundMagnitude(sources.reserve, 0, MOST);
        sources.allowance = _boundMagnitude(sources.allowance, 0, MOST);
        sources.openingFlock = _boundMagnitude(sources.openingFlock, 1, MAX_RESERVE);
        sources.openingMt = _boundMagnitude(sources.openingMt, 1, MAX_RESERVE);
    }

    /// @dev Half of the spends are near the largest discount, where the two bounds of a weight meet.
    function _boundSpend(uint256 list, uint256 paid) private pure returns (uint256, uint256) {
        list = _boundMagnitude(list, 0, MAX_SPEND);
        if (paid % 2 == 0) return (list, _boundMagnitude(paid >> 1, 0, MAX_SPEND));
        uint256 min = (list * 7) / 10;
        return (list, _bound(paid, min < 10 ? 0 : min - 10, min + 10));
    }
}
