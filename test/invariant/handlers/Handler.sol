// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CommonBase} from "forge-std/Base.sol";
import {StdAssertions} from "forge-std/StdAssertions.sol";
import {StdCheats} from "forge-std/StdCheats.sol";
import {StdUtils} from "forge-std/StdUtils.sol";

/// @title Handler
/// @notice What shakes a campaign's protocol: a clock of its own, and a count of what it has done.
abstract contract Handler is CommonBase, StdAssertions, StdCheats, StdUtils {
    /// @notice The time at which everything happens [s].
    uint256 public time = block.timestamp;

    /// @notice How often each kind of action took effect, and how often "refused " and its name was tried.
    mapping(string kind => uint256) public done;
}
