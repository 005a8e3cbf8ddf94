// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SALE_SUPPLY, WAD} from "../../shared/Units.sol";
import {IRealModelOffering, LaunchTerms} from "../interfaces/IRealModelOffering.sol";
import {BondingCurve} from "./BondingCurve.sol";

/// @title LaunchRules
/// @notice The bounds that hold for every launch, whatever the settings are (DESIGN, decision 4).
library LaunchRules {
    /// @dev The shortest, usual and longest sale [s].
    uint256 internal constant MIN_SALE_DURATION = 1 days;
    uint256 internal constant DEFAULT_SALE_DURATION = 7 days;
    uint256 internal constant MAX_SALE_DURATION = 30 days;

    /// @dev The largest target [FLOCK wei]. Half of FLOCK's supply of 1e27 wei; with it every reserve, the virtual ones
    /// and a payment at the highest fee included, stays below 2^96 and far below the pair's 2^112.
    uint256 internal constant MAX_TARGET = 5e26;

    /// @dev The minimum is at least the target divided by this.
    uint256 internal constant MIN_MINIMUM_DIVISOR = 4;

    /// @dev S P0 / G lies between these [percent]: a sale that begins nearly free is a gift to its first buyer, and at
    /// G = S P0 the curve is undefined (section 3.3.2).
    uint256 internal constant MIN_START_PRICE_PERCENT = 50;
    uint256 internal constant MAX_START_PRICE_PERCENT = 99;
    uint256 private constant PERCENT = 100;

    /// @dev The longest name or symbol [bytes]: what fits one slot.
    uint256 internal constant MAX_TEXT_LENGTH = 31;

    /// @dev Checks the terms and derives from them the virtual reserve [FLOCK wei] and the sale's duration [s].
    function check(LaunchTerms calldata terms) internal pure returns (uint256 x0, uint256 saleDuration) {
        _checkText(terms.name);
        _checkText(terms.symbol);
        require(
            terms.metadataHash != 0 && bytes(terms.metadataUri).length != 0,
            IRealModelOffering.Offering_MetadataMissing()
        );

        saleDuration = terms.saleDuration == 0 ? DEFAULT_SALE_DURATION : terms.saleDuration;
        require(
            saleDuration >= MIN_SALE_DURATION && saleDuration <= MAX_SALE_DURATION,
            IRealModelOffering.Offering_BadDuration(saleDuration, MIN_SALE_DURATION, MAX_SALE_DURATION)
        );

        uint256 target = terms.target;
        require(target != 0 && target <= MAX_TARGET, IRealModelOffering.Offering_BadTarget(target, MAX_TARGET));
        uint256 minimum = terms.minimumRaise;
        require(
            minimum * MIN_MINIMUM_DIVISOR >= target && minimum <= target,
            IRealModelOffering.Offering_BadMinimum(
                minimum,
                (target + MIN_MINIMUM_DIVISOR - 1) / MIN_MINIMUM_DIVISOR,
                target
            )
        );

        x0 = BondingCurve.virtualFlock(target, terms.startPriceWad);
        uint256 saleAtStartPrice = SALE_SUPPLY * terms.startPriceWad;
        require(
            saleAtStartPrice * PERCENT >= target * WAD * MIN_START_PRICE_PERCENT &&
                saleAtStartPrice * PERCENT <= target * WAD * MAX_START_PRICE_PERCENT,
            IRealModelOffering.Offering_BadStartPrice(
                saleAtStartPrice / WAD,
                (target * MIN_START_PRICE_PERCENT) / PERCENT,
                (target * MAX_START_PRICE_PERCENT) / PERCENT
            )
        );
    }

    function _checkText(string calldata text) private pure {
        uint256 length = bytes(text).length;
        require(length != 0 && length <= MAX_TEXT_LENGTH, IRealModelOffering.Offering_BadTextLength(text, length));
    }
}
