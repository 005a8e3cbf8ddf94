// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DeploymentScore} from "../../../contracts/emissions/libraries/DeploymentScore.sol";
import {Release, RewardPool, Sources} from "../../../contracts/emissions/libraries/RewardPool.sol";
import {Pool, Reward} from "../../../contracts/emissions/types/EmissionTypes.sol";
import {NetParts, WaterfallSplit} from "../../../contracts/revenue/libraries/WaterfallSplit.sol";
import {Discount} from "../../../contracts/staking/libraries/Discount.sol";
import {UsageVoucher} from "../../../contracts/usage/libraries/UsageVoucher.sol";
import {LinearVesting} from "../../../contracts/vesting/libraries/LinearVesting.sol";
import {ManyStates} from "./ManyStates.sol";

/// @title UsageStates
/// @notice The libraries of vesting, discounts, usage and rewards over many states.
contract UsageStates is ManyStates {
    /// @notice total, start, time
    function vestings(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 3, 1, _vested);
    }

    /// @notice stake, circulating, multiplier, capBps
    function discounts(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 4, 1, _discount);
    }

    /// @notice units, list, paid, costPerMillion, amount, minimumPrice
    function rows(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 6, 12, _row);
    }

    /// @notice fund, reserve, emission, net, cap, price, usdcUnit
    function releases(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 7, 4, _release);
    }

    /// @notice flock, mt, weight, price, cap, ownWeight, ownNet, usdcUnit
    function rewards(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 8, 4, _reward);
    }

    /// @notice liveAt, time, emission: the age factor, the first moment after the epoch, and the issuer's bonus.
    function scores(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 3, 3, _score);
    }

    function _vested(uint256[] calldata s, uint256[] memory r) private pure {
        r[0] = LinearVesting.vested(s[0], s[1], s[2]);
    }

    function _discount(uint256[] calldata s, uint256[] memory r) private pure {
        r[0] = Discount.rateOf(s[0], s[1], s[2], s[3]);
    }

    function _row(uint256[] calldata s, uint256[] memory r) private pure {
        (uint256 units, uint256 list, uint256 paid, uint256 amount) = (s[0], s[1], s[2], s[4]);
        uint256 opex = WaterfallSplit.computeCost(paid, units, s[3]);
        NetParts memory parts = WaterfallSplit.divide(paid - opex);
        (r[0], r[1], r[2]) = (opex, parts.flockBuyback, parts.treasury);
        (r[3], r[4], r[5]) = (parts.issuer, parts.mtBuyback, RewardPool.weightOf(list, paid));
        r[6] = UsageVoucher.keepsPriceFloor(units, list, s[5]) ? 1 : 0;
        r[7] = UsageVoucher.keepsDiscountCap(list, paid) ? 1 : 0;
        r[8] = UsageVoucher.hasUnits(units, list) ? 1 : 0;
        (r[9], r[10]) = (UsageVoucher.portion(units, amount, paid), UsageVoucher.portion(list, amount, paid));
        r[11] = UsageVoucher.portion(opex, amount, paid);
    }

    function _release(uint256[] calldata s, uint256[] memory r) private pure {
        r[0] = RewardPool.allowanceOf(s[3], s[4], s[6]);
        Release memory released = RewardPool.release(
            Sources({fund: s[0], reserve: s[1], emission: s[2], allowance: r[0], price: s[5]})
        );
        (r[1], r[2], r[3]) = (released.fund, released.reserve, released.emission);
    }

    function _reward(uint256[] calldata s, uint256[] memory r) private pure {
        Pool memory pool = Pool({
            flock: uint128(s[0]),
            mt: uint128(s[1]),
            weight: uint104(s[2]),
            price: uint80(s[3]),
            cap: uint72(s[4])
        });
        (Reward memory earned, Reward memory cut) = RewardPool.earnedOf(pool, s[5], s[6], s[7]);
        (r[0], r[1], r[2], r[3]) = (earned.flock, earned.mt, cut.flock, cut.mt);
    }

    function _score(uint256[] calldata s, uint256[] memory r) private pure {
        uint256 epoch = DeploymentScore.epochOf(s[1]);
        r[0] = DeploymentScore.ageFactor(DeploymentScore.epochOf(s[0]), epoch);
        (r[1], r[2]) = (DeploymentScore.endOf(epoch), RewardPool.issuerBonus(s[2]));
    }
}
