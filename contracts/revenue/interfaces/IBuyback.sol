// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice One pair of the route from USDC to FLOCK, as governance names it.
/// @param pair The Uniswap v2 pair.
/// @param minReserve The least input reserve with which it is used [wei of its input token].
struct RoutePair {
    address pair;
    uint88 minReserve;
}

/// @notice Settings of the buyback. One slot.
/// @param bucketBps Capacity of a pool's bucket [bps of its input reserve].
/// @param bandBps The least output of a pair [bps of its time-weighted price].
/// @param modelMinReserve The least FLOCK reserve with which a model's pair is used [FLOCK wei].
struct BuybackSettings {
    uint16 bucketBps;
    uint16 bandBps;
    uint88 modelMinReserve;
}

/// @notice Why nothing can be bought now.
enum Wait {
    None,
    Paused,
    NoRoute,
    NoCredit,
    ShallowPool,
    NoObservation,
    BucketEmpty,
    PriceOff
}

/// @notice What can be bought now.
/// @param wait Why nothing can be, or `None`.
/// @param pair The pair that stands in the way; zero if none does.
/// @param credit What waits to be spent [USDC units or FLOCK wei].
/// @param amountIn What the lot spends of it [USDC units or FLOCK wei].
/// @param amountOut What it buys [FLOCK wei or MT wei].
/// @param amountOutMin The least that it may buy by the protocol's own bound [FLOCK wei or MT wei].
/// @param nextAt When to come again [s]: when the buckets that were looked at will be empty (all of them after a lot; up
/// to the one that stands in the way otherwise); without a usable observation, when the next one is due; during a pause,
/// its end; otherwise 0: look again in a later block.
struct Lot {
    Wait wait;
    address pair;
    uint256 credit;
    uint256 amountIn;
    uint256 amountOut;
    uint256 amountOutMin;
    uint256 nextAt;
}

/// @title IBuyback
/// @notice Buys back and burns FLOCK and MT with 60% of net revenue (section 3.5), in two steps that anyone can trigger:
/// USDC into FLOCK, for burning or for a model; a model's FLOCK into MT, which is burned (decisions 17 to 20).
///
/// A step buys one lot, whose size and price bound the caller cannot choose: the smaller of what waits and what the
/// buckets of the pools leave room for, at no less than a band below each pool's time-weighted price. Lots are so small
/// that trading around one costs more in pool fees than it moves the price. Holds the FLOCK of models; the USDC stays in
/// the waterfall until the pool gets it.
///
/// Trust: governance names the route and the settings inside constant bounds, with its delay. The guardian can pause.
interface IBuyback {
    /// @notice USDC has been turned into FLOCK for a model, or to be burned if `modelId` is 0. `flockKept` is what waits
    /// for the model's MT now [FLOCK wei].
    /// @param usdcIn What was spent [USDC units].
    /// @param flockOut What it bought [FLOCK wei].
    event FlockBought(
        uint256 indexed modelId,
        address indexed caller,
        uint256 usdcIn,
        uint256 flockOut,
        uint256 flockKept
    );
    /// @notice FLOCK has been burned.
    /// @param amount How much [FLOCK wei].
    event FlockBurned(uint256 amount);
    /// @notice A model's FLOCK has been turned into MT and burned. `flockLeft` is what still waits [FLOCK wei].
    /// @param flockIn What was spent [FLOCK wei].
    /// @param mtOut What it bought, all of it burned [MT wei].
    event MtBurned(uint256 indexed modelId, address indexed caller, uint256 flockIn, uint256 mtOut, uint256 flockLeft);
    /// @notice An observation of a pair has been made.
    /// @param cumulative The pair's cumulative price of `tokenIn` in the other token [UQ112.112 · s, wraps].
    /// @param notedReserve Input reserve that was noted [wei of the input token].
    event Poked(address indexed pair, address indexed tokenIn, uint256 cumulative, uint256 notedReserve);
    /// @notice Governance has named another route.
    event RouteChanged(RoutePair[] previousRoute, RoutePair[] route);
    /// @notice Governance has changed the settings.
    event BuybackSettingsChanged(BuybackSettings previousSettings, BuybackSettings settings);
    /// @notice Buybacks are paused until `endsAt` [s] at most.
    event BuybacksPaused(uint256 endsAt);
    /// @notice Buybacks go on.
    event BuybacksUnpaused();

    /// @notice Nothing can be bought now. `nextFlockLot` and `nextMtLot` say the same and more.
    error Buyback_Wait(Wait wait, address pair);
    /// @notice The transaction came after its deadline [s].
    error Buyback_DeadlinePassed(uint256 deadline, uint256 time);
    /// @notice The lot buys less than the caller accepts [FLOCK wei or MT wei].
    error Buyback_OutputBelowMin(uint256 amountOut, uint256 amountOutMin);
    /// @notice The model has not graduated.
    error Buyback_NotGraduated(uint256 modelId);
    /// @notice A route has up to 3 pairs.
    error Buyback_BadRouteLength(uint256 length, uint256 most);
    /// @notice The pair does not continue the route from `tokenIn`, or does not trade it.
    error Buyback_RouteBroken(address pair, address tokenIn);
    /// @notice The route ends at `token`, not at FLOCK.
    error Buyback_RouteEndsElsewhere(address token);
    /// @notice A pair stands in the route twice.
    error Buyback_PairRepeated(address pair);
    /// @notice A setting is outside its bounds [unit of the setting].
    error Buyback_SettingOutOfBounds(bytes32 setting, uint256 value, uint256 least, uint256 most);

    /// @notice Turns one lot of USDC into FLOCK: the FLOCK buyback's, which is burned (`modelId` 0), or a model's, which
    /// is kept for it. Anyone.
    /// @dev Errors: `Buyback_DeadlinePassed`, `Buyback_Wait` (`NoCredit` too if governance has given the seat to somebody
    /// else), `Buyback_OutputBelowMin`.
    /// @param amountOutMin What the caller asks for on top of the protocol's own bound [FLOCK wei].
    /// @param deadline Last moment of execution [s].
    /// @return lot What was bought.
    function buyFlock(uint256 modelId, uint256 amountOutMin, uint256 deadline) external returns (Lot memory lot);

    /// @notice Turns one lot of a model's FLOCK into MT and burns it. Anyone.
    /// @dev Errors: `Buyback_DeadlinePassed`, `Buyback_NotGraduated`, `Buyback_Wait`, `Buyback_OutputBelowMin`.
    /// @param amountOutMin What the caller asks for on top of the protocol's own bound [MT wei].
    /// @param deadline Last moment of execution [s].
    /// @return lot What was bought.
    function buyMt(uint256 modelId, uint256 amountOutMin, uint256 deadline) external returns (Lot memory lot);

    /// @notice Observes every pair of the route whose last observation is half an hour old. Anyone. In a block in which
    /// somebody has touched a pair, the first observation notes at most the least reserve that governance has named, and a
    /// later one at most what was noted before.
    function pokeRoute() external;

    /// @notice Observes a model's pair, if its last observation is half an hour old. Anyone; graduation makes the first.
    /// @dev Errors: `Buyback_NotGraduated`.
    /// @return recorded Whether there was something to observe.
    function pokeModel(uint256 modelId) external returns (bool recorded);

    /// @notice Names the route from USDC to FLOCK; without one the money waits. Governance only.
    /// @dev Errors: `Buyback_BadRouteLength`, `Buyback_RouteBroken`, `Buyback_RouteEndsElsewhere`,
    /// `Buyback_PairRepeated`.
    function setRoute(RoutePair[] calldata route) external;

    /// @notice Changes the settings. Governance only.
    /// @dev Errors: `Buyback_SettingOutOfBounds`.
    function setBuybackSettings(BuybackSettings calldata settings) external;

    /// @notice Pauses buybacks for 7 days at most, again 30 days after the last pause at the earliest. Guardian only.
    /// @dev Errors: `Pause_TooSoon`.
    function pauseBuybacks() external;

    /// @notice Ends the pause. Guardian only.
    /// @dev Errors: `Pause_NotPaused`.
    function unpauseBuybacks() external;

    /// @notice Until when buybacks are paused [s]; 0 if they are not.
    function buybacksPausedUntil() external view returns (uint256);

    /// @notice What `buyFlock` would do now, or why it would not.
    function nextFlockLot(uint256 modelId) external view returns (Lot memory);

    /// @notice What `buyMt` would do now, or why it would not.
    /// @dev Errors: `Buyback_NotGraduated`.
    function nextMtLot(uint256 modelId) external view returns (Lot memory);

    /// @notice FLOCK that waits to be turned into a model's MT [FLOCK wei].
    function flockOf(uint256 modelId) external view returns (uint256);

    /// @notice The route from USDC to FLOCK.
    function routePairs() external view returns (RoutePair[] memory);

    /// @notice The settings.
    function buybackSettings() external view returns (BuybackSettings memory);

    /// @notice When a pair was last observed in a direction, since when its average runs [s], and the reserve noted
    /// [wei of the input token].
    /// @dev Errors: `Buyback_RouteBroken`.
    function observationOf(
        address pair,
        address tokenIn
    ) external view returns (uint256 observedAt, uint256 averageSince, uint256 notedReserve);
}
