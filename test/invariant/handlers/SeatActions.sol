// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {BondingCurve} from "../../../contracts/offering/libraries/BondingCurve.sol";
import {FeeSchedule} from "../../../contracts/offering/libraries/FeeSchedule.sol";
import {Outcome} from "../../../contracts/offering/types/OfferingTypes.sol";
import {Seats} from "../../../contracts/registry/libraries/Seats.sol";
import {Share} from "../../../contracts/vesting/interfaces/IVestingVault.sol";
import {Ghost, Ghosts} from "./Ghosts.sol";

/// @title SeatActions
/// @notice What seats receive: fees, vested shares, unlocked liquidity; and their hand-over.
abstract contract SeatActions is Ghosts {
    uint256 private constant VESTING = 180 days;
    uint256 private constant LOCK = 1_461 days;

    /// @dev What of a share was released [wei of its token].
    mapping(uint256 modelId => mapping(Share share => uint256)) private _released;

    function claimCreatorFee(uint256 modelSeed, uint256 toSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        uint256 due = _creatorFees(ghost) - ghost.creatorClaimed;
        bytes memory call_ = abi.encodeCall(p.offering.claimCreatorFee, (modelId, _actor(toSeed)));
        _claimFee(p.registry.issuerOf(modelId), _actor(toSeed), call_, due, "claimCreatorFee");
        ghost.creatorClaimed += due;
    }

    function claimProtocolFee(uint256 modelSeed, uint256 toSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        uint256 due = ghost.gross - ghost.raised - _creatorFees(ghost) - ghost.protocolClaimed;
        bytes memory call_ = abi.encodeCall(p.offering.claimProtocolFee, (modelId, _actor(toSeed)));
        _claimFee(p.registry.treasury(), _actor(toSeed), call_, due, "claimProtocolFee");
        ghost.protocolClaimed += due;
    }

    function claimLaunchFees(uint256 toSeed) external atTime {
        bytes memory call_ = abi.encodeCall(p.offering.claimLaunchFees, (_actor(toSeed)));
        _claimFee(p.registry.treasury(), _actor(toSeed), call_, unclaimedLaunchFees, "claimLaunchFees");
        unclaimedLaunchFees = 0;
    }

    /// @dev Nobody but the holder of the seat takes its fees.
    function stealFees(uint256 modelSeed, uint256 thiefSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        address thief = _actor(thiefSeed);
        if (modelId == 0) return;
        if (thief != p.registry.issuerOf(modelId)) {
            vm.prank(thief);
            bytes memory ofCreator = abi.encodeCall(p.offering.claimCreatorFee, (modelId, thief));
            _attempt(address(p.offering), ofCreator, false, "steal creator fees");
        }
        if (thief != p.registry.treasury()) {
            vm.prank(thief);
            bytes memory ofProtocol = abi.encodeCall(p.offering.claimProtocolFee, (modelId, thief));
            _attempt(address(p.offering), ofProtocol, false, "steal protocol fees");
        }
    }

    function handOverSeat(uint256 modelSeed, uint256 toSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isOpen);
        bytes32 seat = modelId == 0 || modelSeed % 3 == 0 ? Seats.treasury() : Seats.issuer(modelId);
        address to = _actor(toSeed);
        vm.prank(p.registry.holderOf(seat));
        p.registry.offerSeat(seat, to);
        vm.prank(to);
        p.registry.acceptSeat(seat);
        assertEq(p.registry.holderOf(seat), to, "the seat's new holder");
        ++done["handOverSeat"];
    }

    function releaseShare(uint256 modelSeed, uint256 shareSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isGraduated);
        if (modelId == 0) return;
        Share share = Share(shareSeed % 5);
        bool inFlock = share == Share.ProtocolFlock || share == Share.StakingFund;
        bool forRewards = share == Share.IncentiveReserve || share == Share.StakingFund;
        uint256 due = _vestedOf(modelId, share) - _released[modelId][share];
        address to = share == Share.IssuerMt ? p.registry.issuerOf(modelId) : p.registry.treasury();
        IERC20 token = inFlock ? IERC20(address(p.flock)) : IERC20(_ghosts[modelId].token);
        bool mustSucceed = _isGraduated(modelId) && !forRewards && due != 0;
        uint256 balanceBefore = mustSucceed ? token.balanceOf(to) : 0;
        bytes memory call_ = abi.encodeCall(p.vault.release, (modelId, share));
        if (!_attempt(address(p.vault), call_, mustSucceed, "releaseShare")) return;
        assertEq(token.balanceOf(to) - balanceBefore, due, "releases what has vested, to the seat's holder");
        _released[modelId][share] += due;
    }

    function releaseLiquidity(uint256 modelSeed) external atTime {
        uint256 modelId = _pick(modelSeed, _isUnlocked);
        if (modelId == 0) return;
        Ghost storage ghost = _ghosts[modelId];
        bytes memory call_ = abi.encodeCall(p.locker.release, (modelId));
        if (!_attempt(address(p.locker), call_, _isUnlocked(modelId), "releaseLiquidity")) return;
        ghost.liquidityReleased = true;
        address pair = p.dexFactory.getPair(address(p.flock), ghost.token);
        assertGe(IERC20(pair).balanceOf(p.registry.treasury()), ghost.lockedLiquidity, "goes to the treasury");
    }

    /// @notice The five shares of a model, and what of each was released and has vested by now [wei of its token].
    function sharesOf(
        uint256 modelId
    ) external view returns (uint256[5] memory totals, uint256[5] memory released, uint256[5] memory vested) {
        for (uint256 i = 0; i < totals.length; ++i) {
            Share share = Share(i);
            totals[i] = _totalOf(modelId, share);
            released[i] = _released[modelId][share];
            vested[i] = _vestedOf(modelId, share);
        }
    }

    /// @dev A share as the paper has it, from what the handler counted [wei of its token].
    function _totalOf(uint256 modelId, Share share) private view returns (uint256) {
        Ghost storage ghost = _ghosts[modelId];
        if (ghost.outcome != Outcome.Graduated) return 0;
        uint256 sold = BondingCurve.soldAt(ghost.target, ghost.virtualFlock, ghost.raised);
        if (share == Share.IssuerMt) return sold / 4 + ghost.bundleMt;
        if (share == Share.TreasuryMt) return sold / 4;
        if (share == Share.IncentiveReserve) return sold / 2;
        return ghost.raised / 4;
    }

    /// @dev What of a share has vested by now, rounded down [wei of its token].
    function _vestedOf(uint256 modelId, Share share) private view returns (uint256) {
        uint256 elapsed = time - _ghosts[modelId].graduatedAt;
        return elapsed < VESTING ? (_totalOf(modelId, share) * elapsed) / VESTING : _totalOf(modelId, share);
    }

    function _isUnlocked(uint256 modelId) private view returns (bool) {
        Ghost storage ghost = _ghosts[modelId];
        return _isGraduated(modelId) && !ghost.liquidityReleased && time >= ghost.graduatedAt + LOCK;
    }

    function _creatorFees(Ghost storage ghost) private view returns (uint256) {
        return FeeSchedule.creatorShare(ghost.gross, ghost.settings.creatorFeeBps);
    }

    function _claimFee(address holder, address to, bytes memory call_, uint256 due, string memory action) private {
        uint256 balanceBefore = p.flock.balanceOf(to);
        vm.prank(holder);
        _attempt(address(p.offering), call_, due != 0, action);
        assertEq(p.flock.balanceOf(to) - balanceBefore, due, "a claim of fees gives all that is due");
    }
}
