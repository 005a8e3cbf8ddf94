// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {ClockActions} from "./ClockActions.sol";
import {DonationActions} from "./DonationActions.sol";
import {Ghosts} from "./Ghosts.sol";
import {LaunchActions} from "./LaunchActions.sol";
import {OutcomeActions} from "./OutcomeActions.sol";
import {PurchaseActions} from "./PurchaseActions.sol";
import {SeatActions} from "./SeatActions.sol";

/// @title FomoHandler
/// @notice Everything that people do with several offerings at once, in any order. An action never reverts: what the
/// contracts must refuse is tried too, and must be refused.
contract FomoHandler is LaunchActions, PurchaseActions, OutcomeActions, ClockActions, SeatActions, DonationActions {
    constructor(Protocol memory protocol) Ghosts(protocol) {
        _settings = protocol.offering.offeringSettings();
    }
}
