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

    /// @dev Launch fees of all models [FLOCK wei]. One slot, never zero again after the first.
    struct LaunchFees {
        uint128 collected;
        uint128 claimed;
    }

    LaunchFees internal _launchFees;

    /// @inheritdoc IRealModelOffering
    function claimCreatorFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        (RaiseState storage raise, ) = _known(modelId);
        _requireHolder(REGISTRY.issuerOf(modelId), to);
        (amount, ) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees(modelId));

        uint128 claimed = raise.claimedFees.creator + amount.toUint128();
        raise.claimedFees.creator = claimed;
        emit CreatorFeeClaimed(modelId, to, amount, claimed);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IRealModelOffering
    function claimProtocolFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        (RaiseState storage raise, ) = _known(modelId);
        _requireHolder(REGISTRY.treasury(), to);
        (, amount) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees(modelId));

        uint128 claimed = raise.claimedFees.protocol + amount.toUint128();
        raise.claimedFees.protocol = claimed;
        emit ProtocolFeeClaimed(modelId, to, amount, claimed);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IRealModelOffering
    function claimLaunchFees(address to) external nonReentrant returns (uint256 amount) {
        _requireHolder(REGISTRY.treasury(), to);
        amount = unclaimedLaunchFees();
        require(amount != 0, Offering_NoFees(0));

        uint128 claimed = _launchFees.claimed + amount.toUint128();
        _launchFees.claimed = claimed;
        emit LaunchFeesClaimed(to, amount, claimed);
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

    /// @inheritdoc IRealModelOffering
    function unclaimedLaunchFees() public view returns (uint256) {
        return _launchFees.collected - _launchFees.claimed;
    }

    /// @dev Fees go where the holder of the seat says.
    function _requireHolder(address holder, address to) private view {
        require(msg.sender == holder, Offering_NotSeatHolder(msg.sender, holder));
        require(to != address(0), Offering_ZeroRecipient());
    }
}
