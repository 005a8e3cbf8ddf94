// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IBuybackObservations} from "../buyback/interfaces/IBuybackObservations.sol";
import {IModelRegistry, ModelIdentity} from "../registry/interfaces/IModelRegistry.sol";
import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {IModelTokenFactory} from "../token/interfaces/IModelTokenFactory.sol";
import {ModelToken} from "../token/ModelToken.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {IGraduation, OpeningReserves, Raise} from "./interfaces/IGraduation.sol";
import {FlockSplit, GraduationSplit, MtSplit} from "./libraries/GraduationSplit.sol";

/// @title Graduation
/// @notice Implements `IGraduation`, which is its manual.
contract Graduation is IGraduation, OneShotWiring {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev Name of the link.
    bytes32 private constant OFFERING_LINK = "offering";

    /// @notice The token in which models are raised.
    IERC20 public immutable FLOCK;
    /// @notice The DEX on which models graduate.
    IUniswapV2Factory public immutable DEX_FACTORY;
    /// @inheritdoc IGraduation
    IModelTokenFactory public immutable TOKEN_FACTORY;
    /// @notice Receives what vests.
    IVestingVault public immutable VAULT;
    /// @notice Receives the liquidity tokens.
    address public immutable LOCKER;
    /// @notice Where the names of the models and the seats are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Observes the pool's price from the first block on.
    IBuybackObservations public immutable BUYBACK;

    /// @inheritdoc IGraduation
    address public offering;

    mapping(uint256 modelId => OpeningReserves) private _openingReserves;

    /// @param flock The token in which models are raised.
    /// @param dexFactory The DEX on which models graduate.
    /// @param tokenFactory Deploys the model tokens.
    /// @param vault Receives what vests.
    /// @param locker Receives the liquidity tokens.
    /// @param registry Where the names of the models and the seats are.
    /// @param buyback Observes the pool's price from the first block on.
    constructor(
        IERC20 flock,
        IUniswapV2Factory dexFactory,
        IModelTokenFactory tokenFactory,
        IVestingVault vault,
        address locker,
        IModelRegistry registry,
        IBuybackObservations buyback
    ) {
        FLOCK = flock;
        DEX_FACTORY = dexFactory;
        TOKEN_FACTORY = tokenFactory;
        VAULT = vault;
        LOCKER = locker;
        REGISTRY = registry;
        BUYBACK = buyback;
    }

    /// @inheritdoc IGraduation
    function wire(address offering_) external {
        _checkWire(OFFERING_LINK, offering, offering_);
        offering = offering_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(OFFERING_LINK, offering);
    }

    /// @inheritdoc IGraduation
    /// @dev The offering holds its reentrancy guard, and has stored the outcome before this call.
    function graduate(Raise calldata raise) external returns (address token) {
        require(msg.sender == offering, Graduation_NotOffering(msg.sender));

        ModelIdentity memory identity = REGISTRY.identityOf(raise.modelId);
        token = TOKEN_FACTORY.deploy(raise.modelId, raise.tokenSalt, identity.name, identity.symbol);
        uint256 poolMt = GraduationSplit.openingMt(raise.openingMode, raise.sold, raise.virtualFlock, raise.raised);
        MtSplit memory mt = GraduationSplit.ofSupply(raise.sold, raise.bundleMt, poolMt);
        FlockSplit memory flock = GraduationSplit.ofProceeds(raise.raised);

        _openingReserves[raise.modelId] = OpeningReserves({flock: flock.pool.toUint128(), mt: mt.pool.toUint128()});
        if (mt.burned != 0) ModelToken(token).burn(mt.burned);
        address treasury = REGISTRY.treasury();
        (IUniswapV2Pair pair, uint256 liquidity) = _openPool(token, flock.pool, mt.pool, treasury);
        _openVesting(raise.modelId, token, mt, flock);
        uint256 surplus = FLOCK.balanceOf(address(this)); // the raise has been paid out: it was sent here by mistake
        if (surplus != 0) FLOCK.safeTransfer(treasury, surplus);
        BUYBACK.pokeModel(raise.modelId);
        IERC20(token).safeTransfer(msg.sender, mt.claimable);
        emit Graduated(raise.modelId, token, address(pair), mt, flock, liquidity);
    }

    /// @inheritdoc IGraduation
    function openingReservesOf(uint256 modelId) external view returns (OpeningReserves memory) {
        return _openingReserves[modelId];
    }

    /// @dev Opens the pool with exactly the intended reserves, and locks all of its liquidity.
    ///
    /// Anyone can create the pair, and send FLOCK to its address before or after that. Its reserves are zero all the same:
    /// until this call the token had no code, and without the token every function of the pair that writes reserves reverts.
    /// `skim` gives whatever the pair holds to the treasury, also when it was created here: its address was known before.
    function _openPool(
        address token,
        uint256 flockAmount,
        uint256 mtAmount,
        address treasury
    ) private returns (IUniswapV2Pair pair, uint256 liquidity) {
        pair = IUniswapV2Pair(DEX_FACTORY.getPair(address(FLOCK), token));
        if (address(pair) == address(0)) {
            pair = IUniswapV2Pair(DEX_FACTORY.createPair(address(FLOCK), token));
        }
        pair.skim(treasury);

        FLOCK.safeTransfer(address(pair), flockAmount);
        IERC20(token).safeTransfer(address(pair), mtAmount);
        liquidity = pair.mint(LOCKER);

        (uint256 flockReserve, uint256 mtReserve, ) = pair.getReserves();
        if (token < address(FLOCK)) (flockReserve, mtReserve) = (mtReserve, flockReserve);
        require(
            flockReserve == flockAmount && mtReserve == mtAmount,
            Graduation_UnexpectedReserves(flockReserve, mtReserve, flockAmount, mtAmount)
        );
    }

    /// @dev Transfers the shares that vest to the vault, and records them there.
    function _openVesting(uint256 modelId, address token, MtSplit memory mt, FlockSplit memory flock) private {
        IERC20(token).safeTransfer(address(VAULT), mt.issuer + mt.treasury + mt.incentiveReserve);
        FLOCK.safeTransfer(address(VAULT), flock.protocol + flock.stakingFund);
        VAULT.open(modelId, token, [mt.issuer, mt.treasury, mt.incentiveReserve, flock.protocol, flock.stakingFund]);
    }
}
