// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BPS, WAD} from "../../shared/Units.sol";

/// @title FeeSchedule
/// @notice The fee of a purchase. Its base rate is creator fee plus protocol fee (section 3.2). Right after launch the
/// anti-sniping fee makes it higher: the rate begins at a start rate and falls linearly to the base rate within a window
/// (section 3.10). What a buyer pays rounds up.
library FeeSchedule {
    /// @dev WAD per basis point.
    uint256 private constant WAD_PER_BPS = WAD / BPS;

    /// @dev The rate `elapsed` seconds after the sale began [WAD], rounded up. At 0 it is the start rate, and from the end of
    /// the window on the base rate. Callers make sure that baseBps <= startBps < BPS.
    function rateWad(
        uint256 baseBps,
        uint256 startBps,
        uint256 window,
        uint256 elapsed
    ) internal pure returns (uint256 rate) {
        rate = baseRateWad(baseBps);
        if (elapsed >= window) return rate;
        // At most 10,000 bps times 65,535 s, and base <= start, so nothing can overflow. Every purchase calculates this.
        unchecked {
            rate += Math.ceilDiv((startBps - baseBps) * WAD_PER_BPS * (window - elapsed), window);
        }
    }

    /// @dev The base rate [WAD]. The issuer's bundle pays it, too.
    function baseRateWad(uint256 baseBps) internal pure returns (uint256) {
        return baseBps * WAD_PER_BPS;
    }

    /// @dev The fee in a payment [FLOCK wei], rounded up.
    function feeOn(uint256 gross, uint256 rate) internal pure returns (uint256) {
        return Math.ceilDiv(gross * rate, WAD);
    }

    /// @dev The payment that leaves `net` after the fee [FLOCK wei], rounded up: the smallest one for which
    /// payment - feeOn(payment) >= net.
    function grossFor(uint256 net, uint256 rate) internal pure returns (uint256) {
        return Math.ceilDiv(net * WAD, WAD - rate);
    }

    /// @dev The issuer's part of all that was paid so far [FLOCK wei], rounded down. The protocol gets the rest of the fees. It
    /// is calculated from the sum of all payments, so that many small purchases do not make it smaller.
    function creatorShare(uint256 cumulativeGross, uint256 creatorBps) internal pure returns (uint256) {
        return (cumulativeGross * creatorBps) / BPS;
    }
}
