// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Share} from "../vesting/interfaces/IVestingVault.sol";
import {EpochRolls} from "./EpochRolls.sol";
import {IRewardClaims} from "./interfaces/IRewardClaims.sol";
import {RewardPool} from "./libraries/RewardPool.sol";
import {ModelRewards, Pool, Reward, UserWeight} from "./types/EmissionTypes.sol";

/// @title RewardClaims
/// @notice Implements `IRewardClaims`, which is its manual.
abstract contract RewardClaims is EpochRolls, IRewardClaims {
    using SafeERC20 for IERC20;

    /// @inheritdoc IRewardClaims
    function claim(address user, uint256[] calldata modelIds) external nonReentrant returns (uint256 flock) {
        uint256 mtOfAll;
        for (uint256 i = 0; i < modelIds.length; ++i) {
            Reward memory reward = _takeReward(modelIds[i], user);
            flock += reward.flock;
            mtOfAll += reward.mt;
            if (reward.mt != 0) VAULT.draw(modelIds[i], Share.IncentiveReserve, reward.mt, user);
        }
        require(flock + mtOfAll != 0, Emission_NothingToClaim(user));
        if (flock != 0) FLOCK.safeTransfer(user, flock);
    }

    /// @inheritdoc IRewardClaims
    function claimIssuerBonus(uint256 modelId, address to) external nonReentrant returns (uint256 flock) {
        address issuer = REGISTRY.issuerOf(modelId);
        require(msg.sender == issuer, Emission_NotIssuer(msg.sender, issuer));
        require(to != address(0), Emission_ZeroRecipient());
        _roll(modelId);
        flock = _models[modelId].issuerBonus;
        require(flock != 0, Emission_NothingToClaim(issuer));

        _models[modelId].issuerBonus = 0;
        emit IssuerBonusClaimed(modelId, to, flock);
        FLOCK.safeTransfer(to, flock);
    }

    /// @inheritdoc IRewardClaims
    function claimableOf(address user, uint256 modelId) external view returns (Reward memory reward) {
        reward = _rewards[modelId][user];
        UserWeight memory own = _weights[modelId][user];
        if (own.weight == 0 || own.epoch == _currentEpoch()) return reward;
        Pool memory pool = _pools[modelId][own.epoch];
        ModelRewards memory model = _models[modelId];
        if (pool.weight == 0 && model.openEpoch == own.epoch) pool = _close(modelId, model).pool;
        (Reward memory earned, ) = RewardPool.earnedOf(pool, own.weight, own.net, USDC_UNIT);
        reward.flock += earned.flock;
        reward.mt += earned.mt;
    }

    /// @inheritdoc IRewardClaims
    function issuerBonusOf(uint256 modelId) external view returns (uint256) {
        ModelRewards memory model = _models[modelId];
        return _hasEnded(model) ? _close(modelId, model).model.issuerBonus : model.issuerBonus;
    }

    /// @dev Removes what a user can claim of a model from the books, with what its weight has earned since.
    function _takeReward(uint256 modelId, address user) private returns (Reward memory reward) {
        _roll(modelId);
        reward = _rewards[modelId][user];
        if (reward.flock != 0 || reward.mt != 0) delete _rewards[modelId][user];
        UserWeight memory own = _weights[modelId][user];
        if (own.weight != 0 && own.epoch != _currentEpoch()) {
            delete _weights[modelId][user];
            Reward memory earned = _rollUser(modelId, user, own);
            reward.flock += earned.flock;
            reward.mt += earned.mt;
            emit UserRolled(modelId, user, reward, UserWeight({epoch: 0, weight: 0, net: 0}));
        }
        if (reward.flock != 0 || reward.mt != 0) emit RewardClaimed(modelId, user, reward.flock, reward.mt);
    }
}
