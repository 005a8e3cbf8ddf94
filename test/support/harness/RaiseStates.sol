// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FlockSplit, GraduationSplit, MtSplit} from "../../../contracts/graduation/libraries/GraduationSplit.sol";
import {OpeningMode} from "../../../contracts/graduation/types/OpeningMode.sol";
import {BondingCurve} from "../../../contracts/offering/libraries/BondingCurve.sol";
import {CurveFill, Fill, Sale} from "../../../contracts/offering/libraries/CurveFill.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {LaunchRules} from "../../../contracts/offering/libraries/LaunchRules.sol";
import {LaunchTerms} from "../../../contracts/offering/types/OfferingTypes.sol";
import {ManyStates} from "./ManyStates.sol";

/// @title RaiseStates
/// @notice The libraries of raises and graduation over many states.
contract RaiseStates is ManyStates {
    /// @notice target, startPriceWad, raised, sold, bundleNet, openingMode
    function curves(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 6, 13, _curve);
    }

    /// @notice target, virtualFlock, raised, baseBps, startBps, window, elapsed, flockIn, mtOut, creatorBps
    function purchases(uint256[] calldata words) external pure returns (uint256[] memory) {
        return _each(words, 10, 10, _purchase);
    }

    /// @notice target, minimumRaise, startPriceWad, saleDuration: the selector and four words of the error, or zero, the
    /// virtual reserve and the duration.
    function launches(uint256[] calldata words) external view returns (uint256[] memory results) {
        uint256 count = words.length / 4;
        results = new uint256[](count * 5);
        LaunchTerms memory terms;
        terms.identity.metadataHash = bytes32(uint256(1));
        terms.metadataUri = "ipfs://";
        for (uint256 i = 0; i < count; ++i) {
            (terms.target, terms.minimumRaise) = (words[4 * i], words[4 * i + 1]);
            (terms.startPriceWad, terms.saleDuration) = (words[4 * i + 2], words[4 * i + 3]);
            try this.checkLaunch(terms) returns (uint256 virtualFlock, uint256 saleDuration) {
                (results[5 * i + 1], results[5 * i + 2]) = (virtualFlock, saleDuration);
            } catch (bytes memory reason) {
                results[5 * i] = uint32(bytes4(reason));
                for (uint256 j = 1; j < 5 && 32 * j < reason.length; ++j) results[5 * i + j] = _wordOf(reason, j);
            }
        }
    }

    function checkLaunch(LaunchTerms calldata terms) external pure returns (uint256, uint256) {
        return LaunchRules.check(terms);
    }

    function _curve(uint256[] calldata s, uint256[] memory r) private pure {
        (uint256 target, uint256 raised) = (s[0], s[2]);
        uint256 x0 = BondingCurve.virtualFlockFor(target, s[1]);
        uint256 sold = BondingCurve.soldAt(target, x0, raised);
        uint256 poolMt = GraduationSplit.openingMt(OpeningMode(s[5]), sold, x0, raised);
        MtSplit memory mt = GraduationSplit.ofSupply(sold, BondingCurve.soldAt(target, x0, s[4]), poolMt);
        FlockSplit memory flock = GraduationSplit.ofProceeds(raised);
        (r[0], r[1], r[2]) = (x0, BondingCurve.virtualMt(target, x0), sold);
        (r[3], r[4]) = (BondingCurve.raisedAt(target, x0, s[3]), BondingCurve.priceAt(target, x0, raised));
        (r[5], r[6], r[7]) = (mt.claimable, mt.pool, mt.incentiveReserve);
        (r[8], r[9], r[10]) = (mt.issuer, mt.treasury, mt.burned);
        (r[11], r[12]) = (flock.protocol, flock.pool);
    }

    function _purchase(uint256[] calldata s, uint256[] memory r) private pure {
        Sale memory sale = Sale({
            raised: s[2],
            gross: 0,
            target: s[0],
            virtualFlock: s[1],
            feeRate: FeeSchedule.rateWad(s[3], s[4], s[5], s[6]),
            time: 0
        });
        Fill memory paid = CurveFill.exactIn(sale, s[7]);
        Fill memory got = CurveFill.exactOut(sale, s[8]);
        (r[0], r[1], r[2], r[3]) = (sale.feeRate, paid.flockIn, paid.flockNet, paid.mtOut);
        (r[4], r[5], r[6]) = (got.flockIn, got.flockNet, got.mtOut);
        (r[7], r[8]) = (FeeSchedule.feeOn(s[7], sale.feeRate), FeeSchedule.grossFor(s[7], sale.feeRate));
        r[9] = FeeSchedule.creatorShare(s[7], s[9]);
    }

    /// @dev A word of an error's data, from 1.
    function _wordOf(bytes memory reason, uint256 index) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(reason, 4), mul(index, 32)))
        }
    }
}
