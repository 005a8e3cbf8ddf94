// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Account as Prepaid, Key, Usage} from "../../../contracts/usage/types/UsageTypes.sol";
import {EarningGhosts} from "./EarningGhosts.sol";

/// @title MeterGhosts
/// @notice What the handler remembers of the meter: who may sign for whom, what was signed, and every account and key as
/// decisions 10 and 11 tell them, charged by what vouchers brought in and compared with the meter whenever it may have
/// changed them.
abstract contract MeterGhosts is EarningGhosts {
    uint256 internal constant MAX_SPEND = 100_000e6;
    /// @dev How long a withdrawal and a lower cap wait, and how long an expired key is collected [s].
    uint256 internal constant DELAY = 48 hours;
    /// @dev Who may sign for a user: itself, a key that signs for all users, and another user.
    uint256 internal constant SIGNERS = 3;

    /// @dev What each key has signed of a user's use of a model, and what was collected of it when the handler looked last.
    mapping(uint256 modelId => mapping(address user => mapping(address key => Usage))) internal _signed;
    mapping(uint256 modelId => mapping(address user => mapping(address key => Usage))) internal _collected;
    mapping(address user => Prepaid) internal _accounts;
    mapping(address user => mapping(address key => Key)) private _keys;

    address private immutable SHARED_KEY;

    constructor() {
        uint256 privateKey;
        (SHARED_KEY, privateKey) = makeAddrAndKey("key of all users");
        _privateKeys[SHARED_KEY] = privateKey;
    }

    /// @dev A user by its seed, and who signs for it.
    function _signer(uint256 userSeed, uint256 seed) internal view returns (address user, address signer) {
        user = _actor(userSeed);
        if (seed % SIGNERS == 0) return (user, user);
        return (user, seed % SIGNERS == 1 ? SHARED_KEY : actors[((userSeed % ACTORS) + 1) % ACTORS]);
    }

    /// @dev Whether what a key signs for a user could be collected now.
    function _isAuthorized(address user, address key) internal view returns (bool) {
        return time < _keys[user][key].expiresAt + DELAY;
    }

    /// @dev The ghost of a key, as of now: a lower cap whose time has come holds.
    function _keyNow(address user, address key) internal returns (Key storage ghost) {
        ghost = _keys[user][key];
        if (!ghost.capFalls || time < ghost.nextCapAt) return ghost;
        (ghost.cap, ghost.capFalls, ghost.nextCap, ghost.nextCapAt) = (ghost.nextCap, false, 0, 0);
        ++done["cap falls"];
    }

    /// @dev What the meter brought of a model, by whom it was signed and of whom it was taken [USDC units].
    function _noteCollected(uint256 modelId) internal returns (uint256 brought) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            uint256 charged = 0;
            for (uint256 j = 0; j < SIGNERS; ++j) {
                (address user, address key) = _signer(i, j);
                uint256 paid = _noteUsage(modelId, user, key);
                if (paid != 0 && key != user) _noteSpent(user, key, paid);
                if (key != user) _checkKey(user, key);
                charged += paid;
            }
            _noteCharge(actors[i], charged);
            brought += charged;
        }
    }

    function _checkAccount(address user) internal view {
        Prepaid memory account = p.meter.accountOf(user);
        Prepaid storage ghost = _accounts[user];
        assertEq(account.deposited, ghost.deposited, "deposited");
        assertEq(account.credit, ghost.credit, "credit");
        assertEq(account.requestedAt, ghost.requestedAt, "requested at");
        assertEq(account.requested, ghost.requested, "requested");
    }

    function _checkKey(address user, address key) internal {
        Key memory record = p.meter.keyOf(user, key);
        Key storage ghost = _keyNow(user, key);
        assertEq(record.cap, ghost.cap, "cap");
        assertEq(record.spent, ghost.spent, "spent");
        assertEq(record.expiresAt, ghost.expiresAt, "expires at");
        assertEq(record.capFalls, ghost.capFalls, "cap falls");
        assertEq(record.nextCap, ghost.nextCap, "next cap");
        assertEq(record.nextCapAt, ghost.nextCapAt, "next cap at");
        assertEq(record.collectedUntil, ghost.expiresAt == 0 ? 0 : ghost.expiresAt + DELAY, "collected until");
    }

    /// @dev Cumulative fields never fall, and never pass what the key has signed. What came in since is returned.
    function _noteUsage(uint256 modelId, address user, address key) private returns (uint256 paid) {
        Usage memory now_ = p.meter.usageOf(user, key, modelId);
        Usage storage before = _collected[modelId][user][key];
        Usage storage signed = _signed[modelId][user][key];
        assertGe(now_.units, before.units, "units");
        assertGe(now_.list, before.list, "list");
        assertGe(now_.paid, before.paid, "paid");
        assertLe(now_.units, signed.units, "units signed");
        assertLe(now_.list, signed.list, "list signed");
        assertLe(now_.paid, signed.paid, "paid signed");
        paid = now_.paid - before.paid;
        _collected[modelId][user][key] = now_;
    }

    /// @dev A key spends until 48 hours after it expires, and up to the cap that holds then.
    function _noteSpent(address user, address key, uint256 amount) private {
        Key storage ghost = _keyNow(user, key);
        assertLt(time, ghost.expiresAt + DELAY, "a key spends until 48 hours after it expires");
        ghost.spent += uint96(amount);
        assertLe(ghost.spent, ghost.cap, "a key spends within its cap");
        ++done["settle by a key"];
        if (ghost.spent == ghost.cap) ++done["a key reaches its cap"];
    }

    /// @dev Credit first, then what is not requested back, then what is.
    function _noteCharge(address user, uint256 amount) private {
        Prepaid storage ghost = _accounts[user];
        uint256 ofCredit = amount < ghost.credit ? amount : ghost.credit;
        ghost.credit -= uint96(ofCredit);
        ghost.deposited -= uint96(amount - ofCredit);
        if (ghost.requested > ghost.deposited) ghost.requested = ghost.deposited;
        _checkAccount(user);
    }
}
