// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {IRevenueWaterfall} from "../revenue/interfaces/IRevenueWaterfall.sol";
import {Bounds} from "../shared/libraries/Bounds.sol";
import {Pause} from "../shared/libraries/PauseWindow.sol";
import {IVestingVault} from "../vesting/interfaces/IVestingVault.sol";
import {IBuybackGovernance} from "./interfaces/IBuybackGovernance.sol";
import {IBuybackObservations} from "./interfaces/IBuybackObservations.sol";
import {Bucket} from "./libraries/LeakyBucket.sol";
import {Observations} from "./libraries/PriceObservation.sol";
import {BuybackSettings, Hop} from "./types/BuybackTypes.sol";

/// @title BuybackState
/// @notice What all parts of the buyback share: the contracts that it works with, and its storage.
abstract contract BuybackState {
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

    /// @dev The band in a block in which the pair was touched, and the tightest that governance can set [bps]. A full lot at
    /// the average price passes it. A price that was pushed up just before does not.
    uint256 internal constant TOUCHED_BAND_BPS = 9_940;

    /// @dev The highest fee of a pair with which a full lot at the average price passes the band of a block in which the
    /// pair was touched [bps].
    uint256 private constant MAX_PAIR_FEE_BPS = 30;

    /// @notice The token that is spent.
    IERC20 public immutable USDC;
    /// @notice The token that is bought.
    IERC20 public immutable FLOCK;
    /// @notice Whether FLOCK has a `burn`.
    bool public immutable FLOCK_BURNS;
    /// @notice The DEX on which models graduate.
    IUniswapV2Factory public immutable DEX_FACTORY;
    /// @notice Fee of the DEX's pairs [bps].
    uint256 public immutable PAIR_FEE_BPS;
    /// @notice Where the models, tiers and seats are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Where the record of every graduation is.
    IVestingVault public immutable VAULT;
    /// @notice Where the USDC waits.
    IRevenueWaterfall public immutable WATERFALL;

    BuybackSettings internal _settings;
    Pause internal _pause;
    Hop[] internal _route;
    mapping(address pair => mapping(bool inIsFirst => Observations)) internal _observations;
    mapping(address pair => mapping(bool inIsFirst => Bucket)) internal _buckets;

    /// @param parts The tokens, the DEX and the contracts that it works with.
    constructor(Parts memory parts) {
        Bounds.check("pairFeeBps", parts.pairFeeBps, 0, MAX_PAIR_FEE_BPS);
        USDC = parts.usdc;
        FLOCK = parts.flock;
        FLOCK_BURNS = parts.flockBurns;
        DEX_FACTORY = parts.dexFactory;
        PAIR_FEE_BPS = parts.pairFeeBps;
        REGISTRY = parts.registry;
        VAULT = parts.vault;
        WATERFALL = parts.waterfall;
        // A token without the function that the parameters promise would stop every FLOCK buyback for good.
        if (parts.flockBurns) ERC20Burnable(address(parts.flock)).burn(0);
    }

    /// @dev The one hop from FLOCK to the MT of a model, and its token.
    function _modelHop(uint256 modelId) internal view returns (Hop[] memory hops, address token) {
        (token, ) = VAULT.recordOf(modelId);
        require(token != address(0), IBuybackObservations.Buyback_NotGraduated(modelId));
        hops = new Hop[](1);
        hops[0] = Hop({
            pair: DEX_FACTORY.getPair(address(FLOCK), token),
            inIsFirst: address(FLOCK) < token,
            minReserve: _settings.modelMinReserve
        });
    }

    /// @dev Whether `tokenIn` is the pair's `token0`; reverts if the pair does not trade it.
    function _isFirst(address pair, address tokenIn) internal view returns (bool inIsFirst) {
        inIsFirst = IUniswapV2Pair(pair).token0() == tokenIn;
        require(
            inIsFirst || IUniswapV2Pair(pair).token1() == tokenIn,
            IBuybackGovernance.Buyback_RouteBroken(pair, tokenIn)
        );
    }

    /// @dev The token that a hop gives.
    function _tokenOut(address pair, bool inIsFirst) internal view returns (address) {
        return inIsFirst ? IUniswapV2Pair(pair).token1() : IUniswapV2Pair(pair).token0();
    }
}
