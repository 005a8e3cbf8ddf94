// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {OpeningMode} from "../../../contracts/graduation/types/OpeningMode.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {OfferingSettings, Outcome, Position} from "../../../contracts/offering/types/OfferingTypes.sol";
import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {Attempts} from "./Attempts.sol";

/// @notice What the handler remembers of one model, summed up from what it did and never read back from the chain.
/// Times of the raise are on the handler's own clock, which does not run while purchases are paused.
struct Ghost {
    Outcome outcome;
    OpeningMode openingMode;
    address token;
    uint256 target;
    uint256 minimumRaise;
    uint256 virtualFlock;
    OfferingSettings settings;
    uint256 startsAt;
    uint256 endsAt;
    uint256 raised;
    uint256 gross;
    uint256 bundleMt;
    uint256 bundleNet;
    uint256 claimedMt;
    uint256 refundedFlock;
    uint256 creatorClaimed;
    uint256 protocolClaimed;
    uint256 pairDonation;
    uint256 tokenDonation;
    uint256 graduatedAt;
    uint256 lockedLiquidity;
    bool liquidityReleased;
}

/// @notice What the handler remembers of one account of a model: its position, what was paid for it, fees included, and
/// what came back [FLOCK wei].
struct GhostAccount {
    address account;
    Position position;
    uint256 paid;
    uint256 cameBack;
}

/// @title Ghosts
/// @notice The actors, what they did, and a clock of its own.
abstract contract Ghosts is Attempts {
    uint256 internal constant ACTORS = 5;
    /// @dev More would only make every check slower: they are several at once, which is what matters.
    uint256 internal constant MAX_MODELS = 5;
    uint256 internal constant STUCK_AFTER = 30 days;
    /// @dev Hash of the canonical pair's creation code, which every router of Uniswap v2 knows.
    bytes32 private constant PAIR_CODE_HASH = 0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f;

    Protocol internal p;
    address[] public actors;
    uint256 public modelCount;

    /// @notice The clock of raises, which stands still in pauses [s].
    uint256 public clock;
    uint256 internal buysPausedUntil;
    uint256 internal launchesPausedUntil;

    uint256 public unclaimedLaunchFees;
    /// @notice FLOCK that was sent to a contract although it asked for none [FLOCK wei].
    mapping(address room => uint256) public donatedFlock;
    /// @notice The same in the token of a model [MT wei].
    mapping(uint256 modelId => mapping(address room => uint256)) public donatedMt;

    mapping(uint256 modelId => Ghost) internal _ghosts;
    mapping(uint256 modelId => mapping(address account => Position)) internal _positions;
    mapping(uint256 modelId => mapping(address account => uint256)) internal _paidFor;
    mapping(uint256 modelId => mapping(address account => uint256)) internal _cameBack;

    /// @dev Every action happens at the handler's time.
    modifier atTime() {
        vm.warp(time);
        _;
    }

    constructor(Protocol memory protocol) {
        p = protocol;
        clock = time;
        for (uint256 i = 0; i < ACTORS; ++i) {
            address actor = makeAddr(string.concat("actor", vm.toString(i)));
            actors.push(actor);
            vm.prank(actor);
            p.flock.approve(address(p.offering), type(uint256).max);
        }
    }

    /// @notice The address at which the pair of FLOCK and a token is, or will be.
    function pairOf(address token) public view returns (address) {
        address flock = address(p.flock);
        (address token0, address token1) = flock < token ? (flock, token) : (token, flock);
        bytes32 salt = keccak256(abi.encodePacked(token0, token1));
        return Create2.computeAddress(salt, PAIR_CODE_HASH, address(p.dexFactory));
    }

    function ghostOf(uint256 modelId) external view returns (Ghost memory) {
        return _ghosts[modelId];
    }

    function ghostAccountsOf(uint256 modelId) external view returns (GhostAccount[] memory accounts) {
        accounts = new GhostAccount[](ACTORS);
        for (uint256 i = 0; i < ACTORS; ++i) {
            address account = actors[i];
            accounts[i] = GhostAccount({
                account: account,
                position: _positions[modelId][account],
                paid: _paidFor[modelId][account],
                cameBack: _cameBack[modelId][account]
            });
        }
    }

    function actorCount() external pure returns (uint256) {
        return ACTORS;
    }

    function _actor(uint256 seed) internal view returns (address) {
        return actors[seed % ACTORS];
    }

    /// @dev A model that `wanted` is true for, or any model if there is none or the seed says so; 0 without models.
    function _pick(uint256 seed, function(uint256) view returns (bool) wanted) internal view returns (uint256) {
        if (modelCount == 0) return 0;
        uint256 first = seed % modelCount;
        if (seed % 7 != 0) {
            for (uint256 i = 0; i < modelCount; ++i) {
                uint256 modelId = 1 + ((first + i) % modelCount);
                if (wanted(modelId)) return modelId;
            }
        }
        return 1 + first;
    }

    /// @dev An actor with a position in the model, or any actor if there is none or the seed says so.
    function _pickHolder(uint256 modelId, uint256 seed) internal view returns (address) {
        if (seed % 7 != 0) {
            for (uint256 i = 0; i < ACTORS; ++i) {
                address account = _actor((seed % ACTORS) + i);
                if (_positions[modelId][account].mt != 0) return account;
            }
        }
        return _actor(seed);
    }

    function _isOnSale(uint256 modelId) internal view returns (bool) {
        Ghost storage ghost = _ghosts[modelId];
        return ghost.outcome == Outcome.Open && clock < ghost.endsAt && time >= buysPausedUntil;
    }

    function _isOpen(uint256 modelId) internal view returns (bool) {
        return _ghosts[modelId].outcome == Outcome.Open;
    }

    function _isGraduated(uint256 modelId) internal view returns (bool) {
        return _ghosts[modelId].outcome == Outcome.Graduated;
    }

    function _canGraduate(uint256 modelId) internal view returns (bool) {
        Ghost storage ghost = _ghosts[modelId];
        return ghost.outcome == Outcome.Open && clock >= ghost.endsAt && ghost.raised >= ghost.minimumRaise;
    }

    function _canFail(uint256 modelId) internal view returns (bool) {
        Ghost storage ghost = _ghosts[modelId];
        uint256 from = ghost.raised < ghost.minimumRaise ? ghost.endsAt : ghost.endsAt + STUCK_AFTER;
        return ghost.outcome == Outcome.Open && clock >= from;
    }

    function _canRefund(uint256 modelId) internal view returns (bool) {
        return _ghosts[modelId].outcome == Outcome.Failed || _canFail(modelId);
    }

    /// @dev The fee rate that the model's own settings give at this moment [WAD].
    function _feeRate(uint256 modelId) internal view returns (uint256) {
        Ghost storage ghost = _ghosts[modelId];
        return
            FeeSchedule.rateWad(
                _baseBps(ghost.settings),
                ghost.settings.antiSnipeStartBps,
                ghost.settings.antiSnipeWindow,
                clock - ghost.startsAt
            );
    }

    function _baseBps(OfferingSettings memory settings) internal pure returns (uint256) {
        return uint256(settings.creatorFeeBps) + settings.protocolFeeBps;
    }

    /// @dev A number of a random order of magnitude.
    function _magnitude(uint256 seed, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 value = uint256(keccak256(abi.encode(seed)));
        return _bound(_bound(value, min, max) >> (seed % 90), min, max);
    }
}
