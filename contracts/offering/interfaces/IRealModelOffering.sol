// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOfferingFees} from "./IOfferingFees.sol";
import {IOfferingGovernance} from "./IOfferingGovernance.sol";
import {IOfferingLaunch} from "./IOfferingLaunch.sol";
import {IOfferingOutcomes} from "./IOfferingOutcomes.sol";
import {IOfferingPurchases} from "./IOfferingPurchases.sol";
import {IOfferingState} from "./IOfferingState.sol";

/// @title IRealModelOffering
/// @notice The raises of all models (sections 3.2, 3.3 and 3.10).
///
/// Supporters buy on the curve with FLOCK. They get positions: before graduation there is no token and no selling back. A
/// raise succeeds if it reaches its target, or has its minimum when its sale ends. Then anyone can graduate it. Otherwise
/// everyone gets the net contribution back. Fees are never refunded.
///
/// Holds the FLOCK of raises, fees that were not claimed, and MT that can be claimed.
///
/// Trust: everything that a raise depends on is fixed when it is launched. Governance sets the terms of later launches,
/// within constant bounds and with its delay. The guardian can pause launches and purchases, but never graduation, claims,
/// refunds or fees. While purchases are paused, the clock of every raise stands still.
///
/// Tokens: FLOCK is fixed at deployment and must be a plain ERC-20. A FLOCK that takes a fee on transfers is refused when a
/// launch pays its fee or bundle, and again when the pool is filled.
interface IRealModelOffering is
    IOfferingState,
    IOfferingLaunch,
    IOfferingPurchases,
    IOfferingOutcomes,
    IOfferingFees,
    IOfferingGovernance
{}
