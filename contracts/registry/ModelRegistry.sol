// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {Bounds} from "../shared/libraries/Bounds.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {BPS, COST_COVER_BPS, MAX_DISCOUNT_BPS, MAX_TARGET, RAISE_PER_POOL_FLOCK} from "../shared/Units.sol";
import {IGraduatedModels} from "./interfaces/IGraduatedModels.sol";
import {IModelRegistry, ModelIdentity, ModelTerms, TierTerms, UsageTerms} from "./interfaces/IModelRegistry.sol";
import {IPoolRequirement} from "./interfaces/IPoolRequirement.sol";
import {ISeatHolders} from "./interfaces/ISeatHolders.sol";
import {PlainText} from "./libraries/PlainText.sol";
import {Seats} from "./libraries/Seats.sol";
import {SeatHolders} from "./SeatHolders.sol";

/// @title ModelRegistry
/// @notice Implements `IModelRegistry`, which is its manual.
contract ModelRegistry is IModelRegistry, SeatHolders, OneShotWiring, AccessManaged {
    using PlainText for string;
    using SafeCast for uint256;
    using ShortStrings for ShortString;

    /// @dev A model. Four slots, of which a settlement reads the first.
    /// @param tierId The hosting tier.
    /// @param minimumPrice The price floor of a million units [USDC units].
    /// @param liveAt When the model got its first API id [s].
    /// @param name Name of the model and of its token.
    /// @param symbol Symbol of its token.
    /// @param metadataHash Hash of the document that describes the deployment.
    struct Model {
        uint16 tierId;
        uint96 minimumPrice;
        uint40 liveAt;
        ShortString name;
        ShortString symbol;
        bytes32 metadataHash;
    }

    /// @dev Names of the links.
    bytes32 private constant OFFERING_LINK = "offering";
    bytes32 private constant BUYBACK_LINK = "buyback";

    /// @dev The longest name or symbol [bytes]: it fits one slot.
    uint256 private constant MAX_NAME_LENGTH = 31;
    /// @dev The longest API id [bytes].
    uint256 private constant MAX_API_ID_LENGTH = 64;

    /// @dev Bounds of a tier's compute cost for a million units [thousandths of a USDC]: 0.001 to 1,000 USDC.
    uint256 private constant MIN_COST_MILLI = 1;
    uint256 private constant MAX_COST_MILLI = 1_000_000;

    /// @dev The smallest minimum raise that any tier may allow [FLOCK wei]. It keeps every pool above dust.
    uint256 private constant MIN_MINIMUM_RAISE = 1e18;

    /// @inheritdoc IModelRegistry
    uint256 public immutable MIN_COMPUTE_COST;
    /// @inheritdoc IModelRegistry
    uint256 public immutable MAX_COMPUTE_COST;

    /// @inheritdoc IModelRegistry
    address public offering;
    /// @inheritdoc IModelRegistry
    address public buyback;

    /// @inheritdoc IModelRegistry
    uint256 public modelCount;
    /// @inheritdoc IModelRegistry
    uint256 public tierCount;
    /// @inheritdoc IModelRegistry
    uint256 public leastMinimumRaise = MAX_TARGET;

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
        MIN_COMPUTE_COST = (MIN_COST_MILLI * usdcUnit) / 1_000;
        MAX_COMPUTE_COST = (MAX_COST_MILLI * usdcUnit) / 1_000;
        _fillSeat(Seats.treasury(), treasuryHolder);
    }

    /// @inheritdoc IModelRegistry
    function wire(address offering_, address buyback_) external {
        _checkWire(OFFERING_LINK, offering, offering_);
        _checkWire(BUYBACK_LINK, buyback, buyback_);
        offering = offering_;
        buyback = buyback_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(OFFERING_LINK, offering) && _requireLink(BUYBACK_LINK, buyback);
    }

    /// @inheritdoc IModelRegistry
    function addTier(
        TierTerms calldata terms,
        address provider,
        string calldata guaranteesUri
    ) external restricted returns (uint256 tierId) {
        uint256 least = _checkTier(terms);
        tierId = (++tierCount).toUint16();
        _tiers[tierId] = terms;
        bytes32 seat = Seats.provider(tierId, 0);
        _fillSeat(seat, provider);
        emit TierAdded(tierId, terms, seat, provider, guaranteesUri, least);
    }

    /// @inheritdoc IModelRegistry
    function changeTier(uint256 tierId, TierTerms calldata terms, string calldata guaranteesUri) external restricted {
        TierTerms memory previousTerms = tierOf(tierId);
        uint256 least = _checkTier(terms);
        _tiers[tierId] = terms;
        emit TierChanged(tierId, previousTerms, terms, guaranteesUri, least);
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
        ModelIdentity calldata identity,
        ModelTerms calldata terms,
        uint256 minimumRaise,
        uint256 target
    ) external returns (uint256 modelId) {
        require(msg.sender == offering, Registry_NotOffering(msg.sender));
        string calldata name = identity.name;
        string calldata symbol = identity.symbol;
        Bounds.check("nameLength", bytes(name).length, 1, MAX_NAME_LENGTH);
        Bounds.check("symbolLength", bytes(symbol).length, 1, MAX_NAME_LENGTH);
        PlainText.check("name", name);
        PlainText.check("symbol", symbol);
        _requireTier(terms.tierId);
        TierTerms storage tier = _tiers[terms.tierId];
        require(tier.open, Registry_TierClosed(terms.tierId));
        require(minimumRaise >= tier.minMinimumRaise, Registry_MinimumBelowTier(minimumRaise, tier.minMinimumRaise));
        require(target <= tier.maxTarget, Registry_TargetAboveTier(target, tier.maxTarget));
        uint256 priceFloor = _priceFloor(tier.computeCost);
        uint256 minimumPrice = terms.minimumPrice;
        require(minimumPrice >= priceFloor, Registry_PriceBelowFloor(minimumPrice, priceFloor));
        require(minimumPrice <= type(uint96).max, Registry_PriceTooHigh(minimumPrice, type(uint96).max));

        modelId = ++modelCount;
        Model storage model = _models[modelId];
        model.name = name.toShortString();
        model.symbol = symbol.toShortString();
        model.metadataHash = identity.metadataHash;
        model.tierId = uint16(terms.tierId); // not above the number of tiers
        model.minimumPrice = uint96(minimumPrice); // checked above
        bytes32 seat = Seats.issuer(modelId);
        _fillSeat(seat, issuer);
        emit ModelRegistered(modelId, issuer, terms.tierId, minimumPrice, identity, seat);
    }

    /// @inheritdoc IModelRegistry
    function setApiId(uint256 modelId, string calldata apiId) external restricted {
        Model storage model = _known(modelId);
        require(IGraduatedModels(offering).hasGraduated(modelId), Registry_NotGraduated(modelId));
        Bounds.check("apiIdLength", bytes(apiId).length, 1, MAX_API_ID_LENGTH);
        PlainText.check("API id", apiId);

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
    function identityOf(uint256 modelId) external view returns (ModelIdentity memory) {
        Model storage model = _known(modelId);
        return
            ModelIdentity({
                name: model.name.toString(),
                symbol: model.symbol.toString(),
                metadataHash: model.metadataHash
            });
    }

    /// @inheritdoc IModelRegistry
    function usageTermsOf(uint256 modelId) external view returns (UsageTerms memory terms) {
        Model storage model = _models[modelId];
        if (model.tierId == 0) return terms;
        return
            UsageTerms({
                minimumPrice: model.minimumPrice,
                computeCost: _tiers[model.tierId].computeCost,
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
        return _tiers[_known(modelId).tierId].computeCost;
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

    /// @dev See `priceFloorOf`.
    function _priceFloor(uint256 computeCost) private pure returns (uint256) {
        return Math.ceilDiv(computeCost * COST_COVER_BPS, BPS - MAX_DISCOUNT_BPS);
    }

    /// @dev Checks that the cost and the raises of a tier are within the constant bounds, and that its pools will open with
    /// the reserve that the buyback asks for (decision 51). The first tier is added before there is a buyback. The buyback
    /// checks its own settings when it is deployed.
    /// @return least The least minimum with which a model can have been launched, this tier's included [FLOCK wei].
    function _checkTier(TierTerms calldata terms) private returns (uint256 least) {
        Bounds.check("computeCost", terms.computeCost, MIN_COMPUTE_COST, MAX_COMPUTE_COST);
        Bounds.check("maxTarget", terms.maxTarget, MIN_MINIMUM_RAISE, MAX_TARGET);
        uint256 minForPool =
            buyback == address(0) ? 0 : RAISE_PER_POOL_FLOCK * IPoolRequirement(buyback).modelMinReserve();
        uint256 min = Math.max(MIN_MINIMUM_RAISE, minForPool);
        Bounds.check("minMinimumRaise", terms.minMinimumRaise, min, terms.maxTarget);
        least = Math.min(leastMinimumRaise, terms.minMinimumRaise);
        leastMinimumRaise = least;
    }

    /// @dev The record of a model that exists.
    function _known(uint256 modelId) private view returns (Model storage) {
        require(modelId != 0 && modelId <= modelCount, Registry_UnknownModel(modelId));
        return _models[modelId];
    }

    /// @dev Reverts if there is no such tier.
    function _requireTier(uint256 tierId) private view {
        require(tierId != 0 && tierId <= tierCount, Registry_UnknownTier(tierId));
    }
}
