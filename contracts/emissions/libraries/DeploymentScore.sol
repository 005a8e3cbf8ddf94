// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title DeploymentScore
/// @notice The Deployment Score of section 3.7: revenue times age factor. The age factor is max(0.2, 1 - t / 180), and t is
/// the number of days since the model went live. It is counted in 180ths, so scores are whole numbers and nothing is
/// rounded.
library DeploymentScore {
    /// @dev The age factor of a model on its first day [180ths].
    uint256 internal constant MAX_AGE_FACTOR = 180;
    /// @dev The smallest age factor: 20% [180ths].
    uint256 internal constant MIN_AGE_FACTOR = 36;

    /// @dev Length of an epoch: one UTC day [s].
    uint256 internal constant EPOCH_DURATION = 1 days;

    /// @dev The epoch of a moment.
    function epochOf(uint256 time) internal pure returns (uint256) {
        return time / EPOCH_DURATION;
    }

    /// @dev The first moment after an epoch [s].
    function endOf(uint256 epoch) internal pure returns (uint256) {
        return (epoch + 1) * EPOCH_DURATION;
    }

    /// @dev The age factor in `epoch` of a model that went live in `liveEpoch` [180ths].
    function ageFactor(uint256 liveEpoch, uint256 epoch) internal pure returns (uint256) {
        uint256 age = epoch - liveEpoch;
        return age < MAX_AGE_FACTOR - MIN_AGE_FACTOR ? MAX_AGE_FACTOR - age : MIN_AGE_FACTOR;
    }
}
