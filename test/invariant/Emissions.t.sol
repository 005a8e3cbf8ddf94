// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {RewardPool} from "../../contracts/emissions/libraries/RewardPool.sol";
import {EpochTotals, ModelRewards, Reward} from "../../contracts/emissions/types/EmissionTypes.sol";
import {Allocation, Share} from "../../contracts/vesting/interfaces/IVestingVault.sol";
import {EarningCampaign} from "./EarningCampaign.sol";

/// @dev What holds of the emission distributor after every action, once every model is rolled (which changes nothing):
///
///  23. claimable + cut + unreserved + carried + bonuses + not yet shared <= FLOCK(distributor) - donations, and the
///      difference is at most a wei for each division: nothing is lost
///  24. funded + drawn from the funds = paid out + FLOCK(distributor) - donations
///  25. sum of the models' shares of an epoch <= its emission <= the rate that held in it
///  26. the reserve of m released into pools = claimed + claimable + cut, to a wei for each division; what has left the
///      vault = claimed + burned by sweeps; released <= vested
contract EmissionsInvariantTest is EarningCampaign {
    function invariant_NothingIsLostAndEverythingIsCovered() external atHandlersTime {
        _checkShares();
        _checkCover();
    }

    function _checkCover() private {
        uint256 state = vm.snapshotState();
        for (uint256 modelId = 1; modelId <= handler.MODELS(); ++modelId) p.emissions.roll(modelId);
        uint256 drawn;
        uint256 owed = p.emissions.unreserved() + p.emissions.epochTotalsOf(p.emissions.currentEpoch()).emission;
        for (uint256 modelId = 1; modelId <= handler.MODELS(); ++modelId) {
            ModelRewards memory model = p.emissions.modelRewardsOf(modelId);
            owed += uint256(model.carriedEmission) + model.issuerBonus + _checkMt(modelId, model);
            drawn += model.releasedFund;
            assertLe(model.releasedFund, _vested(modelId, Share.StakingFund), "the fund is released as it vests");
        }
        uint256 held =
            p.flock.balanceOf(address(p.emissions)) - handler.donated(address(p.flock), address(p.emissions));
        assertEq(handler.funded() + drawn, handler.flockOut() + held, "what came in and what went out");
        assertLe(owed, held, "everything claimable is held");
        assertLe(held - owed, _dust(), "nothing is lost");
        vm.revertToState(state);
    }

    function _checkShares() private view {
        for (uint256 i = 0; i < handler.epochCount(); ++i) {
            uint256 epoch = handler.epochs(i);
            EpochTotals memory totals = p.emissions.epochTotalsOf(epoch);
            assertLe(handler.sharedIn(epoch), totals.emission, "shares");
            assertLe(totals.emission, handler.rateIn(epoch) - 1, "rate");
        }
    }

    /// @dev Checks the MT of a model and returns the FLOCK that its users can claim, and that was cut from them.
    function _checkMt(uint256 modelId, ModelRewards memory model) private view returns (uint256 flock) {
        flock = model.cutFlock;
        uint256 mt = handler.claimedMt(modelId) + handler.burnedCutMt(modelId) + model.cutMt;
        for (uint256 i = 0; i < handler.ACTORS(); ++i) {
            Reward memory reward = p.emissions.claimableOf(handler.actors(i), modelId);
            Reward memory cut = _cutToCome(handler.actors(i), modelId);
            flock += uint256(reward.flock) + cut.flock;
            mt += uint256(reward.mt) + cut.mt;
        }
        assertLe(mt, model.releasedReserve, "MT that was earned or cut was released");
        assertLe(model.releasedReserve - mt, _dust(), "no MT is lost");
        Allocation memory reserve = p.vault.allocationOf(modelId, Share.IncentiveReserve);
        uint256 left = handler.claimedMt(modelId) + handler.burnedMt(modelId) + handler.burnedCutMt(modelId);
        assertEq(reserve.released, left, "MT that has left the vault");
        uint256 ended = model.releasedReserve + handler.burnedMt(modelId);
        assertLe(ended, _vested(modelId, Share.IncentiveReserve), "MT as it vests");
    }

    /// @dev What will be cut from a user that nobody has touched since its last epoch ended.
    function _cutToCome(address user, uint256 modelId) private view returns (Reward memory cut) {
        (uint256 epoch, uint256 weight, uint256 net) = p.emissions.weightOf(user, modelId);
        if (weight == 0 || epoch == p.emissions.currentEpoch()) return cut;
        (, cut) = RewardPool.earnedOf(p.emissions.poolOf(modelId, epoch), weight, net, 1e6);
    }

    function _vested(uint256 modelId, Share share) private view returns (uint256) {
        return p.vault.allocationOf(modelId, share).released + p.vault.releasable(modelId, share);
    }

    /// @dev Every division loses less than a wei. The rolls of this check may add some that the handler did not count.
    function _dust() private view returns (uint256) {
        return handler.divisions() + handler.MODELS() * (1 + handler.ACTORS());
    }
}
