// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Seats} from "../registry/libraries/Seats.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {BuybackPools} from "./BuybackPools.sol";
import {BuybackSettings, IBuyback, Lot, RoutePair} from "./interfaces/IBuyback.sol";
import {IRevenueWaterfall} from "./interfaces/IRevenueWaterfall.sol";

/// @title Buyback
/// @notice Implements `IBuyback`, which is its manual.
/// @dev FLOCK held >= sum over models of `flockOf`.
contract Buyback is BuybackPools, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev What the contract is built with.
    /// @param usdc The token that is spent.
    /// @param flock The token that is bought.
    /// @param flockBurns Whether FLOCK has a `burn`; otherwise it goes to the dead address.
    /// @param dexFactory The DEX on which models graduate.
    /// @param pairFeeBps Fee of its pairs [bps].
    /// @param registry Where the models and seats are.
    /// @param vault Where the record of every graduation is.
    /// @param waterfall Where the USDC waits.
    struct Parts {
        IERC20 usdc;
        IERC20 flock;
        bool flockBurns;
        IUniswapV2Factory dexFactory;
        uint256 pairFeeBps;
        IModelRegistry registry;
        IVestingVault vault;
        IRevenueWaterfall waterfall;
    }

    /// @dev Where FLOCK without a `burn` goes.
    address private constant DEAD = 0x000000000000000000000000000000000000dEaD;
    /// @dev The longest route.
    uint256 private constant MAX_HOPS = 3;

    /// @notice The token that is spent.
    IERC20 public immutable USDC;
    /// @notice The token that is bought.
    IERC20 public immutable FLOCK;
    /// @notice Whether FLOCK has a `burn`.
    bool public immutable FLOCK_BURNS;
    /// @notice The DEX on which models graduate.
    IUniswapV2Factory public immutable DEX_FACTORY;
    /// @notice Where the record of every graduation is.
    IVestingVault public immutable VAULT;
    /// @notice Where the USDC waits.
    IRevenueWaterfall public immutable WATERFALL;

    /// @inheritdoc IBuyback
    mapping(uint256 modelId => uint256) public flockOf;

    Hop[] private _route;

    /// @param authority The AccessManager.
    /// @param parts The tokens, the DEX and the contracts that it works with.
    /// @param settings The first settings.
    constructor(
        address authority,
        Parts memory parts,
        BuybackSettings memory settings
    ) BuybackPools(authority, parts.registry, parts.pairFeeBps, settings) {
        USDC = parts.usdc;
        FLOCK = parts.flock;
        FLOCK_BURNS = parts.flockBurns;
        DEX_FACTORY = parts.dexFactory;
        VAULT = parts.vault;
        WATERFALL = parts.waterfall;
        // A token without the function that the parameters promise would stop every FLOCK buyback for good.
        if (parts.flockBurns) ERC20Burnable(address(parts.flock)).burn(0);
    }

    /// @inheritdoc IBuyback
    function buyFlock(
        uint256 modelId,
        uint256 amountOutMin,
        uint256 deadline
    ) external nonReentrant returns (Lot memory lot) {
        Hop[] memory hops = _route;
        HopState[] memory states;
        (lot, states) = _plan(hops, _creditOf(modelId));
        _requireReady(lot, amountOutMin, deadline);

        uint256 flockKept;
        if (modelId != 0) {
            flockKept = flockOf[modelId] + lot.amountOut;
            flockOf[modelId] = flockKept;
        }
        emit FlockBought(modelId, msg.sender, lot.amountIn, lot.amountOut, flockKept);

        WATERFALL.claim(_seatOf(modelId), lot.amountIn, hops[0].pair);
        _trade(hops, states, address(this));
        if (modelId == 0) _burnFlock(lot.amountOut);
    }

    /// @inheritdoc IBuyback
    function buyMt(
        uint256 modelId,
        uint256 amountOutMin,
        uint256 deadline
    ) external nonReentrant returns (Lot memory lot) {
        (Hop[] memory hops, address token) = _modelHop(modelId);
        HopState[] memory states;
        (lot, states) = _plan(hops, flockOf[modelId]);
        _requireReady(lot, amountOutMin, deadline);

        uint256 flockLeft = lot.credit - lot.amountIn;
        flockOf[modelId] = flockLeft;
        emit MtBurned(modelId, msg.sender, lot.amountIn, lot.amountOut, flockLeft);

        FLOCK.safeTransfer(hops[0].pair, lot.amountIn);
        _trade(hops, states, address(this));
        ERC20Burnable(token).burn(lot.amountOut);
    }

    /// @inheritdoc IBuyback
    function pokeRoute() external {
        address tokenIn = address(USDC);
        for (uint256 i = 0; i < _route.length; ++i) {
            Hop memory hop = _route[i];
            // Below the least reserve the pair is not used, so that governance has vouched for as much.
            _poke(hop.pair, tokenIn, hop.inIsFirst, hop.minReserve);
            tokenIn = _otherToken(hop.pair, hop.inIsFirst);
        }
    }

    /// @inheritdoc IBuyback
    function pokeModel(uint256 modelId) external returns (bool recorded) {
        (Hop[] memory hops, ) = _modelHop(modelId);
        // Graduation is the first to get here, in the call that opens the pool: before it there is no record.
        return _poke(hops[0].pair, address(FLOCK), hops[0].inIsFirst, type(uint256).max);
    }

    /// @inheritdoc IBuyback
    function setRoute(RoutePair[] calldata route) external restricted {
        require(route.length <= MAX_HOPS, Buyback_BadRouteLength(route.length, MAX_HOPS));
        emit RouteChanged(routePairs(), route);
        delete _route;
        address token = address(USDC);
        for (uint256 i = 0; i < route.length; ++i) {
            address pair = route[i].pair;
            for (uint256 j = 0; j < i; ++j) require(route[j].pair != pair, Buyback_PairRepeated(pair));
            bool inIsFirst = IUniswapV2Pair(pair).token0() == token;
            require(inIsFirst || IUniswapV2Pair(pair).token1() == token, Buyback_RouteBroken(pair, token));
            _route.push(Hop({pair: pair, inIsFirst: inIsFirst, minReserve: route[i].minReserve}));
            token = _otherToken(pair, inIsFirst);
        }
        require(route.length == 0 || token == address(FLOCK), Buyback_RouteEndsElsewhere(token));
    }

    /// @inheritdoc IBuyback
    function nextFlockLot(uint256 modelId) external view returns (Lot memory lot) {
        (lot, ) = _plan(_route, _creditOf(modelId));
    }

    /// @inheritdoc IBuyback
    function nextMtLot(uint256 modelId) external view returns (Lot memory lot) {
        (Hop[] memory hops, ) = _modelHop(modelId);
        (lot, ) = _plan(hops, flockOf[modelId]);
    }

    /// @inheritdoc IBuyback
    function routePairs() public view returns (RoutePair[] memory route) {
        route = new RoutePair[](_route.length);
        for (uint256 i = 0; i < route.length; ++i) {
            route[i] = RoutePair({pair: _route[i].pair, minReserve: _route[i].minReserve});
        }
    }

    function _burnFlock(uint256 amount) private {
        emit FlockBurned(amount);
        if (FLOCK_BURNS) {
            ERC20Burnable(address(FLOCK)).burn(amount);
        } else {
            FLOCK.safeTransfer(DEAD, amount);
        }
    }

    /// @dev The one hop from FLOCK to a model's MT.
    function _modelHop(uint256 modelId) private view returns (Hop[] memory hops, address token) {
        (token, ) = VAULT.recordOf(modelId);
        require(token != address(0), Buyback_NotGraduated(modelId));
        hops = new Hop[](1);
        hops[0] = Hop({
            pair: DEX_FACTORY.getPair(address(FLOCK), token),
            inIsFirst: address(FLOCK) < token,
            minReserve: _settings.modelMinReserve
        });
    }

    /// @dev Credit that this contract may spend [USDC units]: none once governance has named another holder.
    function _creditOf(uint256 modelId) private view returns (uint256) {
        bytes32 seat = _seatOf(modelId);
        return REGISTRY.holderOf(seat) == address(this) ? WATERFALL.creditOf(seat) : 0;
    }

    /// @dev The seat whose credit is spent.
    function _seatOf(uint256 modelId) private pure returns (bytes32) {
        return modelId == 0 ? Seats.buybackFlock() : Seats.buybackModel(modelId);
    }

    function _otherToken(address pair, bool inIsFirst) private view returns (address) {
        return inIsFirst ? IUniswapV2Pair(pair).token1() : IUniswapV2Pair(pair).token0();
    }
}
