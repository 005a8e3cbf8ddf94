// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title DeploymentScore
/// @notice The score of section 3.7: revenue times age factor, max(0.2, 1 - t / 180), with t in days since the model went
/// live. Kept as an integer: the age factor is counted in 180ths, so that nothing rounds.
library DeploymentScore {
    /// @dev Age factor of a model on its first day, in 180ths.
    uint256 internal constant FULL_AGE_FACTOR = 180;
    /// @dev The floor of the age factor, in 180ths: 20%.
    uint256 internal constant LEAST_AGE_FACTOR = 36;

    /// @dev An epoch [s]: one UTC day.
    uint256 internal constant EPOCH_DURATION = 1 days;

    /// @dev The epoch of a moment.
    function epochOf(uint256 time) internal pure returns (uint256) {
        return time / EPOCH_DURATION;
    }

    /// @dev End of an epoch, exclusive [s].
    function endOf(uint256 epoch) internal pure returns (uint256) {
        return (epoch + 1) * EPOCH_DURATION;
    }

    /// @dev The age factor, in 180ths, in `epoch` of a model that went live in `liveEpoch`.
    function ageFactor(uint256 liveEpoch, uint256 epoch) internal pure returns (uint256) {
        uint256 age = epoch - liveEpoch;
        return age < FULL_AGE_FACTOR - LEAST_AGE_FACTOR ? FULL_AGE_FACTOR - age : LEAST_AGE_FACTOR;
    }
}
