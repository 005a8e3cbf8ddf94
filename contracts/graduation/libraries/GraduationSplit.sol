// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {OpeningMode} from "../../offering/interfaces/IRealModelOffering.sol";
import {BPS, MT_SUPPLY} from "../../shared/Units.sol";

/// @notice Where the 1,000,000 MT go [MT wei].
/// @param claimable To the supporters.
/// @param pool Into the pool.
/// @param incentiveReserve To the reserve for usage rewards, vesting.
/// @param issuer To the issuer, vesting: its allocation and the bundle.
/// @param treasury To the treasury, vesting.
/// @param burned What belongs to nobody.
struct MtSplit {
    uint256 claimable;
    uint256 pool;
    uint256 incentiveReserve;
    uint256 issuer;
    uint256 treasury;
    uint256 burned;
}

/// @notice Where the raised FLOCK goes [FLOCK wei].
/// @param protocol To the protocol, vesting.
/// @param stakingFund To the fund for usage rewards, vesting.
/// @param pool Into the pool.
struct FlockSplit {
    uint256 protocol;
    uint256 stakingFund;
    uint256 pool;
}

/// @title GraduationSplit
/// @notice Supply and proceeds of a raise (sections 3.2 and 3.4). Every part of the supply is in proportion to what was
/// sold, 40 : 20 : 20 : 10 : 10; what a partial success leaves over is burned (decision 2).
library GraduationSplit {
    /// @dev 25% of the raise each for the protocol and the staking fund; the pool gets the remainder [bps].
    uint256 private constant VESTING_PART_BPS = 2_500;

    /// @dev The parts of the supply; each rounds down and the rest is burned, so that they add up to 1,000,000.
    /// @param sold What the curve sold, the bundle included [MT wei].
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

    /// @dev The parts of the raise; the pool gets the remainder.
    function ofProceeds(uint256 raised) internal pure returns (FlockSplit memory split) {
        split.protocol = (raised * VESTING_PART_BPS) / BPS;
        split.stakingFund = split.protocol;
        split.pool = raised - split.protocol - split.stakingFund;
    }

    /// @dev MT that open the pool against half of the raise [MT wei], rounded down (decision 3).
    /// `AveragePrice`: sold / 2, so that D/2 / (sold/2) is the average price of the raise, as in section 3.3.5.
    /// `CurvePrice`: D/2 at the curve's last price, which is sold x0 / (2 (x0 + D)).
    function openingMt(OpeningMode mode, uint256 sold, uint256 x0, uint256 raised) internal pure returns (uint256) {
        if (mode == OpeningMode.CurvePrice) return Math.mulDiv(sold, x0, 2 * (x0 + raised));
        return sold / 2;
    }
}
