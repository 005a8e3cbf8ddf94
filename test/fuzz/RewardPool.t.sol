// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Release, RewardPool, Sources} from "../../contracts/emissions/libraries/RewardPool.sol";
import {Pool, Reward} from "../../contracts/emissions/types/EmissionTypes.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of what a pool gets and of what usage weighs, for all amounts that fit their slots, of every order of
/// magnitude.
contract RewardPoolFuzzTest is CurveBounds {
    uint256 private constant MOST = type(uint128).max;
    /// @dev The most that a pair holds of a token.
    uint256 private constant MAX_RESERVE = type(uint112).max;
    uint256 private constant MAX_SPEND = type(uint96).max;

    /// @dev Sections 4.5 and 4.7: of 20,000 FLOCK 18,000 are for users. An allowance of 100,000 lets through half of it: all of
    /// the fund, MT worth 25,000 FLOCK at the opening price of an eighth of one, and the emission.
    function test_Release_ThePapersExample() external pure {
        assertEq(RewardPool.issuerBonus(20_000e18), 2_000e18);
        Release memory released = RewardPool.release(
            Sources({fund: 7_000e18, reserve: 200_000e18, emission: 19_000e18, allowance: 100_000e18, price: 0.125e18})
        );
        assertEq(released.fund, 7_000e18);
        assertEq(released.reserve, 200_000e18);
        assertEq(released.emission, 18_000e18);
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

    /// @dev All three together are worth at most half of the allowance; what could still be released is not even a wei of
    /// FLOCK, or of MT.
    function testFuzz_Release_IsWorthHalfOfTheAllowanceAtMost(Sources memory sources) external pure {
        _bind(sources);
        Release memory released = RewardPool.release(sources);
        uint256 worth = released.fund + released.emission + RewardPool.worthOf(released.reserve, sources.price);
        assertLe(worth, sources.allowance / 2);
        if (released.emission < sources.emission) assertEq(worth, sources.allowance / 2);
    }

    /// @dev The model's own money first: no MT before all of the fund, and no emission while there is MT that fits.
    function testFuzz_Release_IsInOrder(Sources memory sources) external pure {
        _bind(sources);
        Release memory released = RewardPool.release(sources);
        if (released.fund < sources.fund) assertEq(released.reserve + released.emission, 0);
        if (released.emission != 0 && released.reserve < sources.reserve) {
            uint256 oneMore = released.fund + RewardPool.worthOf(released.reserve + 1, sources.price);
            assertGt(oneMore, sources.allowance / 2);
        }
    }

    function testFuzz_Release_IsNothingWithoutAnAllowance(Sources memory sources) external pure {
        _bind(sources);
        sources.allowance = 0;
        Release memory released = RewardPool.release(sources);
        assertEq(released.emission + released.fund + released.reserve, 0);
    }

    /// @dev Two closings release no more worth than one with both allowances, and at most a wei, and the worth of a wei of
    /// MT, less of it.
    function testFuzz_Release_InTwoStepsGainsNothing(Sources memory sources, uint256 second) external pure {
        _bind(sources);
        uint256 whole = sources.allowance;
        uint256 atOnce = _worth(RewardPool.release(sources), sources.price);
        second = _boundMagnitude(second, 0, whole);
        sources.allowance = whole - second;
        Release memory first = RewardPool.release(sources);
        sources.fund -= first.fund;
        sources.reserve -= first.reserve;
        sources.emission -= first.emission;
        sources.allowance = second;
        Release memory then = RewardPool.release(sources);
        uint256 inTwo = _worth(first, sources.price) + _worth(then, sources.price);
        assertLe(inTwo, atOnce + 1);
        assertLe(atOnce, inTwo + 3 + sources.price / 1e18);
    }

    /// @dev A user's reward is worth at most what its own net revenue may earn, whatever it weighs.
    function testFuzz_Earned_IsWorthAtMostTheOwnAllowance(Pool memory pool, uint256 weight, uint256 net) external pure {
        (weight, net) = _bindPool(pool, weight, net);
        (Reward memory earned, Reward memory cut) = RewardPool.earnedOf(pool, weight, net, 1e6);
        uint256 max = RewardPool.allowanceOf(net, pool.cap, 1e6);
        assertLe(earned.flock + RewardPool.worthOf(earned.mt, pool.price), max);
        uint256 partFlock = Math.mulDiv(pool.flock, weight, pool.weight);
        uint256 partMt = Math.mulDiv(pool.mt, weight, pool.weight);
        assertEq(uint256(earned.flock) + cut.flock, partFlock);
        assertEq(uint256(earned.mt) + cut.mt, partMt);
        if (partFlock + RewardPool.worthOf(partMt, pool.price) <= max) assertEq(uint256(cut.flock) + cut.mt, 0);
    }

    /// @dev FLOCK and MT are cut alike, to a wei.
    function testFuzz_Earned_IsCutAlike(Pool memory pool, uint256 weight, uint256 net) external pure {
        (weight, net) = _bindPool(pool, weight, net);
        (Reward memory earned, Reward memory cut) = RewardPool.earnedOf(pool, weight, net, 1e6);
        uint256 flock = uint256(earned.flock) + cut.flock;
        uint256 mt = uint256(earned.mt) + cut.mt;
        if (cut.flock == 0 && cut.mt == 0) return;
        assertLe(uint256(earned.flock) * mt, (uint256(earned.mt) + 1) * flock);
        assertLe(uint256(earned.mt) * flock, (uint256(earned.flock) + 1) * mt);
    }

    /// @dev Who weighs up to twice the average of its net revenue is never cut: a pool holds half of what all may earn.
    function testFuzz_Earned_IsNotCutUpToTwiceTheAverage(
        Sources memory sources,
        uint256 others,
        uint256 net
    ) external pure {
        _bind(sources);
        net = _boundMagnitude(net, 1, MAX_SPEND);
        others = _boundMagnitude(others, 0, MAX_SPEND);
        uint72 cap = uint72(_boundMagnitude(sources.allowance, 0, 1_000e18));
        sources.allowance = RewardPool.allowanceOf(net + others, cap, 1e6);
        Release memory released = RewardPool.release(sources);
        Pool memory pool = Pool({
            flock: uint128(released.fund + released.emission),
            mt: uint128(released.reserve),
            weight: uint104(net + others),
            price: uint80(sources.price),
            cap: cap
        });
        uint256 weight = 2 * net < net + others ? 2 * net : net + others;
        (, Reward memory cut) = RewardPool.earnedOf(pool, weight, net, 1e6);
        // Worth rounds up and what may be earned down: that is worth some wei.
        assertLe(cut.flock + RewardPool.worthOf(cut.mt, pool.price), 4);
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
        sources.reserve = _boundMagnitude(sources.reserve, 0, MAX_RESERVE);
        sources.allowance = _boundMagnitude(sources.allowance, 0, MOST);
        sources.price = _boundMagnitude(sources.price, 1, type(uint80).max);
    }

    function _bindPool(Pool memory pool, uint256 weight, uint256 net) private pure returns (uint256, uint256) {
        pool.flock = uint128(_boundMagnitude(pool.flock, 0, MAX_RESERVE));
        pool.mt = uint128(_boundMagnitude(pool.mt, 0, MAX_RESERVE));
        pool.weight = uint104(_boundMagnitude(pool.weight, 1, MAX_SPEND));
        pool.price = uint80(_boundMagnitude(pool.price, 1, type(uint80).max));
        pool.cap = uint72(_boundMagnitude(pool.cap, 0, 1_000e18));
        return (_boundMagnitude(weight, 1, pool.weight), _boundMagnitude(net, 1, MAX_SPEND));
    }

    function _worth(Release memory released, uint256 price) private pure returns (uint256) {
        return released.fund + released.emission + RewardPool.worthOf(released.reserve, price);
    }

    /// @dev Half of the spends are near the largest discount, where the two bounds of a weight meet.
    function _boundSpend(uint256 list, uint256 paid) private pure returns (uint256, uint256) {
        list = _boundMagnitude(list, 0, MAX_SPEND);
        if (paid % 2 == 0) return (list, _boundMagnitude(paid >> 1, 0, MAX_SPEND));
        uint256 min = (list * 7) / 10;
        return (list, _bound(paid, min < 10 ? 0 : min - 10, min + 10));
    }
}
