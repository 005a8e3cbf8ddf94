// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BondingCurve} from "../../contracts/offering/libraries/BondingCurve.sol";
import {Curve, Outcome, RaiseRecord} from "../../contracts/offering/types/OfferingTypes.sol";
import {Campaign} from "./Campaign.sol";
import {FomoHandler} from "./handlers/FomoHandler.sol";
import {Handler} from "./handlers/Handler.sol";

/// @notice What the offering knows of a raise, with the MT that its curve gives for it.
struct Raise {
    Outcome outcome;
    address token;
    uint256 target;
    uint256 raised;
    uint256 gross;
    uint256 sold;
    uint256 bundleNet;
    uint256 bundleMt;
}

/// @title RaiseCampaign
/// @notice A `FomoHandler` that shakes several raises. Every actor holds a sixth of FLOCK's supply, this contract the
/// rest.
abstract contract RaiseCampaign is Campaign {
    FomoHandler internal handler;

    function _prepare() internal override returns (Handler) {
        handler = FomoHandler(deployCode("FomoHandler", abi.encode(p)));
        uint256 share = p.flock.totalSupply() / (handler.actorCount() + 1);
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            p.flock.transfer(handler.actors(i), share);
        }
        return handler;
    }

    /// @dev A raise from the offering's own record. The lens asks every contract for it, which is too slow for all raises
    /// after every action.
    function _raiseOf(uint256 modelId) internal view returns (Raise memory raise) {
        RaiseRecord memory record = p.offering.raiseOf(modelId);
        Curve memory curve = record.curve;
        raise.outcome = record.running.outcome;
        raise.token = p.offering.tokenOf(modelId);
        raise.target = curve.target;
        raise.raised = record.running.raised;
        raise.gross = record.running.gross;
        raise.sold = BondingCurve.soldAt(curve.target, curve.virtualFlock, raise.raised);
        raise.bundleNet = record.terms.bundleNet;
        raise.bundleMt = BondingCurve.soldAt(curve.target, curve.virtualFlock, raise.bundleNet);
    }
}
