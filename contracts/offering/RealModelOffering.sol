// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {IRealModelOffering} from "./interfaces/IRealModelOffering.sol";
import {OfferingFees} from "./OfferingFees.sol";
import {OfferingGovernance} from "./OfferingGovernance.sol";
import {OfferingLaunch} from "./OfferingLaunch.sol";
import {OfferingOutcomes} from "./OfferingOutcomes.sol";
import {OfferingPurchases} from "./OfferingPurchases.sol";
import {OfferingState} from "./OfferingState.sol";
import {OfferingSettings} from "./types/OfferingTypes.sol";

/// @title RealModelOffering
/// @notice Implements `IRealModelOffering`, which is its manual. It is made of parts over one state, one for each interface.
/// @dev For all raises together, with D the net contributions of a raise:
///
///     FLOCK held >= sum over open raises of D + sum over failed raises of what was not refunded
///                 + fees that were not claimed + launch fees that were not claimed
///
/// and for every model that has graduated:
///
///     MT held >= sum of the positions that were not claimed
contract RealModelOffering is
    IRealModelOffering,
    OfferingLaunch,
    OfferingPurchases,
    OfferingOutcomes,
    OfferingFees,
    OfferingGovernance,
    Multicall
{
    /// @param authority The AccessManager.
    /// @param flock The token in which models are raised.
    /// @param registry Where the models and seats are.
    /// @param graduation Turns raises that have succeeded into tokens and pools.
    /// @param settings The settings of the first launches.
    constructor(
        address authority,
        IERC20 flock,
        IModelRegistry registry,
        IGraduation graduation,
        OfferingSettings memory settings
    ) AccessManaged(authority) OfferingState(flock, registry, graduation) OfferingGovernance(settings) {}
}
