// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Key} from "../../../contracts/usage/types/UsageTypes.sol";
import {MeterGhosts} from "./MeterGhosts.sol";

/// @title KeyActions
/// @notice Keys that are authorised, on higher and lower terms, and revoked. A lower cap waits for 48 hours, and so long is
/// an expired key still collected.
abstract contract KeyActions is MeterGhosts {
    /// @dev Now and then a user names itself, or an expiry that has passed.
    function authorizeKey(uint256 userSeed, uint256 keySeed, uint256 termsSeed) external acts {
        (address user, address key) = _signer(userSeed, keySeed % 16 == 0 ? 0 : 1 + (keySeed % 2));
        uint256 cap = _bound(_hash(termsSeed, 1), 0, 2 * MAX_SPEND) >> (_hash(termsSeed, 3) % 40);
        uint256 lifetime = termsSeed % 8 == 0 ? 0 : _bound(_hash(termsSeed, 2), 1 hours, 100 days);
        bool mustSucceed = key != user && lifetime != 0;
        bytes memory call_ = abi.encodeCall(p.meter.authorizeKey, (key, uint96(cap), uint40(time + lifetime)));
        vm.prank(user);
        if (_attempt(address(p.meter), call_, mustSucceed, "authorizeKey")) {
            _noteTerms(_keyNow(user, key), uint96(cap), uint40(time + lifetime));
        }
        if (key != user) _checkKey(user, key);
    }

    function revokeKey(uint256 userSeed, uint256 keySeed) external acts {
        (address user, address key) = _signer(userSeed, 1 + (keySeed % 2));
        Key storage ghost = _keyNow(user, key);
        bytes memory call_ = abi.encodeCall(p.meter.revokeKey, (key));
        vm.prank(user);
        if (_attempt(address(p.meter), call_, ghost.expiresAt != 0, "revokeKey") && time < ghost.expiresAt) {
            ghost.expiresAt = uint40(time);
        }
        _checkKey(user, key);
    }

    function _noteTerms(Key storage ghost, uint96 cap, uint40 expiresAt) private {
        bool isNew = time >= ghost.expiresAt + DELAY;
        bool capFalls = !isNew && cap < ghost.cap;
        ghost.capFalls = capFalls;
        (ghost.nextCap, ghost.nextCapAt) = capFalls ? (cap, uint40(time + DELAY)) : (0, 0);
        if (capFalls) ++done["lower a cap"];
        else ghost.cap = cap;
        ghost.expiresAt = expiresAt;
    }
}
