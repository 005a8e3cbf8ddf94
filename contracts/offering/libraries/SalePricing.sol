// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOfferingPurchases} from "../interfaces/IOfferingPurchases.sol";
import {IOfferingState} from "../interfaces/IOfferingState.sol";
import {CurveFill, Fill, Sale} from "./CurveFill.sol";

/// @title SalePricing
/// @notice What a purchase in an open sale costs and yields, or why it is refused. The offering executes purchases with it
/// and the lens quotes them with it, so a quote and a purchase cannot differ.
library SalePricing {
    /// @dev The purchase that an exact payment makes.
    /// @param flockIn The payment, with the fee [FLOCK wei].
    function exactIn(Sale memory sale, uint256 flockIn) internal pure returns (Fill memory fill) {
        require(flockIn != 0, IOfferingPurchases.Offering_ZeroAmount());
        fill = CurveFill.exactIn(sale, flockIn);
        require(fill.mtOut != 0, IOfferingState.Offering_YieldsNothing(flockIn));
    }

    /// @dev The purchase that yields an exact amount, or all that is left.
    /// @param mtOut The amount [MT wei].
    function exactOut(Sale memory sale, uint256 mtOut) internal pure returns (Fill memory) {
        require(mtOut != 0, IOfferingPurchases.Offering_ZeroAmount());
        return CurveFill.exactOut(sale, mtOut);
    }
}
