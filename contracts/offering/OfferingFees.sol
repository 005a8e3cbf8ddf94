// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IOfferingFees} from "./interfaces/IOfferingFees.sol";
import {OfferingState} from "./OfferingState.sol";
import {RaiseRecord, Running} from "./types/OfferingTypes.sol";

/// @title OfferingFees
/// @notice Implements `IOfferingFees`, which is its manual.
abstract contract OfferingFees is OfferingState, IOfferingFees {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc IOfferingFees
    function claimCreatorFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        (RaiseState storage raise, ) = _known(modelId);
        _requireHolder(REGISTRY.issuerOf(modelId), to);
        (amount, ) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees(modelId));

        uint128 claimed = raise.record.claimedFees.creator + amount.toUint128();
        raise.record.claimedFees.creator = claimed;
        emit CreatorFeeClaimed(modelId, to, amount, claimed);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IOfferingFees
    function claimProtocolFee(uint256 modelId, address to) external nonReentrant returns (uint256 amount) {
        (RaiseState storage raise, ) = _known(modelId);
        _requireHolder(REGISTRY.treasury(), to);
        (, amount) = unclaimedFeesOf(modelId);
        require(amount != 0, Offering_NoFees(modelId));

        uint128 claimed = raise.record.claimedFees.protocol + amount.toUint128();
        raise.record.claimedFees.protocol = claimed;
        emit ProtocolFeeClaimed(modelId, to, amount, claimed);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IOfferingFees
    function claimLaunchFees(address to) external nonReentrant returns (uint256 amount) {
        _requireHolder(REGISTRY.treasury(), to);
        amount = unclaimedLaunchFees();
        require(amount != 0, Offering_NoFees(0));

        uint128 claimed = _launchFees.claimed + amount.toUint128();
        _launchFees.claimed = claimed;
        emit LaunchFeesClaimed(to, amount, claimed);
        FLOCK.safeTransfer(to, amount);
    }

    /// @inheritdoc IOfferingFees
    function unclaimedFeesOf(uint256 modelId) public view returns (uint256 creatorFee, uint256 protocolFee) {
        RaiseRecord storage record = _raises[modelId].record;
        Running memory running = record.running;
        (creatorFee, protocolFee) = _feesOf(running.gross, running.raised, record.curve.creatorFeeBps);
        creatorFee -= record.claimedFees.creator;
        protocolFee -= record.claimedFees.protocol;
    }

    /// @inheritdoc IOfferingFees
    function unclaimedLaunchFees() public view returns (uint256) {
        return _launchFees.collected - _launchFees.claimed;
    }

    /// @dev Reverts unless the caller holds the seat and names a recipient.
    function _requireHolder(address holder, address to) private view {
        require(msg.sender == holder, Offering_NotSeatHolder(msg.sender, holder));
        require(to != address(0), Offering_ZeroRecipient());
    }
}
