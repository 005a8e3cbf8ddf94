// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {AccountActions} from "./AccountActions.sol";
import {EarningGhosts} from "./EarningGhosts.sol";
import {KeyActions} from "./KeyActions.sol";
import {MeterActions} from "./MeterActions.sol";
import {RewardActions} from "./RewardActions.sol";
import {StakeActions} from "./StakeActions.sol";

/// @title EarningHandler
/// @notice Everything that people do with models that earn, in any order. An action never reverts: of the meter and of
/// sweeps, what the contracts must refuse is tried too, and must be refused.
contract EarningHandler is AccountActions, KeyActions, MeterActions, StakeActions, RewardActions {
    constructor(Protocol memory protocol) EarningGhosts(protocol) {}
}
