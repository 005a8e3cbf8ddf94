// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LocalProtocol, Protocol} from "../support/solidity/LocalProtocol.sol";
import {FomoHandler} from "./handlers/FomoHandler.sol";
import {Ghost} from "./handlers/Ghosts.sol";

/// @title Campaign
/// @notice A deployed protocol that a `FomoHandler` shakes. Every actor holds a sixth of FLOCK's supply, this contract
/// the rest. The runner knows the handler only from a whole build: a single file runs with `hardhat build` and then
/// `hardhat test solidity --no-compile FILE`.
abstract contract Campaign is LocalProtocol {
    /// @dev A moment after the first pause could have ended in 1970, and before 40 bits run out [s].
    uint256 private constant STARTS_AT = 1_800_000_000;

    Protocol internal p;
    FomoHandler internal handler;

    /// @dev Checks happen at the time at which the handler acted last.
    modifier atHandlersTime() {
        vm.warp(handler.time());
        _;
    }

    function setUp() public virtual {
        vm.warp(STARTS_AT);
        p = _deployProtocol();
        handler = FomoHandler(deployCode("FomoHandler", abi.encode(p)));
        uint256 share = p.flock.totalSupply() / (handler.actorCount() + 1);
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            p.flock.transfer(handler.actors(i), share);
        }
        targetContract(address(handler));
    }

    /// @dev Calls `check` for every model.
    function _forEachModel(function(uint256, Ghost memory) view check) internal view {
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            check(modelId, handler.ghostOf(modelId));
        }
    }
}
