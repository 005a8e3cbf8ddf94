// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Vm} from "forge-std/Vm.sol";

import {IEmissionDistributor} from "../../../contracts/emissions/interfaces/IEmissionDistributor.sol";
import {IEpochRolls} from "../../../contracts/emissions/interfaces/IEpochRolls.sol";
import {IInferenceMeter} from "../../../contracts/usage/interfaces/IInferenceMeter.sol";
import {Skip} from "../../../contracts/usage/types/UsageTypes.sol";
import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {Attempts} from "./Attempts.sol";

/// @title EarningGhosts
/// @notice The users of models that earn, a clock of its own, and what the handler remembers of what it did.
abstract contract EarningGhosts is Attempts {
    uint256 public constant ACTORS = 4;
    uint256 public constant MODELS = 2;
    uint256 internal constant EPOCH = 1 days;

    Protocol internal p;
    address[] public actors;
    mapping(address signer => uint256) internal _privateKeys;

    /// @notice Tokens that were sent to a contract although it asked for none.
    mapping(address token => mapping(address room => uint256)) public donated;

    /// @notice FLOCK that came into the distributor's budget and that went out to anybody [FLOCK wei].
    uint256 public funded;
    uint256 public flockOut;
    /// @notice MT of a model that users have claimed, and that sweeps burned: of the reserve, and of what was cut [MT wei].
    mapping(uint256 modelId => uint256) public claimedMt;
    mapping(uint256 modelId => uint256) public burnedMt;
    mapping(uint256 modelId => uint256) public burnedCutMt;
    /// @notice Shares of an epoch's emission that models have got so far, and the rate that held in it [FLOCK wei].
    mapping(uint256 epoch => uint256) public sharedIn;
    mapping(uint256 epoch => uint256) public rateIn;
    /// @notice The epochs in which something was settled.
    uint256[] public epochs;
    /// @notice Divisions so far, each of which may lose less than a wei.
    uint256 public divisions;

    uint256 internal _rate;
    uint256 internal _nextRate;
    uint256 internal _nextRateFrom;

    /// @dev Every action happens at the handler's time; what it rolled and what was skipped is read from its events.
    modifier acts() {
        _goTo(time);
        vm.recordLogs();
        _;
        _readEvents(vm.getRecordedLogs());
    }

    constructor(Protocol memory protocol) {
        p = protocol;
        (_rate, _nextRate) = (20_000e18, 20_000e18);
        for (uint256 i = 0; i < ACTORS; ++i) {
            (address actor, uint256 privateKey) = makeAddrAndKey(string.concat("user", vm.toString(i)));
            actors.push(actor);
            _privateKeys[actor] = privateKey;
        }
    }

    /// @dev Takes the time over from whoever prepared the campaign.
    function synchronise() external {
        if (block.timestamp > time) time = block.timestamp;
    }

    function epochCount() external view returns (uint256) {
        return epochs.length;
    }

    function tokenOf(uint256 modelId) public view returns (IERC20) {
        (address token, ) = p.vault.recordOf(modelId);
        return IERC20(token);
    }

    function _actor(uint256 seed) internal view returns (address) {
        return actors[seed % ACTORS];
    }

    /// @dev A user that `wanted` is true for, or any user if there is none or the seed says so.
    function _pickUser(uint256 seed, function(address) view returns (bool) wanted) internal view returns (address) {
        for (uint256 i = 0; i < ACTORS && seed % 7 != 0; ++i) {
            address user = _actor((seed % ACTORS) + i);
            if (wanted(user)) return user;
        }
        return _actor(seed);
    }

    function _model(uint256 seed) internal pure returns (uint256) {
        return 1 + (seed % MODELS);
    }

    function _epoch() internal view returns (uint256) {
        return time / EPOCH;
    }

    /// @dev Lets time pass within an action; the rate of an epoch is that which holds when it begins.
    function _goTo(uint256 to) internal {
        time = to;
        vm.warp(to);
        if (_epoch() >= _nextRateFrom) _rate = _nextRate;
    }

    /// @dev A number of a random order of magnitude.
    function _magnitude(uint256 seed, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 value = uint256(keccak256(abi.encode(seed)));
        return _bound(_bound(value, min, max) >> (seed % 64), min, max);
    }

    function _hash(uint256 seed, uint256 salt) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, salt)));
    }

    function _readEvents(Vm.Log[] memory logs) private {
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes32 kind = logs[i].topics[0];
            if (kind == IInferenceMeter.VoucherSkipped.selector) _noteSkip(abi.decode(logs[i].data, (Skip)));
            if (kind == IEpochRolls.ModelRolled.selector) _noteRoll(logs[i]);
            if (kind == IEpochRolls.RewardCut.selector) ++done["cut a reward"];
        }
    }

    function _noteRoll(Vm.Log memory log) private {
        sharedIn[uint256(log.topics[2])] += abi.decode(log.data, (uint256)); // the first value is the share
        divisions += 1 + ACTORS;
        ++done["roll"];
    }

    function _noteSkip(Skip reason) private {
        if (reason == Skip.BadSignature) ++done["skip a forgery"];
        if (reason == Skip.NothingNew) ++done["skip an old voucher"];
        if (reason == Skip.KeyNotAuthorized) ++done["skip an unknown key"];
        if (reason == Skip.KeyExpired) ++done["skip an expired key"];
        if (reason == Skip.KeyCapReached) ++done["skip a key at its cap"];
        if (reason == Skip.NoBalance) ++done["skip an empty account"];
        if (reason == Skip.NoUnits) ++done["skip a row without units"];
    }
}
