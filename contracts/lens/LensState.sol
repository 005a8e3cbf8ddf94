// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IBuyback} from "../buyback/interfaces/IBuyback.sol";
import {IEmissionDistributor} from "../emissions/interfaces/IEmissionDistributor.sol";
import {IGraduation} from "../graduation/interfaces/IGraduation.sol";
import {ILiquidityLocker} from "../graduation/interfaces/ILiquidityLocker.sol";
import {IOfferingState} from "../offering/interfaces/IOfferingState.sol";
import {IRealModelOffering} from "../offering/interfaces/IRealModelOffering.sol";
import {RaiseTimes} from "../offering/libraries/RaiseTimes.sol";
import {Outcome, RaiseRecord} from "../offering/types/OfferingTypes.sol";
import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {IModelStaking} from "../staking/interfaces/IModelStaking.sol";
import {IInferenceMeter} from "../usage/interfaces/IInferenceMeter.sol";
import {Account, Usage} from "../usage/types/UsageTypes.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {IProtocolLens} from "./interfaces/IProtocolLens.sol";

/// @title LensState
/// @notice The contracts that the lens reads, and what more than one of its parts derives from them.
abstract contract LensState is IProtocolLens {
    using PauseWindow for Pause;

    /// @dev What the lens reads.
    /// @param flock The token in which models are raised.
    /// @param usdc The token in which inference is paid.
    /// @param registry Where the models and seats are.
    /// @param offering Where the raises are.
    /// @param graduation Knows with which reserves pools opened.
    /// @param vault Holds what vests.
    /// @param locker Holds the liquidity.
    /// @param staking Where users stake.
    /// @param meter Where users prepay.
    /// @param buyback Buys back and burns.
    /// @param emissions Where usage earns rewards.
    struct Parts {
        IERC20 flock;
        IERC20 usdc;
        IModelRegistry registry;
        IRealModelOffering offering;
        IGraduation graduation;
        IVestingVault vault;
        ILiquidityLocker locker;
        IModelStaking staking;
        IInferenceMeter meter;
        IBuyback buyback;
        IEmissionDistributor emissions;
    }

    /// @notice The token in which models are raised.
    IERC20 public immutable FLOCK;
    /// @notice The token in which inference is paid.
    IERC20 public immutable USDC;
    /// @notice Where the models and seats are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Where the raises are.
    IRealModelOffering public immutable OFFERING;
    /// @notice Knows with which reserves pools opened.
    IGraduation public immutable GRADUATION;
    /// @notice Holds what vests.
    IVestingVault public immutable VAULT;
    /// @notice Holds the liquidity.
    ILiquidityLocker public immutable LOCKER;
    /// @notice Where users stake.
    IModelStaking public immutable STAKING;
    /// @notice Where users prepay.
    IInferenceMeter public immutable METER;
    /// @notice Buys back and burns.
    IBuyback public immutable BUYBACK;
    /// @notice Where usage earns rewards.
    IEmissionDistributor public immutable EMISSIONS;

    /// @param parts The contracts that it reads.
    constructor(Parts memory parts) {
        FLOCK = parts.flock;
        USDC = parts.usdc;
        REGISTRY = parts.registry;
        OFFERING = parts.offering;
        GRADUATION = parts.graduation;
        VAULT = parts.vault;
        LOCKER = parts.locker;
        STAKING = parts.staking;
        METER = parts.meter;
        BUYBACK = parts.buyback;
        EMISSIONS = parts.emissions;
    }

    /// @dev The record of a raise that exists.
    function _recordOf(uint256 modelId) internal view returns (RaiseRecord memory record) {
        record = OFFERING.raiseOf(modelId);
        require(record.running.outcome != Outcome.None, IOfferingState.Offering_UnknownModel(modelId));
    }

    /// @dev Whether a raise can be failed at a moment of the raise clock.
    function _isFailable(RaiseRecord memory record, uint256 time) internal pure returns (bool) {
        return
            record.running.outcome == Outcome.Open &&
            time >= RaiseTimes.failableAt(record.running, record.terms.minimumRaise);
    }

    /// @dev A user's prepaid USDC, and for how much of it the user may be served [USDC units].
    function _prepaidOf(address user) internal view returns (Account memory account, uint256 available) {
        return (METER.accountOf(user), METER.availableOf(user));
    }

    /// @dev What was collected of a series of vouchers, and the user's discount on its model [WAD].
    function _useOf(
        address user,
        address key,
        uint256 modelId
    ) internal view returns (Usage memory collected, uint256 discount) {
        return (METER.usageOf(user, key, modelId), STAKING.discountOf(modelId, user));
    }

    /// @dev What the raise clock shows now [s].
    function _raiseClock() internal view returns (uint256) {
        return OFFERING.buyPause().clock(block.timestamp);
    }
}
