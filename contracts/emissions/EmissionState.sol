// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IBuybackPrices} from "../buyback/interfaces/IBuybackPrices.sol";
import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {IModelStaking} from "../staking/interfaces/IModelStaking.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {DeploymentScore} from "./libraries/DeploymentScore.sol";
import {EmissionSettings, EpochTotals, ModelRewards, Pool, Reward, UserWeight} from "./types/EmissionTypes.sol";

/// @title EmissionState
/// @notice What all parts of the emission distributor share: the contracts that it works with, and its storage.
/// @dev FLOCK held >= unreserved + what epochs have reserved and models have not shared yet + carried emissions
///                    + what users and issuers can claim + what own caps have cut
abstract contract EmissionState is ReentrancyGuardTransient {
    /// @dev What the contract is built with.
    /// @param flock The token that is emitted.
    /// @param flockBurns Whether FLOCK has a `burn`; otherwise it goes to the dead address.
    /// @param usdcUnit One USDC [USDC units].
    /// @param registry Where the seats are.
    /// @param vault Holds the staking fund and the incentive reserve.
    /// @param graduation Knows with which reserves the pool of a model opened.
    /// @param staking Where users stake.
    /// @param buyback Knows the average prices of FLOCK and of MT.
    struct Parts {
        IERC20 flock;
        bool flockBurns;
        uint256 usdcUnit;
        IModelRegistry registry;
        IVestingVault vault;
        IGraduation graduation;
        IModelStaking staking;
        IBuybackPrices buyback;
    }

    /// @notice The token that is emitted.
    IERC20 public immutable FLOCK;
    /// @notice Whether FLOCK has a `burn`.
    bool public immutable FLOCK_BURNS;
    /// @notice One USDC [USDC units].
    uint256 public immutable USDC_UNIT;
    /// @notice Where the seats are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Holds the staking fund and the incentive reserve.
    IVestingVault public immutable VAULT;
    /// @notice Knows with which reserves the pool of a model opened.
    IGraduation public immutable GRADUATION;
    /// @notice Where users stake.
    IModelStaking public immutable STAKING;
    /// @notice Knows the average prices of FLOCK and of MT.
    IBuybackPrices public immutable BUYBACK;

    EmissionSettings internal _settings;
    uint256 internal _minimumStake;
    uint256 internal _unreserved;
    address internal _meter;
    mapping(uint256 epoch => EpochTotals) internal _epochs;
    mapping(uint256 modelId => ModelRewards) internal _models;
    mapping(uint256 modelId => mapping(uint256 epoch => Pool)) internal _pools;
    mapping(uint256 modelId => mapping(address user => UserWeight)) internal _weights;
    mapping(uint256 modelId => mapping(address user => Reward)) internal _rewards;

    /// @param parts The token and the contracts that it works with.
    constructor(Parts memory parts) {
        FLOCK = parts.flock;
        FLOCK_BURNS = parts.flockBurns;
        USDC_UNIT = parts.usdcUnit;
        REGISTRY = parts.registry;
        VAULT = parts.vault;
        GRADUATION = parts.graduation;
        STAKING = parts.staking;
        BUYBACK = parts.buyback;
    }

    /// @dev The epoch of now.
    function _currentEpoch() internal view returns (uint256) {
        return DeploymentScore.epochOf(block.timestamp);
    }
}
