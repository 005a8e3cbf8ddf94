// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, WAD} from "../../shared/Units.sol";

/// @title Discount
/// @notice The discount of section 3.6: min(X', stake / circulating · M).
library Discount {
    /// @dev The discount [WAD], rounded down.
    /// @param stake What counts of the user's stake [MT wei].
    /// @param circulating The circulating supply [MT wei]; if it is 0, there is no discount.
    /// @param multiplier M.
    /// @param capBps X' [bps].
    function rateOf(
        uint256 stake,
        uint256 circulating,
        uint256 multiplier,
        uint256 capBps
    ) internal pure returns (uint256) {
        if (circulating == 0) return 0;
        return Math.min((capBps * WAD) / BPS, (stake * multiplier * WAD) / circulating);
    }
}
