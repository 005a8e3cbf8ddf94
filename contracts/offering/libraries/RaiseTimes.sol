// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Running} from "../types/OfferingTypes.sol";

/// @title RaiseTimes
/// @notice When a raise can be failed (decision 6).
library RaiseTimes {
    /// @dev How long a raise that has succeeded waits to be graduated before anyone can fail it [s, raise clock].
    uint256 internal constant STUCK_AFTER = 30 days;

    /// @dev When an open raise can be failed [s, raise clock]: below its minimum as soon as its sale is over.
    function failableAt(Running memory running, uint256 minimumRaise) internal pure returns (uint256) {
        return running.raised < minimumRaise ? running.endsAt : running.endsAt + STUCK_AFTER;
    }
}
