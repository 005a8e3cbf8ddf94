// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign} from "./Campaign.sol";
import {FomoHandler} from "./handlers/FomoHandler.sol";
import {Handler} from "./handlers/Handler.sol";

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
}
