// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, PRICED_UNITS} from "../../shared/Units.sol";

/// @notice How what users paid is divided.
/// @param opex To the compute provider [USDC units].
/// @param flockBuyback To buy back FLOCK [USDC units].
/// @param treasury To the treasury [USDC units].
/// @param issuer To the model's issuer [USDC units].
/// @param mtBuyback To buy back the model's MT [USDC units].
struct WaterfallParts {
    uint256 opex;
    uint256 flockBuyback;
    uint256 treasury;
    uint256 issuer;
    uint256 mtBuyback;
}

/// @title WaterfallSplit
/// @notice The revenue waterfall of section 3.5: compute cost first, then 30 / 30 / 30 / 10 of what is left. All parts round
/// down and the MT buyback gets the remainder, so they add up to what was paid.
library WaterfallSplit {
    /// @dev Parts of net revenue [bps]; the MT buyback gets the remainder, 30%.
    uint256 private constant FLOCK_BUYBACK_BPS = 3_000;
    uint256 private constant TREASURY_BPS = 3_000;
    uint256 private constant ISSUER_BPS = 1_000;

    /// @dev Divides `paid`.
    /// @param paid What users paid [USDC units].
    /// @param owed What the model owes its compute provider, with the cost of these units [USDC units · 1e6].
    /// @return parts The parts.
    /// @return stillOwed What is not covered, with the remainder of the division [USDC units · 1e6].
    function divide(uint256 paid, uint256 owed) internal pure returns (WaterfallParts memory parts, uint256 stillOwed) {
        parts.opex = Math.min(paid, owed / PRICED_UNITS);
        stillOwed = owed - parts.opex * PRICED_UNITS;
        uint256 net = paid - parts.opex;
        parts.flockBuyback = (net * FLOCK_BUYBACK_BPS) / BPS;
        parts.treasury = (net * TREASURY_BPS) / BPS;
        parts.issuer = (net * ISSUER_BPS) / BPS;
        parts.mtBuyback = net - parts.flockBuyback - parts.treasury - parts.issuer;
    }
}
