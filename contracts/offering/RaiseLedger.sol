// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {
    IRealModelOffering,
    OfferingSettings,
    OfferingView,
    OpeningMode,
    Outcome,
    Position
} from "./interfaces/IRealModelOffering.sol";
import {BondingCurve} from "./libraries/BondingCurve.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {OfferingGovernance} from "./OfferingGovernance.sol";

/// @title RaiseLedger
/// @notice The record of every raise, and the views of it. Times are stored on the clock that stands still while
/// purchases are paused.
abstract contract RaiseLedger is OfferingGovernance {
    using PauseWindow for Pause;
    using ShortStrings for ShortString;

    /// @dev What a purchase writes. One slot.
    /// @param raised D [FLOCK wei].
    /// @param gross All that was paid, fees included [FLOCK wei].
    /// @param endsAt End of the sale, exclusive; the moment at which D = G once that has happened [s, raise clock].
    /// @param outcome How the raise came out.
    /// @param antiSnipeStartBps Total fee at the first moment [bps].
    struct Running {
        uint96 raised;
        uint96 gross;
        uint40 endsAt;
        Outcome outcome;
        uint16 antiSnipeStartBps;
    }

    /// @dev What a purchase reads. One slot.
    /// @param target G [FLOCK wei].
    /// @param virtualFlock x0 [FLOCK wei].
    /// @param startAt Beginning of the sale [s, raise clock].
    /// @param antiSnipeWindow How long the fee falls [s].
    /// @param creatorFeeBps The issuer's fee [bps].
    /// @param protocolFeeBps The protocol's fee [bps].
    struct Curve {
        uint96 target;
        uint96 virtualFlock;
        uint32 startAt;
        uint16 antiSnipeWindow;
        uint8 creatorFeeBps;
        uint8 protocolFeeBps;
    }

    /// @dev What a purchase does not need.
    /// @param minimumRaise What makes the raise a success [FLOCK wei].
    /// @param token Address that the model's token has, once it exists.
    /// @param bundleNet Net contribution of the issuer's bundle, the first purchase on the curve [FLOCK wei].
    /// @param openingMode How the pool opens.
    /// @param name Name of the token.
    /// @param symbol Symbol of the token.
    /// @param metadataHash Hash of the document that describes the deployment.
    struct Terms {
        uint96 minimumRaise;
        address token;
        uint96 bundleNet;
        OpeningMode openingMode;
        ShortString name;
        ShortString symbol;
        bytes32 metadataHash;
    }

    /// @dev What was taken of a raise's fees [FLOCK wei]. One slot; the fees themselves follow from `Running`.
    struct ClaimedFees {
        uint128 creator;
        uint128 protocol;
    }

    /// @dev All of one raise.
    struct RaiseState {
        Running running;
        Curve curve;
        Terms terms;
        ClaimedFees claimedFees;
        mapping(address account => Position) positions;
    }

    /// @dev How long a success may wait for somebody to graduate it before anyone can fail it [s, raise clock].
    uint256 private constant STUCK_AFTER = 30 days;

    /// @notice The token in which models are raised.
    IERC20 public immutable FLOCK;
    /// @inheritdoc IRealModelOffering
    IModelRegistry public immutable REGISTRY;

    mapping(uint256 modelId => RaiseState) internal _raises;

    /// @param authority The AccessManager.
    /// @param flock The token in which models are raised.
    /// @param registry Where the models and seats are.
    /// @param settings The settings of the first launches.
    constructor(
        address authority,
        IERC20 flock,
        IModelRegistry registry,
        OfferingSettings memory settings
    ) OfferingGovernance(authority, settings) {
        FLOCK = flock;
        REGISTRY = registry;
    }

    /// @inheritdoc IRealModelOffering
    function offeringOf(uint256 modelId) external view returns (OfferingView memory view_) {
        (RaiseState storage raise, Running memory running) = _known(modelId);
        Curve memory curve = raise.curve;
        Terms memory terms = raise.terms;

        view_.outcome = running.outcome;
        view_.openingMode = terms.openingMode;
        view_.raised = running.raised;
        view_.gross = running.gross;
        view_.sold = BondingCurve.soldAt(curve.target, curve.virtualFlock, running.raised);
        view_.target = curve.target;
        view_.minimumRaise = terms.minimumRaise;
        view_.virtualFlock = curve.virtualFlock;
        view_.virtualMt = BondingCurve.virtualMt(curve.target, curve.virtualFlock);
        view_.priceWad = BondingCurve.priceAt(curve.target, curve.virtualFlock, running.raised);
        view_.feeRateWad = _feeRate(running, curve, _raiseClock());
        view_.creatorFeeBps = curve.creatorFeeBps;
        view_.protocolFeeBps = curve.protocolFeeBps;
        view_.antiSnipeStartBps = running.antiSnipeStartBps;
        view_.antiSnipeEndsAt = _wallTime(uint256(curve.startAt) + curve.antiSnipeWindow);
        // The clock reaches the start of a launch during a pause before it; what begins is the second after that moment.
        view_.startsAt = _wallTime(uint256(curve.startAt) + 1) - 1;
        view_.endsAt = _wallTime(running.endsAt);
        view_.failableAt = _wallTime(_failableAt(running, terms.minimumRaise));
        view_.bundleMt = _bundleMt(curve, terms.bundleNet);
        view_.bundleNet = terms.bundleNet;
        view_.token = terms.token;
        view_.metadataHash = terms.metadataHash;
        view_.name = terms.name.toString();
        view_.symbol = terms.symbol.toString();
    }

    /// @inheritdoc IRealModelOffering
    function outcomeOf(uint256 modelId) external view returns (Outcome) {
        return _raises[modelId].running.outcome;
    }

    /// @inheritdoc IRealModelOffering
    function positionOf(uint256 modelId, address account) external view returns (Position memory) {
        return _raises[modelId].positions[account];
    }

    /// @dev The raise of a model that exists, and the slot that everybody needs.
    function _known(uint256 modelId) internal view returns (RaiseState storage raise, Running memory running) {
        raise = _raises[modelId];
        running = raise.running;
        require(running.outcome != Outcome.None, Offering_UnknownModel(modelId));
    }

    /// @dev Now, on the clock that stands still while purchases are paused [s].
    function _raiseClock() internal view returns (uint256) {
        Pause memory pause = _buyPause;
        return pause.clock(block.timestamp);
    }

    /// @dev Wall time of a moment on the raise clock, as of now [s].
    function _wallTime(uint256 moment) internal view returns (uint256) {
        Pause memory pause = _buyPause;
        return pause.wallTime(moment, block.timestamp);
    }

    /// @dev What the issuer's bundle bought as the first purchase on the curve [MT wei].
    function _bundleMt(Curve memory curve, uint256 bundleNet) internal pure returns (uint256) {
        return BondingCurve.soldAt(curve.target, curve.virtualFlock, bundleNet);
    }

    /// @dev From when a raise can be failed [s, raise clock]: below the minimum at once when it is over.
    function _failableAt(Running memory running, uint256 minimumRaise) internal pure returns (uint256) {
        return running.raised < minimumRaise ? running.endsAt : running.endsAt + STUCK_AFTER;
    }

    /// @dev The fee rate at a moment of the raise's clock [WAD].
    function _feeRate(Running memory running, Curve memory curve, uint256 time) internal pure returns (uint256) {
        return
            FeeSchedule.rateWad(
                uint256(curve.creatorFeeBps) + curve.protocolFeeBps,
                running.antiSnipeStartBps,
                curve.antiSnipeWindow,
                time - curve.startAt
            );
    }
}
