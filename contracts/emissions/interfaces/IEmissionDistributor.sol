// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";
import {IEmissionBudget} from "./IEmissionBudget.sol";
import {IEpochRolls} from "./IEpochRolls.sol";
import {IRewardClaims} from "./IRewardClaims.sol";
import {IRewardSweep} from "./IRewardSweep.sol";
import {IUsageRecords} from "./IUsageRecords.sol";

/// @title IEmissionDistributor
/// @notice Divides the daily emission of FLOCK among models by their Deployment Score (section 3.7). Divides a model's part
/// among its stakers by what they spent (section 3.8), together with the staking fund of the raise and the incentive
/// reserve of MT.
///
/// An epoch is one UTC day. Revenue counts when it is settled, so an epoch is final the moment it ends. A model is rolled
/// the first time that it is touched after that: its epoch is closed, and the pool of that epoch is filled. A user is
/// rolled after the model, from the pool of the one epoch to which its weight belongs. The cost of each step is constant.
///
/// No user can earn more in an epoch than the cap times its own net revenue, FLOCK and MT together, whatever others do. What
/// is above that is cut, stays aside for the model, and goes back to the budget with a sweep (decisions 21 and 49).
///
/// Holds FLOCK: the budget, what is carried, what was cut, and what is owed to users and issuers. The MT stays in the
/// vault until it is claimed.
///
/// Trust: the meter reports what it collected. Governance sets the rate and the caps, from the next epoch on, and the
/// minimum stake, all within constant bounds and with its delay. Nobody can take budget back.
interface IEmissionDistributor is
    IEmissionBudget,
    IEpochRolls,
    IUsageRecords,
    IRewardClaims,
    IRewardSweep,
    IOneShotWiring
{
    /// @notice Sets the link to the meter. Deployer only, once.
    /// @param meter_ The meter, which alone records usage.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 25
    function wire(address meter_) external;

    /// @notice The meter, which alone records usage.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function meter() external view returns (address);
}
