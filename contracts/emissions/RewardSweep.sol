// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FlockBurn} from "../shared/libraries/FlockBurn.sol";
import {Share} from "../vesting/interfaces/IVestingVault.sol";
import {LinearVesting} from "../vesting/libraries/LinearVesting.sol";
import {EpochRolls} from "./EpochRolls.sol";
import {IRewardSweep} from "./interfaces/IRewardSweep.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {ModelRewards} from "./types/EmissionTypes.sol";

/// @title RewardSweep
/// @notice Implements `IRewardSweep`, which is its manual.
abstract contract RewardSweep is EpochRolls, IRewardSweep {
    using FlockBurn for IERC20;

    /// @notice How long after the end of vesting, or after the last sweep, a model can be swept [s].
    uint256 public constant SWEEP_DELAY = 360 days;

    /// @inheritdoc IRewardSweep
    function sweep(uint256 modelId) external nonReentrant {
        // Check
        (address token, uint256 startAt) = VAULT.recordOf(modelId);
        require(token != address(0), Emission_NotGraduated(modelId));
        _roll(modelId);
        ModelRewards memory model = _models[modelId];
        bool isFirst = model.sweptEpoch == 0;
        uint256 waitedFrom = isFirst ? startAt + LinearVesting.DURATION : DeploymentScore.endOf(model.sweptEpoch);
        uint256 sweepableAt = waitedFrom + SWEEP_DELAY;
        require(block.timestamp >= sweepableAt, Emission_NotSweepable(modelId, sweepableAt));
        require(model.openWeight == 0, Emission_StillEarning(modelId, model.openEpoch));

        // Effect
        (uint256 fundLeft, uint256 reserveLeft) = (0, 0);
        if (isFirst) {
            (uint256 fundVested, uint256 reserveVested) = _vestedAt(modelId, block.timestamp);
            (fundLeft, reserveLeft) = (fundVested - model.releasedFund, reserveVested - model.releasedReserve);
        }
        uint256 mtBurned = reserveLeft + model.cutMt;
        uint256 returned = uint256(model.carriedEmission) + model.cutFlock;
        uint256 unreservedAfter = _unreserved + returned;
        _unreserved = unreservedAfter;
        ModelRewards storage stored = _models[modelId];
        stored.sweptEpoch = uint24(_currentEpoch()); // days since 1970
        stored.carriedEmission = 0;
        (stored.cutFlock, stored.cutMt) = (0, 0);
        emit ModelSwept(modelId, stored.sweptEpoch, fundLeft, mtBurned, returned, unreservedAfter);

        // Interact
        if (fundLeft != 0) {
            VAULT.draw(modelId, Share.StakingFund, fundLeft, address(this));
            FLOCK.burn(FLOCK_BURNS, fundLeft);
        }
        if (mtBurned != 0) {
            VAULT.draw(modelId, Share.IncentiveReserve, mtBurned, address(this));
            ERC20Burnable(token).burn(mtBurned);
        }
    }
}
