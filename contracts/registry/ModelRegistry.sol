// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IRealModelOffering, Outcome} from "../offering/interfaces/IRealModelOffering.sol";
import {IBuyback} from "../revenue/interfaces/IBuyback.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {BPS, MAX_DISCOUNT_BPS, MAX_TARGET} from "../shared/Units.sol";
import {IModelRegistry, ModelTerms, TierTerms, UsageTerms} from "./interfaces/IModelRegistry.sol";
import {ISeatHolders} from "./interfaces/ISeatHolders.sol";
import {Seats} from "./libraries/Seats.sol";
import {SeatHolders} from "./SeatHolders.sol";

/// @title ModelRegistry
/// @notice Implements `IModelRegistry`, which is its manual.
contract ModelRegistry is IModelRegistry, SeatHolders, OneShotWiring, AccessManaged {
    using SafeCast for uint256;

    /// @dev A model. One slot.
    /// @param tierId The hosting tier.
    /// @param minimumPrice Floor of the list price of a million units [USDC units].
    /// @param liveAt When the model got its first API id [s].
    struct Model {
        uint16 tierId;
        uint96 minimumPrice;
        uint40 liveAt;
    }

    /// @dev The links to the offering and the buyback.
    bytes32 private constant OFFERING_LINK = "offering";
    bytes32 private constant BUYBACK_LINK = "buyback";

    /// @dev The longest API id [bytes].
    uint256 private constant MAX_API_ID_LENGTH = 64;

    /// @dev Bounds of a tier's compute cost, in thousandths of a USDC for a million units: 0.001 to 1,000 USDC.
    uint256 private constant LEAST_COST_MILLI = 1;
    uint256 private constant MOST_COST_MILLI = 1_000_000;

    /// @dev The least minimum raise that a tier may allow [FLOCK wei]: no raise is dust.
    uint256 private constant LEAST_MINIMUM = 1e18;

    /// @dev A call at the largest discount must bring this much of its compute cost: 110% [bps] (decision 4).
    uint256 private constant COST_COVER_BPS = 11_000;

    /// @notice The least compute cost that a tier may have [USDC units per million units].
    uint256 public immutable LEAST_COMPUTE_COST;
    /// @notice The most compute cost that a tier may have [USDC units per million units].
    uint256 public immutable MOST_COMPUTE_COST;

    /// @notice The offering, which alone registers models.
    address public offering;
    /// @notice The buyback, which holds its seats until governance names somebody else for one.
    address public buyback;

    /// @inheritdoc IModelRegistry
    uint256 public modelCount;
    /// @inheritdoc IModelRegistry
    uint256 public tierCount;

    mapping(uint256 tierId => TierTerms) private _tiers;
    mapping(uint256 tierId => uint256) private _providerTerms;
    mapping(uint256 modelId => Model) private _models;

    /// @inheritdoc IModelRegistry
    mapping(uint256 modelId => string) public apiIdOf;

    /// @param authority The AccessManager.
    /// @param usdc The token in which compute costs are stated; only its decimals are read.
    /// @param treasuryHolder First holder of the treasury's seat.
    constructor(address authority, IERC20Metadata usdc, address treasuryHolder) AccessManaged(authority) {
        uint256 usdcUnit = 10 ** usdc.decimals();
        LEAST_COMPUTE_COST = (LEAST_COST_MILLI * usdcUnit) / 1_000;
        MOST_COMPUTE_COST = (MOST_COST_MILLI * usdcUnit) / 1_000;
        _fillSeat(Seats.treasury(), treasuryHolder);
    }

    /// @notice Names the offering and the buyback. Deployer only, once.
    /// @dev Errors: `Wiring_NotDeployer`, `Wiring_AlreadyWired`, `Wiring_NotAContract`.
    function wire(address offering_, address buyback_) external {
        _checkWire(OFFERING_LINK, offering, offering_);
        _checkWire(BUYBACK_LINK, buyback, buyback_);
        offering = offering_;
        buyback = buyback_;
    }

    /// @inheritdoc OneShotWiring
    function requireWired() external view override returns (bool) {
        return _requireLink(OFFERING_LINK, offering) && _requireLink(BUYBACK_LINK, buyback);
    }

    /// @inheritdoc IModelRegistry
    function addTier(
        TierTerms calldata terms,
        address provider,
        string calldata guaranteesUri
    ) external restricted returns (uint256 tierId) {
        _checkTier(terms);
        tierId = (++tierCount).toUint16();
        _tiers[tierId] = terms;
        _fillSeat(Seats.provider(tierId, 0), provider);
        emit TierAdded(tierId, terms, provider, guaranteesUri);
    }

    /// @inheritdoc IModelRegistry
    function changeTier(uint256 tierId, TierTerms calldata terms, string calldata guaranteesUri) external restricted {
        TierTerms memory previousTerms = tierOf(tierId);
        _checkTier(terms);
        _tiers[tierId] = terms;
        emit TierChanged(tierId, previousTerms, terms, guaranteesUri);
    }

    /// @inheritdoc IModelRegistry
    function nameProvider(uint256 tierId, address provider) external restricted {
        bytes32 previousSeat = providerSeatOf(tierId);
        bytes32 seat = Seats.provider(tierId, ++_providerTerms[tierId]);
        _fillSeat(seat, provider);
        emit ProviderNamed(tierId, previousSeat, seat, provider);
    }

    /// @inheritdoc IModelRegistry
    function register(
        address issuer,
        ModelTerms calldata terms,
        uint256 minimumRaise,
        uint256 target
    ) external returns (uint256 modelId) {
        require(msg.sender == offering, Registry_NotOffering(msg.sender));
        _requireTier(terms.tierId);
        TierTerms storage tier = _tiers[terms.tierId];
        require(tier.open, Registry_TierClosed(terms.tierId));
        require(minimumRaise >= tier.smallestMinimum, Registry_MinimumBelowTier(minimumRaise, tier.smallestMinimum));
        require(target <= tier.largestTarget, Registry_TargetAboveTier(target, tier.largestTarget));
        uint256 priceFloor = _priceFloor(tier.computeCost);
        uint256 minimumPrice = terms.minimumPrice;
        require(minimumPrice >= priceFloor, Registry_PriceBelowFloor(minimumPrice, priceFloor));
        require(minimumPrice <= type(uint96).max, Registry_PriceTooHigh(minimumPrice, type(uint96).max));

        modelId = ++modelCount;
        _models[modelId] = Model({
            tierId: uint16(terms.tierId), // at most the number of tiers
            minimumPrice: uint96(minimumPrice), // at most that
            liveAt: 0
        });
        _fillSeat(Seats.issuer(modelId), issuer);
        emit ModelRegistered(modelId, issuer, terms.tierId, minimumPrice);
    }

    /// @inheritdoc IModelRegistry
    function setApiId(uint256 modelId, string calldata apiId) external restricted {
        Model storage model = _known(modelId);
        Outcome outcome = IRealModelOffering(offering).outcomeOf(modelId);
        require(outcome == Outcome.Graduated, Registry_NotGraduated(modelId));
        uint256 length = bytes(apiId).length;
        require(length != 0 && length <= MAX_API_ID_LENGTH, Registry_BadApiId(length));

        if (model.liveAt == 0) model.liveAt = block.timestamp.toUint40();
        emit ApiIdRecorded(modelId, apiIdOf[modelId], apiId, model.liveAt);
        apiIdOf[modelId] = apiId;
    }

    /// @inheritdoc IModelRegistry
    function nameBuybackHolder(bytes32 seat, address holder) external restricted {
        require(Seats.isBuyback(seat), Registry_NotBuybackSeat(seat));
        _nameHolder(seat, holder);
    }

    /// @inheritdoc IModelRegistry
    function tierOf(uint256 tierId) public view returns (TierTerms memory) {
        _requireTier(tierId);
        return _tiers[tierId];
    }

    /// @inheritdoc IModelRegistry
    function providerSeatOf(uint256 tierId) public view returns (bytes32) {
        _requireTier(tierId);
        return Seats.provider(tierId, _providerTerms[tierId]);
    }

    /// @inheritdoc IModelRegistry
    function modelOf(uint256 modelId) external view returns (ModelTerms memory) {
        Model storage model = _known(modelId);
        return ModelTerms({tierId: model.tierId, minimumPrice: model.minimumPrice});
    }

    /// @inheritdoc IModelRegistry
    function usageTermsOf(uint256 modelId) external view returns (UsageTerms memory terms) {
        Model memory model = _models[modelId];
        if (model.tierId == 0) return terms;
        return
            UsageTerms({
                minimumPrice: model.minimumPrice,
                computeCost: _computeCost(model),
                liveAt: model.liveAt,
                providerSeat: Seats.provider(model.tierId, _providerTerms[model.tierId])
            });
    }

    /// @inheritdoc IModelRegistry
    function issuerSeatOf(uint256 modelId) external pure returns (bytes32) {
        return Seats.issuer(modelId);
    }

    /// @inheritdoc IModelRegistry
    function treasurySeat() external pure returns (bytes32) {
        return Seats.treasury();
    }

    /// @inheritdoc IModelRegistry
    function issuerOf(uint256 modelId) external view returns (address) {
        return holderOf(Seats.issuer(modelId));
    }

    /// @inheritdoc IModelRegistry
    function treasury() external view returns (address) {
        return holderOf(Seats.treasury());
    }

    /// @inheritdoc IModelRegistry
    function computeCostOf(uint256 modelId) external view returns (uint256) {
        return _computeCost(_known(modelId));
    }

    /// @inheritdoc IModelRegistry
    function priceFloorOf(uint256 tierId) external view returns (uint256) {
        return _priceFloor(tierOf(tierId).computeCost);
    }

    /// @inheritdoc ISeatHolders
    function holderOf(bytes32 seat) public view override(ISeatHolders, SeatHolders) returns (address holder) {
        holder = super.holderOf(seat);
        if (holder == address(0) && Seats.isBuyback(seat)) holder = buyback;
    }

    /// @dev The tier's cost, capped so that no change of it makes the model's calls lose money; rounded down.
    function _computeCost(Model memory model) private view returns (uint256) {
        uint256 affordable = (uint256(model.minimumPrice) * (BPS - MAX_DISCOUNT_BPS)) / COST_COVER_BPS;
        return Math.min(_tiers[model.tierId].computeCost, affordable);
    }

    /// @dev The price floor at which a call with the largest discount brings 110% of `computeCost`, rounded up.
    function _priceFloor(uint256 computeCost) private pure returns (uint256) {
        return Math.ceilDiv(computeCost * COST_COVER_BPS, BPS - MAX_DISCOUNT_BPS);
    }

    /// @dev A tier's cost and raise bounds lie within the constants, and its pools open with what the buyback asks of
    /// them (decision 18). The first tier comes before the buyback, which then checks its own settings against it.
    function _checkTier(TierTerms calldata terms) private view {
        require(
            terms.computeCost >= LEAST_COMPUTE_COST && terms.computeCost <= MOST_COMPUTE_COST,
            Registry_CostOutOfBounds(terms.computeCost, LEAST_COMPUTE_COST, MOST_COMPUTE_COST)
        );
        require(
            terms.smallestMinimum >= LEAST_MINIMUM &&
                terms.smallestMinimum <= terms.largestTarget &&
                terms.largestTarget <= MAX_TARGET,
            Registry_BadRaiseBounds(terms.smallestMinimum, terms.largestTarget, LEAST_MINIMUM, MAX_TARGET)
        );
        if (buyback == address(0)) return;
        uint256 least = 2 * uint256(IBuyback(buyback).buybackSettings().modelMinReserve);
        require(terms.smallestMinimum >= least, Registry_MinimumBelowReserve(terms.smallestMinimum, least));
    }

    /// @dev A model that exists.
    function _known(uint256 modelId) private view returns (Model storage) {
        require(modelId != 0 && modelId <= modelCount, Registry_UnknownModel(modelId));
        return _models[modelId];
    }

    /// @dev Reverts if there is no such tier.
    function _requireTier(uint256 tierId) private view {
        require(tierId != 0 && tierId <= tierCount, Registry_UnknownTier(tierId));
    }
}
