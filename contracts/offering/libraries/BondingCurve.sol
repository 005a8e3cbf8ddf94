// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {SALE_SUPPLY, WAD} from "../../shared/Units.sol";

/// @title BondingCurve
/// @notice The constant-product curve with virtual reserves of section 3.3, in closed form.
///
/// With S tokens for sale, target G and first price P0, the paper's reserves are
///
///     y0 = G S / (G - S P0)        x0 = P0 y0 = G S P0 / (G - S P0)
///
/// and after a raise of D the curve has sold S(D) = y0 D / (x0 + D). Putting y0 = S (x0 + G) / G into it leaves one
/// stored reserve and a form that is exact at both ends:
///
///     S(D) = S D (x0 + G) / (G (x0 + D))         S(0) = 0, S(G) = S
///
/// whatever x0 was rounded to. Amounts are in wei, prices in WAD. Callers keep 0 < G <= 5e26, x0 <= 99 G and D <= G,
/// which keeps every intermediate product below 2^256 (or inside a 512-bit `mulDiv`).
library BondingCurve {
    /// @notice The target does not exceed what the sale would bring at its first price, G <= S P0, or the first price is
    /// so close to zero that no reserve is left. [FLOCK wei, WAD]
    error BondingCurve_Infeasible(uint256 target, uint256 startPriceWad);

    /// @dev x0, the virtual FLOCK reserve [FLOCK wei], rounded down (section 3.3.2).
    function virtualFlock(uint256 target, uint256 startPriceWad) internal pure returns (uint256 x0) {
        uint256 atFirstPrice = SALE_SUPPLY * startPriceWad;
        require(target * WAD > atFirstPrice, BondingCurve_Infeasible(target, startPriceWad));
        x0 = Math.mulDiv(target, atFirstPrice, target * WAD - atFirstPrice);
        require(x0 != 0, BondingCurve_Infeasible(target, startPriceWad));
    }

    /// @dev y0, the virtual MT reserve [MT wei], rounded down (section 3.3.2). For display: no payment depends on it.
    function virtualMt(uint256 target, uint256 x0) internal pure returns (uint256) {
        return Math.mulDiv(SALE_SUPPLY, x0 + target, target);
    }

    /// @dev S(D), the tokens sold when `raised` has come in [MT wei], rounded down so that a buyer never gets more than
    /// the curve gives; the differences of successive values add up, however a purchase is cut into pieces.
    function soldAt(uint256 target, uint256 x0, uint256 raised) internal pure returns (uint256) {
        // The bounds above keep every product below 2^256; this is on the path of every purchase.
        unchecked {
            return Math.mulDiv(SALE_SUPPLY * raised, x0 + target, target * (x0 + raised));
        }
    }

    /// @dev D, what must have come in for `sold` tokens to be sold [FLOCK wei], rounded up so that a buyer never pays
    /// less than the curve asks; D(S) = G exactly.
    function raisedAt(uint256 target, uint256 x0, uint256 sold) internal pure returns (uint256) {
        // As above; S (x0 + G) - s G >= S x0 for every s <= S.
        unchecked {
            uint256 soldTimesTarget = sold * target;
            return Math.mulDiv(soldTimesTarget, x0, SALE_SUPPLY * (x0 + target) - soldTimesTarget, Math.Rounding.Ceil);
        }
    }

    /// @dev P(D) = (x0 + D)^2 / (x0 y0), the marginal price [WAD], rounded down. For display: no payment depends on it.
    function priceAt(uint256 target, uint256 x0, uint256 raised) internal pure returns (uint256) {
        uint256 x = x0 + raised;
        uint256 ratio = Math.mulDiv(x * x, WAD * WAD, x0 * (x0 + target));
        return Math.mulDiv(ratio, target, SALE_SUPPLY * WAD);
    }
}
