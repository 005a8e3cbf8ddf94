// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, COST_COVER_BPS, PRICED_UNITS} from "../../shared/Units.sol";

/// @notice Amounts for the four seats that share net revenue.
/// @param flockBuyback To buy back FLOCK [USDC units].
/// @param treasury To the treasury [USDC units].
/// @param issuer To the model's issuer [USDC units].
/// @param mtBuyback To buy back the model's MT [USDC units].
struct NetParts {
    uint256 flockBuyback;
    uint256 treasury;
    uint256 issuer;
    uint256 mtBuyback;
}

/// @title WaterfallSplit
/// @notice The revenue waterfall of section 3.5: compute cost first, then 30 / 30 / 30 / 10 of what is left. Compute cost is
/// worked out for every row of a settlement by itself, so that it makes no difference which rows are settled together
/// (decision 44). How usage is divided into vouchers does make one: a row that pays much for few units leaves little of its
/// payment to another one that pays little for many.
library WaterfallSplit {
    /// @dev Parts of net revenue [bps]; the MT buyback gets the remainder, 30%.
    uint256 private constant FLOCK_BUYBACK_BPS = 3_000;
    uint256 private constant TREASURY_BPS = 3_000;
    uint256 private constant ISSUER_BPS = 1_000;

    /// @dev Compute cost of a row [USDC units], rounded down: what its units cost, but at most its payment divided by 1.1. So
    /// every row leaves net revenue.
    /// @param paid What the row pays [USDC units].
    /// @param units Its units of inference [units].
    /// @param costPerMillion Compute cost of a million units [USDC units].
    function computeCost(uint256 paid, uint256 units, uint256 costPerMillion) internal pure returns (uint256) {
        return Math.min((units * costPerMillion) / PRICED_UNITS, (paid * BPS) / COST_COVER_BPS);
    }

    /// @dev Divides net revenue. All parts round down and the MT buyback gets the remainder, so they add up to it.
    /// @param net What is left of payments after compute cost [USDC units].
    function divide(uint256 net) internal pure returns (NetParts memory parts) {
        parts.flockBuyback = (net * FLOCK_BUYBACK_BPS) / BPS;
        parts.treasury = (net * TREASURY_BPS) / BPS;
        parts.issuer = (net * ISSUER_BPS) / BPS;
        parts.mtBuyback = net - parts.flockBuyback - parts.treasury - parts.issuer;
    }
}
