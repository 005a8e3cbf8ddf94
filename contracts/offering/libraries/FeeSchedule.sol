// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, WAD} from "../../shared/Units.sol";

/// @title FeeSchedule
/// @notice The fee of a purchase: creator and protocol fee (section 3.2) and the anti-sniping fee above them, which falls
/// linearly from its start to the base rate over a window (section 3.10). What a buyer pays rounds up.
library FeeSchedule {
    /// @dev WAD per basis point.
    uint256 private constant WAD_PER_BPS = WAD / BPS;

    /// @dev The total rate [WAD] `elapsed` seconds after the sale began, rounded up. At 0 it is the start, from the
    /// window's end on the base. Callers keep baseBps <= startBps < BPS.
    function rateWad(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 elapsed
    ) internal pure returns (uint256 rate) {
        rate = baseRateWad(baseBps);
        if (elapsed >= window) return rate;
        // At most 10,000 bps times 65,535 s, and base <= start: nothing here can wrap. It is on the path of every purchase.
        unchecked {
            rate += Math.ceilDiv((startBps - baseBps) * WAD_PER_BPS * (window - elapsed), window);
        }
    }

    /// @dev The base rate [WAD], which the issuer's bundle pays.
    function baseRateWad(uint256 baseBps) internal pure returns (uint256) {
        return baseBps * WAD_PER_BPS;
    }

    /// @dev The fee contained in a payment [FLOCK wei], rounded up.
    function feeOn(uint256 gross, uint256 rate) internal pure returns (uint256) {
        return Math.ceilDiv(gross * rate, WAD);
    }

    /// @dev The payment that leaves `net` after the fee [FLOCK wei], rounded up: the smallest gross for which
    /// gross - feeOn(gross) >= net.
    function grossFor(uint256 net, uint256 rate) internal pure returns (uint256) {
        return Math.ceilDiv(net * WAD, WAD - rate);
    }

    /// @dev The creator's part of all that was paid so far [FLOCK wei], rounded down; the protocol gets the rest of the
    /// fees. Taken on the cumulative sum, so that many small purchases do not shave it.
    function creatorShare(uint256 cumulativeGross, uint256 creatorBps) internal pure returns (uint256) {
        return (cumulativeGross * creatorBps) / BPS;
    }
}
