// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BPS} from "../../shared/Units.sol";

/// @title PairMath
/// @notice What a constant-product pair gives for an input, and the other way round, as the pair itself computes it.
library PairMath {
    /// @dev What the pair gives for `amountIn`, rounded down.
    /// @param feeBps The pair's fee [bps].
    function amountOut(
        uint256 amountIn,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) internal pure returns (uint256) {
        uint256 afterFee = amountIn * (BPS - feeBps);
        return (afterFee * reserveOut) / (reserveIn * BPS + afterFee);
    }

    /// @dev An input for which the pair gives no more than `most`, rounded down; without bound if the pair holds no more.
    function amountInFor(
        uint256 most,
        uint256 reserveIn,
        uint256 reserveOut,
        uint256 feeBps
    ) internal pure returns (uint256) {
        if (most >= reserveOut) return type(uint256).max;
        return (reserveIn * most * BPS) / ((reserveOut - most) * (BPS - feeBps));
    }
}
