// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Outcome, RaiseRecord} from "../offering/types/OfferingTypes.sol";
import {IProtocolLens} from "./interfaces/IProtocolLens.sol";
import {LensState} from "./LensState.sol";
import {AccountInModel, AccountView} from "./types/LensTypes.sol";

/// @title AccountLens
/// @notice The part of the lens that shows an account.
abstract contract AccountLens is LensState {
    /// @inheritdoc IProtocolLens
    function accountOf(address user, uint256[] calldata modelIds) external view returns (AccountView memory account) {
        account.flock = FLOCK.balanceOf(user);
        account.usdc = USDC.balanceOf(user);
        (account.prepaid, account.available) = _prepaidOf(user);
        uint256 time = _raiseClock();
        account.models = new AccountInModel[](modelIds.length);
        for (uint256 i = 0; i < modelIds.length; ++i) {
            account.models[i] = _inModel(user, modelIds[i], time);
        }
    }

    /// @dev What an account has in one model.
    /// @param time What the raise clock shows now [s].
    function _inModel(address user, uint256 modelId, uint256 time) private view returns (AccountInModel memory own) {
        RaiseRecord memory record = _recordOf(modelId);
        own.modelId = modelId;
        own.outcome = record.running.outcome;
        own.position = OFFERING.positionOf(modelId, user);
        own.isIssuer = REGISTRY.issuerOf(modelId) == user;
        if (own.isIssuer) own.issuerBonus = EMISSIONS.issuerBonusOf(modelId);
        if (own.outcome == Outcome.Graduated) {
            own.claimable = own.position.mt;
            own.mt = IERC20(OFFERING.tokenOf(modelId)).balanceOf(user);
        } else if (own.outcome == Outcome.Failed || _isFailable(record, time)) {
            own.refundable = own.position.flockNet;
            if (own.isIssuer) own.bundleRefundable = record.terms.bundleNet;
        }
        own.stake = STAKING.stakeRecordOf(modelId, user);
        own.stakeThatCounts = STAKING.stakeOf(modelId, user);
        (own.usage, own.discountWad) = _useOf(user, user, modelId);
        (own.weightEpoch, own.weight, own.weightNet) = EMISSIONS.weightOf(user, modelId);
        own.reward = EMISSIONS.claimableOf(user, modelId);
    }
}
