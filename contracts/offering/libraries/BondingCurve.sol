// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {SALE_SUPPLY, WAD} from "../../shared/Units.sol";

/// @title BondingCurve
/// @notice The constant-product curve with virtual reserves of section 3.3, in closed form.
///
/// With S tokens for sale, target G and first price P0, the reserves of the paper are
///
///     y0 = G S / (G - S P0)        x0 = P0 y0 = G S P0 / (G - S P0)
///
/// and after a raise of D the curve has sold S(D) = y0 D / (x0 + D). With y0 = S (x0 + G) / G, only x0 has to be stored, and
/// the formula is exact at both ends however x0 was rounded:
///
///     S(D) = S D (x0 + G) / (G (x0 + D))         S(0) = 0, S(G) = S
///
/// In the code x0 is `virtualFlock`, y0 is `virtualMt`, G is `target` and D is `raised`. Amounts are in wei and prices in
/// WAD. Callers make sure that 0 < G <= 5e26, x0 <= 99 G and D <= G. Then every product is below 2^256, or is calculated
/// with 512 bits by `mulDiv`.
library BondingCurve {
    /// @notice The target is not more than what the whole sale would bring at its first price, G <= S P0; or the first price
    /// is so close to zero that the virtual reserve is zero.
    /// @param target The most that the raise can bring, G in the paper [FLOCK wei].
    /// @param startPriceWad P0 [WAD, FLOCK per MT].
    error BondingCurve_Infeasible(uint256 target, uint256 startPriceWad);

    /// @dev x0, the virtual FLOCK reserve [FLOCK wei], rounded down (section 3.3.2).
    function virtualFlockFor(uint256 target, uint256 startPriceWad) internal pure returns (uint256 virtualFlock) {
        uint256 atFirstPrice = SALE_SUPPLY * startPriceWad;
        require(target * WAD > atFirstPrice, BondingCurve_Infeasible(target, startPriceWad));
        virtualFlock = Math.mulDiv(target, atFirstPrice, target * WAD - atFirstPrice);
        require(virtualFlock != 0, BondingCurve_Infeasible(target, startPriceWad));
    }

    /// @dev y0, the virtual MT reserve [MT wei], rounded down (section 3.3.2). It is only shown: no payment depends on it.
    function virtualMt(uint256 target, uint256 virtualFlock) internal pure returns (uint256) {
        return Math.mulDiv(SALE_SUPPLY, virtualFlock + target, target);
    }

    /// @dev S(D), the tokens that are sold when `raised` has come in [MT wei]. It rounds down, so that a buyer never gets more
    /// than the curve gives. Differences of such values add up, so it does not matter how a purchase is cut into pieces.
    function soldAt(uint256 target, uint256 virtualFlock, uint256 raised) internal pure returns (uint256) {
        // With the bounds above every product is below 2^256. Every purchase calculates this.
        unchecked {
            return Math.mulDiv(SALE_SUPPLY * raised, virtualFlock + target, target * (virtualFlock + raised));
        }
    }

    /// @dev D, what must come in so that `sold` tokens are sold [FLOCK wei]. It rounds up, so that a buyer never pays less
    /// than the curve asks. D(S) = G exactly.
    function raisedAt(uint256 target, uint256 virtualFlock, uint256 sold) internal pure returns (uint256) {
        // As above; S (x0 + G) - s G >= S x0 for every s <= S.
        unchecked {
            uint256 soldTimesTarget = sold * target;
            return
                Math.mulDiv(
                    soldTimesTarget,
                    virtualFlock,
                    SALE_SUPPLY * (virtualFlock + target) - soldTimesTarget,
                    Math.Rounding.Ceil
                );
        }
    }

    /// @dev P(D) = (x0 + D)^2 / (x0 y0), the marginal price [WAD], rounded down. It is only shown: no payment depends on it.
    function priceAt(uint256 target, uint256 virtualFlock, uint256 raised) internal pure returns (uint256) {
        uint256 x = virtualFlock + raised;
        uint256 ratio = Math.mulDiv(x * x, WAD * WAD, virtualFlock * (virtualFlock + target));
        return Math.mulDiv(ratio, target, SALE_SUPPLY * WAD);
    }
}
