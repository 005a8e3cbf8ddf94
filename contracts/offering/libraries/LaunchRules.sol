// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {MAX_TARGET, SALE_SUPPLY, WAD} from "../../shared/Units.sol";
import {IRealModelOffering, LaunchTerms} from "../interfaces/IRealModelOffering.sol";
import {BondingCurve} from "./BondingCurve.sol";

/// @title LaunchRules
/// @notice The bounds that hold for every launch, whatever the settings are (decision 4).
library LaunchRules {
    /// @dev The shortest, usual and longest sale [s].
    uint256 internal constant MIN_SALE_DURATION = 1 days;
    uint256 internal constant DEFAULT_SALE_DURATION = 7 days;
    uint256 internal constant MAX_SALE_DURATION = 30 days;

    /// @dev The minimum is at least the target divided by this.
    uint256 internal constant MIN_MINIMUM_DIVISOR = 4;

    /// @dev S P0 / G lies between these [percent]: a sale that begins nearly free is a gift to its first buyer, and at
    /// G = S P0 the curve is undefined (section 3.3.2).
    uint256 internal constant MIN_START_PRICE_PERCENT = 50;
    uint256 internal constant MAX_START_PRICE_PERCENT = 99;
    uint256 private constant PERCENT = 100;

    /// @dev The highest start price for which a target can exist [WAD]: that of the whole sale at the largest target.
    uint256 internal constant MAX_START_PRICE = (MAX_TARGET * WAD) / SALE_SUPPLY;

    /// @dev The longest name or symbol [bytes]: what fits one slot.
    uint256 internal constant MAX_TEXT_LENGTH = 31;

    /// @dev Checks the terms and derives from them the virtual reserve [FLOCK wei] and the sale's duration [s].
    function check(LaunchTerms calldata terms) internal pure returns (uint256 x0, uint256 saleDuration) {
        _checkText("name", terms.name);
        _checkText("symbol", terms.symbol);
        require(
            terms.metadataHash != 0 && bytes(terms.metadataUri).length != 0,
            IRealModelOffering.Offering_MetadataMissing(terms.metadataHash, terms.metadataUri)
        );

        saleDuration = terms.saleDuration == 0 ? DEFAULT_SALE_DURATION : terms.saleDuration;
        require(
            saleDuration >= MIN_SALE_DURATION && saleDuration <= MAX_SALE_DURATION,
            IRealModelOffering.Offering_BadDuration(saleDuration, MIN_SALE_DURATION, MAX_SALE_DURATION)
        );

        uint256 target = terms.target;
        require(target != 0 && target <= MAX_TARGET, IRealModelOffering.Offering_BadTarget(target, MAX_TARGET));
        uint256 minimum = terms.minimumRaise;
        uint256 leastMinimum = Math.ceilDiv(target, MIN_MINIMUM_DIVISOR);
        require(
            minimum >= leastMinimum && minimum <= target,
            IRealModelOffering.Offering_BadMinimum(minimum, leastMinimum, target)
        );

        uint256 startPrice = terms.startPriceWad;
        require(
            startPrice <= MAX_START_PRICE,
            IRealModelOffering.Offering_StartPriceTooHigh(startPrice, MAX_START_PRICE)
        );
        x0 = BondingCurve.virtualFlock(target, startPrice);
        uint256 share = SALE_SUPPLY * startPrice * PERCENT;
        require(
            share >= target * WAD * MIN_START_PRICE_PERCENT && share <= target * WAD * MAX_START_PRICE_PERCENT,
            IRealModelOffering.Offering_BadStartPrice(
                (SALE_SUPPLY * startPrice) / WAD,
                (target * MIN_START_PRICE_PERCENT) / PERCENT,
                (target * MAX_START_PRICE_PERCENT) / PERCENT
            )
        );
    }

    /// @dev A name or symbol has from 1 to 31 bytes.
    function _checkText(bytes32 field, string calldata text) private pure {
        uint256 length = bytes(text).length;
        require(
            length != 0 && length <= MAX_TEXT_LENGTH,
            IRealModelOffering.Offering_BadTextLength(field, length, MAX_TEXT_LENGTH)
        );
    }
}
