// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BPS} from "../../shared/Units.sol";

/// @title PairMath
/// @notice What a Uniswap v2 pair gives for an input, as the pair itself computes it, and the inverse of that.
library PairMath {
    /// @dev What the pair gives for `amountIn` [wei of the output token], rounded down.
    /// @param feeBps Fee of the pair [bps].
    function amountOut(
        uint256 amountIn,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) internal pure returns (uint256) {
        uint256 afterFee = amountIn * (BPS - feeBps);
        return (afterFee * reserveOut) / (reserveIn * BPS + afterFee);
    }

    /// @dev The largest input for which the pair gives at most `maxOut` [wei of the input token], rounded down. If the pair
    /// holds no more than `maxOut`, every input does; then it is the largest number.
    function amountInFor(
        uint256 maxOut,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) internal pure returns (uint256) {
        if (maxOut >= reserveOut) return type(uint256).max;
        return (reserveIn * maxOut * BPS) / ((reserveOut - maxOut) * (BPS - feeBps));
    }
}
