// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IModelRegistry, ModelTerms} from "../../registry/interfaces/IModelRegistry.sol";
import {Fill} from "../libraries/CurveFill.sol";

/// @notice How a raise came out. It is stored once, never changes back, and every path reads it.
enum Outcome {
    None,
    Open,
    Graduated,
    Failed
}

/// @notice At which price a model's pool opens (decision 3).
/// @param AveragePrice At the average price of the raise, as in section 3.3.5.
/// @param CurvePrice At the price at which the curve ended.
enum OpeningMode {
    AveragePrice,
    CurvePrice
}

/// @notice What an issuer decides about a raise.
/// @param usage Hosting tier and price floor.
/// @param minimumRaise What the raise must bring to succeed [FLOCK wei]: from a quarter of the target to the target.
/// @param target G, the most it can bring [FLOCK wei].
/// @param startPriceWad P0, the first price [WAD, FLOCK per MT].
/// @param saleDuration How long the sale lasts [s]: 1 to 30 days; 0 means 7 days.
/// @param openingMode How the pool opens.
/// @param name Name of the token, 1 to 31 bytes.
/// @param symbol Symbol of the token, 1 to 31 bytes.
/// @param metadataHash Hash of the document that describes the deployment.
/// @param metadataUri Where that document can be read; stands in the launch event only.
struct LaunchTerms {
    ModelTerms usage;
    uint256 minimumRaise;
    uint256 target;
    uint256 startPriceWad;
    uint256 saleDuration;
    OpeningMode openingMode;
    string name;
    string symbol;
    bytes32 metadataHash;
    string metadataUri;
}

/// @notice What the issuer is ready to pay in the launch transaction.
/// @param launchFeeMax The most it accepts as launch fee [FLOCK wei].
/// @param bundleFlock What it pays for its bundle, fee included [FLOCK wei]; 0 for no bundle.
/// @param bundleMtMin The least the bundle must yield [MT wei].
/// @param deadline Last moment at which the launch may be executed [s].
struct LaunchPayment {
    uint256 launchFeeMax;
    uint256 bundleFlock;
    uint256 bundleMtMin;
    uint256 deadline;
}

/// @notice Settings for launches to come; a launch copies what its raise depends on. One slot.
/// @param launchFee What a launch costs [FLOCK wei].
/// @param creatorFeeBps The issuer's fee on purchases [bps].
/// @param protocolFeeBps The protocol's fee on purchases [bps].
/// @param antiSnipeStartBps Total fee at the first moment of a sale [bps].
/// @param antiSnipeWindow How long it takes to fall to the base [s].
/// @param bundleCapBps The most of the sale that a bundle may take [bps].
struct OfferingSettings {
    uint96 launchFee;
    uint16 creatorFeeBps;
    uint16 protocolFeeBps;
    uint16 antiSnipeStartBps;
    uint16 antiSnipeWindow;
    uint16 bundleCapBps;
}

/// @notice What a supporter has bought. One slot.
/// @param mt Tokens to be claimed after graduation [MT wei].
/// @param flockNet What comes back if the raise fails [FLOCK wei].
struct Position {
    uint128 mt;
    uint128 flockNet;
}

/// @notice Everything about a raise, as of now. Times are wall time [s]; while a pause lasts, those to come move on. Times
/// that have passed are exact until a second pause comes after them; the blocks of the events have them for good.
/// @param outcome How the raise came out.
/// @param openingMode How the pool opens.
/// @param raised D [FLOCK wei].
/// @param gross All that was paid for purchases, fees included [FLOCK wei].
/// @param sold S(D), the bundle included [MT wei].
/// @param target G [FLOCK wei].
/// @param minimumRaise What makes the raise a success [FLOCK wei].
/// @param virtualFlock x0 [FLOCK wei].
/// @param virtualMt y0 [MT wei].
/// @param priceWad Marginal price [WAD, FLOCK per MT].
/// @param feeRateWad Fee rate of a purchase now [WAD].
/// @param creatorFeeBps The issuer's fee [bps].
/// @param protocolFeeBps The protocol's fee, after the anti-sniping window [bps].
/// @param antiSnipeStartBps Total fee at the first moment [bps].
/// @param antiSnipeEndsAt From when the fee is at its base.
/// @param startsAt Beginning of the sale.
/// @param endsAt End of the sale, exclusive.
/// @param failableAt From when anyone can fail it: at its end if it is below the minimum, otherwise 30 days later.
/// @param bundleMt The issuer's bundle [MT wei].
/// @param bundleNet What comes back to the issuer for it if the raise fails [FLOCK wei].
/// @param token Address of the model's token, which exists once the raise has graduated.
/// @param metadataHash Hash of the document that describes the deployment.
/// @param name Name of the token.
/// @param symbol Symbol of the token.
struct OfferingView {
    Outcome outcome;
    OpeningMode openingMode;
    uint256 raised;
    uint256 gross;
    uint256 sold;
    uint256 target;
    uint256 minimumRaise;
    uint256 virtualFlock;
    uint256 virtualMt;
    uint256 priceWad;
    uint256 feeRateWad;
    uint256 creatorFeeBps;
    uint256 protocolFeeBps;
    uint256 antiSnipeStartBps;
    uint256 antiSnipeEndsAt;
    uint256 startsAt;
    uint256 endsAt;
    uint256 failableAt;
    uint256 bundleMt;
    uint256 bundleNet;
    address token;
    bytes32 metadataHash;
    string name;
    string symbol;
}

/// @title IRealModelOffering
/// @notice The raises of all models (sections 3.2, 3.3 and 3.10). Supporters buy on the curve with FLOCK; there is no
/// selling back and no token before graduation, only positions. A raise that reaches its target, or its minimum by its
/// end, can be graduated by anyone; otherwise everyone takes back the net contribution. Fees are never refunded.
///
/// Holds the FLOCK of raises, fees that were not claimed, and MT to be claimed.
///
/// Trust: everything a raise depends on is fixed when it is launched. Governance sets the terms of launches to come,
/// inside constant bounds and with its delay. The guardian can pause launches and purchases, never graduation, claims,
/// refunds or fees; while purchases are paused the clock of every raise stands still.
///
/// Tokens: FLOCK is fixed at deployment and must be a plain ERC-20. One that takes a fee on transfers is refused when a
/// launch pays its fee or bundle, and again when the pool is seeded.
interface IRealModelOffering {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice A model offering exists. The whole configuration of the raise, and the address its token will have.
    /// @param virtualFlock x0 [FLOCK wei].
    /// @param startsAt Beginning of the sale [s]; a pause of purchases that runs at the launch moves it on.
    /// @param endsAt End of the sale, exclusive [s]; a pause of purchases moves it on, the target can end it early.
    event ModelLaunched(
        uint256 indexed modelId,
        address indexed issuer,
        address indexed token,
        LaunchTerms terms,
        OfferingSettings settings,
        uint256 virtualFlock,
        uint256 startsAt,
        uint256 endsAt
    );
    /// @notice The issuer bought a bundle in the launch; `flockNet` is what the raise begins with [FLOCK wei].
    /// @param flockIn What the issuer paid for it, fee included [FLOCK wei].
    /// @param mtOut The bundle [MT wei].
    event BundleBought(
        uint256 indexed modelId,
        address indexed issuer,
        uint256 flockIn,
        uint256 flockNet,
        uint256 mtOut
    );
    /// @notice A purchase. `raised` is the raise's sum after it [FLOCK wei]; the fee is flockIn - flockNet.
    /// @param flockIn What the payer paid, fee included [FLOCK wei].
    /// @param flockNet What reached the curve [FLOCK wei].
    /// @param mtOut What the recipient's position has grown by [MT wei].
    event Bought(
        uint256 indexed modelId,
        address indexed payer,
        address indexed recipient,
        uint256 flockIn,
        uint256 flockNet,
        uint256 mtOut,
        uint256 raised
    );
    /// @notice The raise has reached its target; the sale is over.
    /// @param raised G [FLOCK wei].
    event TargetReached(uint256 indexed modelId, uint256 raised);
    /// @notice The raise has succeeded and the model has graduated.
    /// @param raised D [FLOCK wei].
    /// @param sold S(D), the bundle included [MT wei].
    event RaiseGraduated(uint256 indexed modelId, address indexed token, uint256 raised, uint256 sold);
    /// @notice The raise has failed; contributions can be taken back.
    /// @param raised D, which can be taken back [FLOCK wei].
    event RaiseFailed(uint256 indexed modelId, uint256 raised);
    /// @notice Tokens of a position have been claimed.
    /// @param mt What was sent [MT wei].
    event Claimed(uint256 indexed modelId, address indexed account, uint256 mt);
    /// @notice The net contribution of a position has been refunded.
    /// @param flock What was sent [FLOCK wei].
    event Refunded(uint256 indexed modelId, address indexed account, uint256 flock);
    /// @notice The net contribution of the bundle has been refunded to the holder of the issuer's seat.
    /// @param flock What was sent [FLOCK wei].
    event BundleRefunded(uint256 indexed modelId, address indexed to, uint256 flock);
    /// @notice The issuer has taken its fees. `claimed` is the sum so far [FLOCK wei].
    /// @param amount What was sent [FLOCK wei].
    event CreatorFeeClaimed(uint256 indexed modelId, address indexed to, uint256 amount, uint256 claimed);
    /// @notice The treasury has taken the protocol's fees of a model. `claimed` is the sum so far [FLOCK wei].
    /// @param amount What was sent [FLOCK wei].
    event ProtocolFeeClaimed(uint256 indexed modelId, address indexed to, uint256 amount, uint256 claimed);
    /// @notice The treasury has taken the launch fees that had come in. `claimed` is the sum so far [FLOCK wei].
    /// @param amount What was sent [FLOCK wei].
    event LaunchFeesClaimed(address indexed to, uint256 amount, uint256 claimed);
    /// @notice Governance has changed the settings for launches to come.
    event OfferingSettingsChanged(OfferingSettings previousSettings, OfferingSettings settings);
    /// @notice Launches are paused until `endsAt` [s] at most.
    event LaunchesPaused(uint256 endsAt);
    /// @notice Launches go on.
    event LaunchesUnpaused();
    /// @notice Purchases are paused until `endsAt` [s] at most.
    event BuysPaused(uint256 endsAt);
    /// @notice Purchases go on.
    event BuysUnpaused();

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice There is no model with this id.
    error Offering_UnknownModel(uint256 modelId);
    /// @notice The transaction came after its deadline [s].
    error Offering_DeadlinePassed(uint256 deadline, uint256 time);
    /// @notice Launches are paused until `endsAt` at most [s].
    error Offering_LaunchesPaused(uint256 endsAt);
    /// @notice Purchases are paused until `endsAt` at most [s].
    error Offering_BuysPaused(uint256 endsAt);
    /// @notice A name or symbol must have 1 to 31 bytes.
    error Offering_BadTextLength(bytes32 field, uint256 length, uint256 most);
    /// @notice A launch must name the document that describes the deployment, with its hash.
    error Offering_MetadataMissing(bytes32 metadataHash, string metadataUri);
    /// @notice The sale must last from 1 to 30 days [s].
    error Offering_BadDuration(uint256 duration, uint256 least, uint256 most);
    /// @notice The target must be above zero and at most what the arithmetic is made for [FLOCK wei].
    error Offering_BadTarget(uint256 target, uint256 most);
    /// @notice The minimum must lie between a quarter of the target and the target [FLOCK wei].
    error Offering_BadMinimum(uint256 minimumRaise, uint256 least, uint256 most);
    /// @notice No target goes with a start price above this [WAD].
    error Offering_StartPriceTooHigh(uint256 startPriceWad, uint256 most);
    /// @notice S P0 must lie between 50% and 99% of the target [FLOCK wei].
    error Offering_BadStartPrice(uint256 saleAtStartPrice, uint256 least, uint256 most);
    /// @notice The launch fee is above what the issuer accepts [FLOCK wei].
    error Offering_LaunchFeeAboveMax(uint256 launchFee, uint256 launchFeeMax);
    /// @notice The bundle is above its share of the sale [MT wei].
    error Offering_BundleAboveCap(uint256 bundleMt, uint256 most);
    /// @notice The bundle would bring more than half of the minimum [FLOCK wei].
    error Offering_BundleAboveHalfMinimum(uint256 bundleNet, uint256 most);
    /// @notice A setting is outside its constant bounds [unit of the setting].
    error Offering_SettingOutOfBounds(bytes32 setting, uint256 value, uint256 least, uint256 most);
    /// @notice The sale is over: its outcome is settled, or its time ended at `endsAt` [s, wall time as of now].
    error Offering_SaleClosed(uint256 modelId, Outcome outcome, uint256 endsAt);
    /// @notice An amount of zero.
    error Offering_ZeroAmount();
    /// @notice A position or a payment needs an owner other than the zero address.
    error Offering_ZeroRecipient();
    /// @notice The payment is too small to buy one wei of MT [FLOCK wei].
    error Offering_YieldsNothing(uint256 flockIn);
    /// @notice The purchase yields less than the caller accepts [MT wei].
    error Offering_OutputBelowMin(uint256 mtOut, uint256 mtOutMin);
    /// @notice The purchase costs more than the caller accepts, in proportion to what is left to buy [FLOCK wei].
    error Offering_InputAboveMax(uint256 flockIn, uint256 flockInMax);
    /// @notice The raise cannot graduate: it must be open, over, and have its minimum [s, FLOCK wei].
    error Offering_NotGraduatable(
        uint256 modelId,
        Outcome outcome,
        uint256 endsAt,
        uint256 raised,
        uint256 minimumRaise
    );
    /// @notice The raise cannot be failed: it must be open, over and below its minimum, or have waited for 30 days.
    /// An open one can be from `failableAt` on [s, wall time as of now].
    error Offering_NotFailable(uint256 modelId, Outcome outcome, uint256 failableAt);
    /// @notice Claims need a raise that graduated.
    error Offering_NotGraduated(uint256 modelId, Outcome outcome);
    /// @notice The account has no position to claim or to be refunded for, or no longer.
    error Offering_NoPosition(uint256 modelId, address account);
    /// @notice The issuer has no bundle to be refunded for, or no longer.
    error Offering_NoBundle(uint256 modelId);
    /// @notice Only the holder of the seat may take its fees.
    error Offering_NotSeatHolder(address caller, address holder);
    /// @notice There are no fees to take; `modelId` is 0 for launch fees.
    error Offering_NoFees(uint256 modelId);
    /// @notice The token has another address than the launch announced.
    error Offering_UnexpectedToken(address token, address announced);

    // -- Launch and purchases -----------------------------------------------------------------------------------------

    /// @notice Launches a model offering; the caller becomes its issuer. Takes the launch fee and, if wanted, sells the
    /// issuer a bundle at the base fee, which vests with its allocation.
    /// @dev Errors: `Offering_DeadlinePassed`, `Offering_LaunchesPaused`, `Offering_LaunchFeeAboveMax`,
    /// `Offering_BadTextLength`, `Offering_MetadataMissing`, `Offering_BadDuration`, `Offering_BadTarget`,
    /// `Offering_BadMinimum`, `Offering_StartPriceTooHigh`, `BondingCurve_Infeasible`, `Offering_BadStartPrice`, those of
    /// `IModelRegistry.register`, `Transfer_NotExact`; with a bundle also `Offering_BuysPaused`,
    /// `Offering_YieldsNothing`, `Offering_BundleAboveCap`, `Offering_BundleAboveHalfMinimum`,
    /// `Offering_OutputBelowMin`.
    /// @return modelId The model's id.
    /// @return token The address that its token will have.
    function launch(
        LaunchTerms calldata terms,
        LaunchPayment calldata payment
    ) external returns (uint256 modelId, address token);

    /// @notice Buys with an exact payment. A payment that would pass the target is reduced to what is missing.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_DeadlinePassed`, `Offering_BuysPaused`, `Offering_SaleClosed`,
    /// `Offering_ZeroAmount`, `Offering_ZeroRecipient`, `Offering_YieldsNothing`, `Offering_OutputBelowMin`.
    /// @param modelId The model.
    /// @param flockIn What to pay, fee included [FLOCK wei]; the caller pays, nobody else can be charged.
    /// @param mtOutMin The least to get [MT wei], checked on what is really filled.
    /// @param recipient Whose position it becomes.
    /// @param deadline Last moment of execution [s].
    /// @return fill What was paid and what it yielded.
    function buyExactIn(
        uint256 modelId,
        uint256 flockIn,
        uint256 mtOutMin,
        address recipient,
        uint256 deadline
    ) external returns (Fill memory fill);

    /// @notice Buys an exact amount of tokens, or all that is left if that is less. Yields above the request only what
    /// one wei of FLOCK buys.
    /// @dev Errors: as `buyExactIn`, with `Offering_InputAboveMax` for `Offering_OutputBelowMin`.
    /// @param modelId The model.
    /// @param mtOut What to get [MT wei].
    /// @param flockInMax The most to pay for `mtOut`, fee included [FLOCK wei]; if less is left, in proportion, so that
    /// it stays a bound of the price.
    /// @param recipient Whose position it becomes.
    /// @param deadline Last moment of execution [s].
    /// @return fill What was paid and what it yielded.
    function buyExactOut(
        uint256 modelId,
        uint256 mtOut,
        uint256 flockInMax,
        address recipient,
        uint256 deadline
    ) external returns (Fill memory fill);

    /// @notice Sets the caller's FLOCK allowance for this contract with an EIP-2612 signature, to be combined with a
    /// launch or a purchase in one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @dev Errors: `Permit_NoAllowance`.
    /// @param value The allowance that was signed [FLOCK wei].
    /// @param deadline Last moment at which the token takes the signature [s].
    function permitFlock(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    // -- Outcome ------------------------------------------------------------------------------------------------------

    /// @notice Graduates a raise that has succeeded. Anyone; can never be paused; can be tried again if it reverts.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotGraduatable`, those of `IGraduation.graduate`.
    /// @return token The model's token.
    function graduate(uint256 modelId) external returns (address token);

    /// @notice Settles that a raise has failed. Anyone. `refund` does it too.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotFailable`.
    function fail(uint256 modelId) external;

    /// @notice Sends the tokens of a position to its owner. Anyone.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotGraduated`, `Offering_NoPosition`.
    /// @return mt What was sent [MT wei].
    function claim(uint256 modelId, address account) external returns (uint256 mt);

    /// @notice Sends the net contribution of a position back to its owner, and settles the failure if that is due.
    /// Anyone.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotFailable`, `Offering_NoPosition`.
    /// @return flock What was sent [FLOCK wei].
    function refund(uint256 modelId, address account) external returns (uint256 flock);

    /// @notice Sends the net contribution of the bundle back to the holder of the issuer's seat, and settles the failure
    /// if that is due. Anyone.
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotFailable`, `Offering_NoBundle`.
    /// @return flock What was sent [FLOCK wei].
    function refundBundle(uint256 modelId) external returns (uint256 flock);

    // -- Fees ---------------------------------------------------------------------------------------------------------

    /// @notice Sends the creator's fees of a model to `to`. Holder of the issuer's seat only.
    /// @return amount What was sent [FLOCK wei].
    /// @dev Errors: `Offering_UnknownModel`, `Offering_NotSeatHolder`, `Offering_ZeroRecipient`, `Offering_NoFees`.
    function claimCreatorFee(uint256 modelId, address to) external returns (uint256 amount);

    /// @notice Sends the protocol's fees of a model to `to`. Holder of the treasury's seat only.
    /// @return amount What was sent [FLOCK wei].
    /// @dev Errors: as `claimCreatorFee`.
    function claimProtocolFee(uint256 modelId, address to) external returns (uint256 amount);

    /// @notice Sends the launch fees that have come in to `to`. Holder of the treasury's seat only.
    /// @return amount What was sent [FLOCK wei].
    /// @dev Errors: `Offering_NotSeatHolder`, `Offering_ZeroRecipient`, `Offering_NoFees`.
    function claimLaunchFees(address to) external returns (uint256 amount);

    // -- Governance and guardian --------------------------------------------------------------------------------------

    /// @notice Changes the settings for launches to come. Governance only.
    /// @dev Errors: `Offering_SettingOutOfBounds`.
    function setOfferingSettings(OfferingSettings calldata settings) external;

    /// @notice Pauses launches for 7 days at most, again 30 days after the last pause at the earliest. Guardian only.
    /// @dev Errors: `Pause_TooSoon`.
    function pauseLaunches() external;

    /// @notice Ends the pause of launches. Guardian only.
    /// @dev Errors: `Pause_NotPaused`.
    function unpauseLaunches() external;

    /// @notice Pauses purchases likewise, and the clock of every raise with them. Guardian only.
    /// @dev Errors: `Pause_TooSoon`.
    function pauseBuys() external;

    /// @notice Ends the pause of purchases. Guardian only.
    /// @dev Errors: `Pause_NotPaused`.
    function unpauseBuys() external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What `buyExactIn` would do now; reverts as it would.
    /// @param modelId The model.
    /// @param flockIn What to pay, fee included [FLOCK wei].
    /// @return fill What would be paid and what it would yield.
    function quoteExactIn(uint256 modelId, uint256 flockIn) external view returns (Fill memory fill);

    /// @notice What `buyExactOut` would do now; reverts as it would.
    /// @param modelId The model.
    /// @param mtOut What to get [MT wei].
    /// @return fill What would be paid and what it would yield.
    function quoteExactOut(uint256 modelId, uint256 mtOut) external view returns (Fill memory fill);

    /// @notice Everything about a raise.
    /// @dev Errors: `Offering_UnknownModel`.
    function offeringOf(uint256 modelId) external view returns (OfferingView memory);

    /// @notice How a raise came out; `None` if there is no such model.
    function outcomeOf(uint256 modelId) external view returns (Outcome);

    /// @notice What an account has bought and neither claimed nor been refunded.
    function positionOf(uint256 modelId, address account) external view returns (Position memory);

    /// @notice The settings for launches to come.
    function offeringSettings() external view returns (OfferingSettings memory);

    /// @notice Until when launches and purchases are paused [s]; 0 if they are not.
    function pauses() external view returns (uint256 launchesUntil, uint256 buysUntil);

    /// @notice Fees of a model that wait for their holders [FLOCK wei].
    function unclaimedFeesOf(uint256 modelId) external view returns (uint256 creatorFee, uint256 protocolFee);

    /// @notice Launch fees that wait for the treasury [FLOCK wei].
    function unclaimedLaunchFees() external view returns (uint256);

    /// @notice Where the models and seats are.
    function REGISTRY() external view returns (IModelRegistry);
}
