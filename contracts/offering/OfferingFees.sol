// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRealModelOffering} from "./interfaces/IRealModelOffering.sol";
import {FeeSchedule} from "./libraries/FeeSchedule.sol";
import {RaiseLedger} from "./RaiseLedger.sol";

/// @title OfferingFees
/// @notice The fees of raises and launches. They are pulled by the holders of the seats, whatever comes of the raise.
abstract contract OfferingFees is RaiseLedger, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc IRealModelOffering
    uint256 public unclaimedLaunchFees;

    /// @inheritdoc IRealModelOffering
    function claimCreatorFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        _requireHolder(REGISTRY.issuerOf(modelId), to);
        (amount, ) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees());

        ClaimedFees storage claimed = _raises[modelId].claimedFees;
        claimed.creator += amount.toUint128();
        emit CreatorFeeClaimed(modelId, to, amount, claimed.creator);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IRealModelOffering
    function claimProtocolFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        _requireHolder(REGISTRY.treasury(), to);
        (, amount) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees());

        ClaimedFees storage claimed = _raises[modelId].claimedFees;
        claimed.protocol += amount.toUint128();
        emit ProtocolFeeClaimed(modelId, to, amount, claimed.protocol);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IRealModelOffering
    function claimLaunchFees(address to) external nonReentrant returns (uint256 amount) {
        _requireHolder(REGISTRY.treasury(), to);
        amount = unclaimedLaunchFees;
        require(amount != 0, Offering_NoFees());

        unclaimedLaunchFees = 0;
        emit LaunchFeesClaimed(to, amount);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IRealModelOffering
    function unclaimedFeesOf(uint256 modelId) public view returns (uint256 creatorFee, uint256 protocolFee) {
        RaiseState storage raise = _raises[modelId];
        Running memory running = raise.running;
        creatorFee = FeeSchedule.creatorShare(running.gross, raise.curve.creatorFeeBps);
        protocolFee = running.gross - running.raised - creatorFee - raise.claimedFees.protocol;
        creatorFee -= raise.claimedFees.creator;
    }

    function _requireHolder(address holder, address to) private view {
        require(msg.sender == holder, Offering_NotSeatHolder(msg.sender, holder));
        require(to != address(0), Offering_ZeroRecipient());
    }
}
