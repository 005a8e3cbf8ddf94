// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Bounds} from "../../shared/libraries/Bounds.sol";
import {MAX_TARGET, SALE_SUPPLY, WAD} from "../../shared/Units.sol";
import {IOfferingLaunch} from "../interfaces/IOfferingLaunch.sol";
import {LaunchTerms} from "../types/OfferingTypes.sol";
import {BondingCurve} from "./BondingCurve.sol";

/// @title LaunchRules
/// @notice Bounds of every launch, whatever the settings are (decision 4).
library LaunchRules {
    /// @dev The shortest, the usual and the longest sale [s].
    uint256 internal constant MIN_SALE_DURATION = 1 days;
    uint256 internal constant DEFAULT_SALE_DURATION = 7 days;
    uint256 internal constant MAX_SALE_DURATION = 30 days;

    /// @dev The smallest minimum of a raise is its target divided by this.
    uint256 internal constant MIN_MINIMUM_DIVISOR = 4;

    /// @dev S P0, what the whole sale would bring at the first price, must be between these parts of G [percent]. If the
    /// first price is nearly zero, the first buyer gets a gift. If S P0 = G, the curve is undefined (section 3.3.2).
    uint256 internal constant MIN_START_PRICE_PERCENT = 50;
    uint256 internal constant MAX_START_PRICE_PERCENT = 99;
    uint256 private constant PERCENT = 100;

    /// @dev The highest start price [WAD]: with it, the whole sale would bring the largest target.
    uint256 internal constant MAX_START_PRICE = (MAX_TARGET * WAD) / SALE_SUPPLY;

    /// @dev Checks the terms, except for what the registry checks: names, tier and price.
    /// @return virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
    /// @return saleDuration How long the sale lasts [s].
    function check(LaunchTerms calldata terms) internal pure returns (uint256 virtualFlock, uint256 saleDuration) {
        require(
            terms.identity.metadataHash != 0 && bytes(terms.metadataUri).length != 0,
            IOfferingLaunch.Offering_MetadataMissing(terms.identity.metadataHash, terms.metadataUri)
        );

        saleDuration = terms.saleDuration == 0 ? DEFAULT_SALE_DURATION : terms.saleDuration;
        Bounds.check("saleDuration", saleDuration, MIN_SALE_DURATION, MAX_SALE_DURATION);

        uint256 target = terms.target;
        Bounds.check("target", target, 1, MAX_TARGET);
        Bounds.check("minimumRaise", terms.minimumRaise, Math.ceilDiv(target, MIN_MINIMUM_DIVISOR), target);

        Bounds.check("startPriceWad", terms.startPriceWad, 0, MAX_START_PRICE);
        virtualFlock = BondingCurve.virtualFlockFor(target, terms.startPriceWad);
        Bounds.check(
            "saleAtStartPrice",
            (SALE_SUPPLY * terms.startPriceWad) / WAD, // SALE_SUPPLY is a multiple of WAD: nothing is rounded
            Math.ceilDiv(target * MIN_START_PRICE_PERCENT, PERCENT),
            (target * MAX_START_PRICE_PERCENT) / PERCENT
        );
    }
}
