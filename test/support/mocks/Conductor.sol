// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {RewardWorld} from "./RewardWorld.sol";

/// @notice One call, and whether it must succeed.
struct Step {
    address target;
    bytes data;
    bool succeeds;
}

/// @title Conductor
/// @notice Makes many calls in one transaction, so that a thousand histories cost some thousand transactions.
contract Conductor {
    /// @notice A step came out otherwise than the model says.
    error Conductor_Unexpected(uint256 step, bool succeeded, bytes answer);

    function run(Step[] calldata steps) external {
        for (uint256 i = 0; i < steps.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls -- whether it reverts is what is compared
            (bool succeeded, bytes memory answer) = steps[i].target.call(steps[i].data);
            require(succeeded == steps[i].succeeds, Conductor_Unexpected(i, succeeded, answer));
        }
    }

    function statesOf(
        RewardWorld[] calldata worlds,
        address[] calldata users,
        address[] calldata holders
    ) external view returns (uint256[][] memory states) {
        states = new uint256[][](worlds.length);
        for (uint256 i = 0; i < worlds.length; ++i) states[i] = worlds[i].state(users, holders);
    }
}
