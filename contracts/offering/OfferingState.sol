// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {IGraduatedModels} from "../registry/interfaces/IGraduatedModels.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {IModelTokenFactory} from "../token/interfaces/IModelTokenFactory.sol";
import {IOfferingState} from "./interfaces/IOfferingState.sol";
import {BondingCurve} from "./libraries/BondingCurve.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {Curve, OfferingSettings, Outcome, Position, RaiseRecord, Running} from "./types/OfferingTypes.sol";

/// @title OfferingState
/// @notice Implements `IOfferingState`, which is its manual. All parts of the offering share it: the contracts that they
/// work with, their storage, and what more than one part does.
abstract contract OfferingState is IOfferingState, ReentrancyGuardTransient {
    using PauseWindow for Pause;

    /// @dev One raise.
    /// @param record Its record.
    /// @param positions What supporters have bought.
    struct RaiseState {
        RaiseRecord record;
        mapping(address account => Position) positions;
    }

    /// @dev Launch fees of all models. One slot, which is never zero again after the first launch.
    /// @param collected What has come in [FLOCK wei].
    /// @param claimed What was claimed of it [FLOCK wei].
    struct LaunchFees {
        uint128 collected;
        uint128 claimed;
    }

    /// @inheritdoc IOfferingState
    IERC20 public immutable FLOCK;
    /// @inheritdoc IOfferingState
    IModelRegistry public immutable REGISTRY;
    /// @inheritdoc IOfferingState
    IGraduation public immutable GRADUATION;

    /// @dev What the address of a token follows from, beside the commitment of its launch. Read once, because it never
    /// changes and a claim should not ask for it.
    address private immutable TOKEN_FACTORY;
    bytes32 private immutable TOKEN_CODE_HASH;

    OfferingSettings internal _settings;
    Pause internal _launchPause;
    Pause internal _buyPause;
    LaunchFees internal _launchFees;
    mapping(uint256 modelId => RaiseState) internal _raises;

    /// @param flock The token in which models are raised.
    /// @param registry Where the models and seats are.
    /// @param graduation Turns raises that have succeeded into tokens and pools.
    constructor(IERC20 flock, IModelRegistry registry, IGraduation graduation) {
        FLOCK = flock;
        REGISTRY = registry;
        GRADUATION = graduation;
        IModelTokenFactory factory = graduation.TOKEN_FACTORY();
        TOKEN_FACTORY = address(factory);
        TOKEN_CODE_HASH = factory.TOKEN_CODE_HASH();
    }

    /// @inheritdoc IOfferingState
    function raiseOf(uint256 modelId) external view returns (RaiseRecord memory) {
        return _raises[modelId].record;
    }

    /// @inheritdoc IOfferingState
    function outcomeOf(uint256 modelId) external view returns (Outcome) {
        return _raises[modelId].record.running.outcome;
    }

    /// @inheritdoc IGraduatedModels
    function hasGraduated(uint256 modelId) external view returns (bool) {
        return _raises[modelId].record.running.outcome == Outcome.Graduated;
    }

    /// @inheritdoc IOfferingState
    function tokenOf(uint256 modelId) external view returns (address) {
        return _tokenOf(modelId);
    }

    /// @inheritdoc IOfferingState
    function positionOf(uint256 modelId, address account) external view returns (Position memory) {
        return _raises[modelId].positions[account];
    }

    /// @inheritdoc IOfferingState
    function buyPause() external view returns (Pause memory) {
        return _buyPause;
    }

    /// @dev The raise of a model that exists, and the slot that a purchase writes.
    function _known(uint256 modelId) internal view returns (RaiseState storage raise, Running memory running) {
        raise = _raises[modelId];
        running = raise.record.running;
        require(running.outcome != Outcome.None, Offering_UnknownModel(modelId));
    }

    /// @dev The address that the token of a model has or will have. Only a launch has a commitment.
    function _tokenOf(uint256 modelId) internal view returns (address) {
        bytes20 commitment = _raises[modelId].record.terms.commitment;
        require(commitment != 0, Offering_UnknownModel(modelId));
        return _tokenAt(commitment);
    }

    /// @dev The address that the token of a launch has or will have.
    function _tokenAt(bytes20 commitment) internal view returns (address) {
        return Create2.computeAddress(bytes32(commitment), TOKEN_CODE_HASH, TOKEN_FACTORY);
    }

    /// @dev What the raise clock shows now [s].
    function _raiseClock() internal view returns (uint256) {
        Pause memory pause = _buyPause;
        return pause.clock(block.timestamp);
    }

    /// @dev Wall time of a moment on the raise clock, as far as it is known now [s].
    function _wallTime(uint256 moment) internal view returns (uint256) {
        Pause memory pause = _buyPause;
        return pause.wallTime(moment, block.timestamp);
    }

    /// @dev Reverts if the caller's deadline has passed.
    function _requireInTime(uint256 deadline) internal view {
        require(block.timestamp <= deadline, Offering_DeadlinePassed(deadline, block.timestamp));
    }

    /// @dev The two parts of all fees of a raise, claimed or not [FLOCK wei]. The issuer's rounds down; the protocol's is the
    /// remainder.
    function _feesOf(
        uint256 gross,
        uint256 raised,
        uint256 creatorFeeBps
    ) internal pure returns (uint256 creatorFees, uint256 protocolFees) {
        creatorFees = FeeSchedule.creatorShare(gross, creatorFeeBps);
        protocolFees = gross - raised - creatorFees;
    }

    /// @dev What the issuer's bundle bought [MT wei]: it was the first purchase on the curve (decision 31).
    function _bundleMt(Curve memory curve, uint256 bundleNet) internal pure returns (uint256) {
        return BondingCurve.soldAt(curve.target, curve.virtualFlock, bundleNet);
    }
}
