// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS} from "../../shared/Units.sol";

/// @notice How one settlement divides what users paid [USDC units].
/// @param opex To the compute provider.
/// @param flockBuyback To buy back FLOCK.
/// @param treasury To the treasury.
/// @param issuer To the model's issuer.
/// @param mtBuyback To buy back the model's MT.
struct WaterfallParts {
    uint256 opex;
    uint256 flockBuyback;
    uint256 treasury;
    uint256 issuer;
    uint256 mtBuyback;
}

/// @title WaterfallSplit
/// @notice The revenue waterfall of section 3.5: compute cost first, then 30 / 30 / 30 / 10 of what is left. The parts add
/// up to what was paid: all round down and the MT buyback is the remainder.
library WaterfallSplit {
    /// @dev Compute costs are stated for this many units.
    uint256 internal constant COST_UNITS = 1e6;

    uint256 private constant FLOCK_BUYBACK_BPS = 3_000;
    uint256 private constant TREASURY_BPS = 3_000;
    uint256 private constant ISSUER_BPS = 1_000;

    /// @dev Divides `paid`.
    /// @param paid What users paid [USDC units].
    /// @param owed What the model owes its provider, these units included [USDC units · 1e6].
    /// @return parts The parts.
    /// @return stillOwed What is not covered, the division's remainder too [USDC units · 1e6].
    function divide(uint256 paid, uint256 owed) internal pure returns (WaterfallParts memory parts, uint256 stillOwed) {
        parts.opex = Math.min(paid, owed / COST_UNITS);
        stillOwed = owed - parts.opex * COST_UNITS;
        uint256 net = paid - parts.opex;
        parts.flockBuyback = (net * FLOCK_BUYBACK_BPS) / BPS;
        parts.treasury = (net * TREASURY_BPS) / BPS;
        parts.issuer = (net * ISSUER_BPS) / BPS;
        parts.mtBuyback = net - parts.flockBuyback - parts.treasury - parts.issuer;
    }
}
