// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, MT_SUPPLY} from "../../shared/Units.sol";
import {OpeningMode} from "../types/OpeningMode.sol";

/// @notice Where the 1,000,000 MT go [MT wei].
/// @param claimable To the supporters.
/// @param pool Into the pool.
/// @param incentiveReserve To the reserve for rewards of usage; it vests.
/// @param issuer To the issuer: its allocation and the bundle; it vests.
/// @param treasury To the treasury; it vests.
/// @param burned What belongs to nobody and is burned.
struct MtSplit {
    uint256 claimable;
    uint256 pool;
    uint256 incentiveReserve;
    uint256 issuer;
    uint256 treasury;
    uint256 burned;
}

/// @notice Where the raised FLOCK goes [FLOCK wei].
/// @param protocol To the protocol; it vests.
/// @param stakingFund To the fund for rewards of usage; it vests.
/// @param pool Into the pool.
struct FlockSplit {
    uint256 protocol;
    uint256 stakingFund;
    uint256 pool;
}

/// @title GraduationSplit
/// @notice Divides the supply and the proceeds of a raise (sections 3.2 and 3.4). The parts of the supply are in proportion
/// to what was sold, 40 : 20 : 20 : 10 : 10. What a partial success does not need of the supply is burned (decision 2).
library GraduationSplit {
    /// @dev The protocol and the staking fund get 25% of the raise each; the pool gets the remainder [bps].
    uint256 private constant VESTING_PART_BPS = 2_500;

    /// @dev The parts of the supply. All round down and the remainder is burned, so they add up to 1,000,000 MT.
    /// @param sold What the curve has sold, with the bundle; S(D) in the paper [MT wei].
    /// @param bundleMt The issuer's bundle [MT wei].
    /// @param poolMt What goes into the pool [MT wei].
    function ofSupply(uint256 sold, uint256 bundleMt, uint256 poolMt) internal pure returns (MtSplit memory split) {
        split.claimable = sold - bundleMt;
        split.pool = poolMt;
        split.incentiveReserve = sold / 2;
        split.issuer = sold / 4 + bundleMt;
        split.treasury = sold / 4;
        split.burned = MT_SUPPLY - split.claimable - poolMt - split.incentiveReserve - split.issuer - split.treasury;
    }

    /// @dev The parts of the raise. The pool gets the remainder, so they add up to `raised`.
    function ofProceeds(uint256 raised) internal pure returns (FlockSplit memory split) {
        split.protocol = (raised * VESTING_PART_BPS) / BPS;
        split.stakingFund = split.protocol;
        split.pool = raised - split.protocol - split.stakingFund;
    }

    /// @dev MT that go into the pool with half of the raise [MT wei], rounded down (decision 3).
    ///
    /// `AveragePrice`: the pool opens at the average price of the raise, D / sold = (D / 2) / (sold / 2).
    /// `CurvePrice`: it opens at the last price of the curve, P(D). MT = (D / 2) / P(D) = sold x0 / (2 (x0 + D)).
    function openingMt(
        OpeningMode mode,
        uint256 sold,
        uint256 virtualFlock,
        uint256 raised
    ) internal pure returns (uint256) {
        if (mode == OpeningMode.CurvePrice) return Math.mulDiv(sold, virtualFlock, 2 * (virtualFlock + raised));
        return sold / 2;
    }
}
