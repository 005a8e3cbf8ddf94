// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Protocol} from "../../support/solidity/LocalProtocol.sol";
import {EarningGhosts} from "./EarningGhosts.sol";
import {MeterActions} from "./MeterActions.sol";
import {RewardActions} from "./RewardActions.sol";
import {StakeActions} from "./StakeActions.sol";

/// @title EarningHandler
/// @notice Everything that people do with models that earn, in any order. An action never reverts.
contract EarningHandler is MeterActions, StakeActions, RewardActions {
    constructor(Protocol memory protocol) EarningGhosts(protocol) {}
}
