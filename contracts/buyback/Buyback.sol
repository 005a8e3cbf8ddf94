// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {BuybackGovernance} from "./BuybackGovernance.sol";
import {BuybackLots} from "./BuybackLots.sol";
import {BuybackObservations} from "./BuybackObservations.sol";
import {BuybackPrices} from "./BuybackPrices.sol";
import {BuybackState} from "./BuybackState.sol";
import {IBuyback} from "./interfaces/IBuyback.sol";
import {BuybackSettings} from "./types/BuybackTypes.sol";

/// @title Buyback
/// @notice Implements `IBuyback`, which is its manual. It is made of parts over one state, one for each interface.
/// @dev FLOCK held >= sum over models of `flockOf`.
contract Buyback is BuybackGovernance, BuybackObservations, BuybackPrices, BuybackLots, IBuyback {
    /// @param authority The AccessManager.
    /// @param parts The tokens, the DEX and the contracts that it works with.
    /// @param settings The first settings.
    constructor(
        address authority,
        Parts memory parts,
        BuybackSettings memory settings
    ) AccessManaged(authority) BuybackState(parts) BuybackGovernance(settings) {}
}
