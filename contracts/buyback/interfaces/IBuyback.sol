// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IBuybackGovernance} from "./IBuybackGovernance.sol";
import {IBuybackLots} from "./IBuybackLots.sol";
import {IBuybackObservations} from "./IBuybackObservations.sol";
import {IBuybackPrices} from "./IBuybackPrices.sol";

/// @title IBuyback
/// @notice Buys back and burns FLOCK and MT with 60% of net revenue (section 3.5), in two steps that anyone can trigger.
/// The first step turns USDC into FLOCK, which is burned or kept for a model. The second step turns the FLOCK of a model
/// into its MT, which is burned (decisions 17 to 20).
///
/// Each step buys one lot. The caller chooses neither its size nor its price bound. The size is what waits, but at most
/// what the buckets of the pools let through. The price is at most a band worse than the time-weighted price of each pool.
/// ONE lot is so small that trading just before and after it costs more in pool fees than the lot moves the price. That
/// says nothing of many lots: whoever pushes a price up and holds it there until the average has followed sells to all that
/// waits. What bounds this is time. The bucket of a model's pool passes so little a day that a large backlog lasts longer
/// than stakers need to withdraw and sell into the pushed price (decision 18). FLOCK has other markets, so the route may be
/// faster.
///
/// All who buy FLOCK share the buckets of the route: the step that burns it and the step of every model. Whoever calls more
/// often gets more of them. Nothing is lost by that: what has to wait stays credit, and nobody can use up what is not its own.
///
/// Holds the FLOCK of models. The USDC stays in the waterfall until a lot sends it straight to the first pair.
///
/// Trust: governance names the route and the settings within constant bounds, with its delay. The guardian can pause.
interface IBuyback is IBuybackGovernance, IBuybackObservations, IBuybackPrices, IBuybackLots {}
