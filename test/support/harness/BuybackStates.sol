// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bucket, LeakyBucket} from "../../../contracts/buyback/libraries/LeakyBucket.sol";
import {PairMath} from "../../../contracts/buyback/libraries/PairMath.sol";
import {ManyStates} from "./ManyStates.sol";

/// @title BuybackStates
/// @notice The libraries of the buyback over many states.
contract BuybackStates is ManyStates {
    /// @notice amountIn, maxOut, reserveIn, reserveOut, feeBps
    function pairs(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 5, 2, _pair);
    }

    /// @notice level, at, capacity, refillDuration, time
    function buckets(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 5, 3, _bucket);
    }

    function _pair(uint256[] calldata s, uint256[] memory r) private pure {
        r[0] = PairMath.amountOut(s[0], s[2], s[3], s[4]);
        r[1] = PairMath.amountInFor(s[1], s[2], s[3], s[4]);
    }

    function _bucket(uint256[] calldata s, uint256[] memory r) private pure {
        Bucket memory bucket = Bucket({level: uint112(s[0]), at: uint40(s[1])});
        r[0] = LeakyBucket.levelOf(bucket, s[2], s[3], s[4]);
        r[1] = LeakyBucket.roomOf(bucket, s[2], s[3], s[4]);
        r[2] = LeakyBucket.emptyAt(bucket, s[2], s[3], s[4]);
    }
}
