// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISeatHolders} from "./ISeatHolders.sol";

/// @notice What governance decides about a hosting tier (section 3.1).
/// @param computeCost Compute cost of a million units [USDC units].
/// @param smallestMinimum The least that a model of this tier may set as its minimum raise [FLOCK wei].
/// @param open Whether new models may choose the tier.
/// @param largestTarget The most that a model of this tier may set as its target [FLOCK wei].
/// @param guaranteesHash Hash of the document that states the tier's performance guarantees.
struct TierTerms {
    uint96 computeCost;
    uint96 smallestMinimum;
    bool open;
    uint96 largestTarget;
    bytes32 guaranteesHash;
}

/// @notice What an issuer fixes about a model for good, as far as usage is concerned.
/// @param tierId The hosting tier.
/// @param minimumPrice Floor of the list price of a million units [USDC units].
struct ModelTerms {
    uint256 tierId;
    uint256 minimumPrice;
}

/// @notice What settling a model's usage depends on.
/// @param minimumPrice Floor of the list price of a million units [USDC units].
/// @param computeCost Compute cost of a million units [USDC units], see `computeCostOf`.
/// @param liveAt When the model got its first API id [s]; 0 if it has none.
/// @param providerSeat The seat of its tier's present compute provider.
struct UsageTerms {
    uint256 minimumPrice;
    uint256 computeCost;
    uint256 liveAt;
    bytes32 providerSeat;
}

/// @title IModelRegistry
/// @notice Hosting tiers, the record of every model, and the seats. Holds no money.
///
/// Trust: governance adds tiers and changes their terms within the bounds below, with its delay. What a model's issuer
/// chose cannot be changed by anybody, and no change of a tier can make the calls of an existing model lose money
/// (`computeCostOf`). The platform records under which API id a graduated model is served. The seats of the buyback are
/// the buyback contract's until governance names another holder for one.
interface IModelRegistry is ISeatHolders {
    /// @notice A hosting tier exists. `guaranteesUri` says where the document with that hash can be read.
    event TierAdded(uint256 indexed tierId, TierTerms terms, address provider, string guaranteesUri);
    /// @notice A hosting tier has new terms.
    event TierChanged(uint256 indexed tierId, TierTerms previousTerms, TierTerms terms, string guaranteesUri);
    /// @notice Governance has named a compute provider for a tier: a new seat, the former keeps its own.
    event ProviderNamed(uint256 indexed tierId, bytes32 previousSeat, bytes32 seat, address provider);
    /// @notice A model exists.
    /// @param minimumPrice Floor of the list price of a million units [USDC units].
    event ModelRegistered(
        uint256 indexed modelId,
        address indexed issuer,
        uint256 indexed tierId,
        uint256 minimumPrice
    );

    /// @notice The platform serves a model under an API id, from now on; the one before was empty if this is its first.
    /// `liveAt` is when it had its first [s].
    event ApiIdRecorded(uint256 indexed modelId, string previousApiId, string apiId, uint256 liveAt);

    /// @notice There is no tier with this id.
    error Registry_UnknownTier(uint256 tierId);
    /// @notice There is no model with this id.
    error Registry_UnknownModel(uint256 modelId);
    /// @notice The tier takes no new models.
    error Registry_TierClosed(uint256 tierId);
    /// @notice A tier's compute cost is outside the constant bounds [USDC units per million units].
    error Registry_CostOutOfBounds(uint256 computeCost, uint256 least, uint256 most);
    /// @notice A tier's raise bounds are outside the constant bounds or contradict each other [FLOCK wei].
    error Registry_BadRaiseBounds(uint256 smallestMinimum, uint256 largestTarget, uint256 least, uint256 most);
    /// @notice The minimum raise is below what the tier asks [FLOCK wei].
    error Registry_MinimumBelowTier(uint256 minimumRaise, uint256 smallestMinimum);
    /// @notice The target is above what the tier allows [FLOCK wei].
    error Registry_TargetAboveTier(uint256 target, uint256 largestTarget);
    /// @notice At the largest discount the price is below 1.1 times the compute cost [USDC units per million units].
    error Registry_PriceBelowFloor(uint256 minimumPrice, uint256 priceFloor);
    /// @notice The price is above what the packing holds [USDC units per million units].
    error Registry_PriceTooHigh(uint256 minimumPrice, uint256 most);
    /// @notice A raise of this minimum would open its pool below the least reserve with which the buyback uses it
    /// [FLOCK wei].
    error Registry_MinimumBelowReserve(uint256 smallestMinimum, uint256 least);
    /// @notice Only the offering registers models.
    error Registry_NotOffering(address caller);
    /// @notice Only a graduated model is served.
    error Registry_NotGraduated(uint256 modelId);
    /// @notice An API id has from 1 to 64 bytes.
    error Registry_BadApiId(uint256 length);
    /// @notice Governance names holders for the seats of the buyback only.
    error Registry_NotBuybackSeat(bytes32 seat);

    /// @notice Adds a hosting tier and fills the seat of its provider. Governance only.
    /// @dev Errors: `Registry_CostOutOfBounds`, `Registry_BadRaiseBounds`, `Registry_MinimumBelowReserve`,
    /// `Seat_NoHolder`.
    /// @return tierId The tier's id, from 1.
    function addTier(
        TierTerms calldata terms,
        address provider,
        string calldata guaranteesUri
    ) external returns (uint256 tierId);

    /// @notice Changes a tier: its compute cost for all of its models (see `computeCostOf`), the rest for models to come.
    /// Governance only.
    /// @dev Errors: `Registry_UnknownTier`, `Registry_CostOutOfBounds`, `Registry_BadRaiseBounds`,
    /// `Registry_MinimumBelowReserve`.
    function changeTier(uint256 tierId, TierTerms calldata terms, string calldata guaranteesUri) external;

    /// @notice Names another compute provider for a tier. Governance only.
    /// @dev Errors: `Registry_UnknownTier`, `Seat_NoHolder`.
    function nameProvider(uint256 tierId, address provider) external;

    /// @notice Records a new model and gives its issuer the seat. Offering only.
    /// @dev Errors: `Registry_NotOffering`, `Registry_UnknownTier`, `Registry_TierClosed`, `Registry_MinimumBelowTier`,
    /// `Registry_TargetAboveTier`, `Registry_PriceBelowFloor`, `Registry_PriceTooHigh`, `Seat_NoHolder`.
    /// @param issuer First holder of the issuer's seat.
    /// @param terms Tier and price floor.
    /// @param minimumRaise The least the raise must bring [FLOCK wei].
    /// @param target The most it may bring [FLOCK wei].
    /// @return modelId The model's id, from 1.
    function register(
        address issuer,
        ModelTerms calldata terms,
        uint256 minimumRaise,
        uint256 target
    ) external returns (uint256 modelId);

    /// @notice Records the API id under which a graduated model is served, or that it has changed. Platform only.
    /// @dev Errors: `Registry_UnknownModel`, `Registry_NotGraduated`, `Registry_BadApiId`.
    function setApiId(uint256 modelId, string calldata apiId) external;

    /// @notice Names another holder for a seat of the buyback and what it has not claimed yet. Governance only.
    /// @dev Errors: `Registry_NotBuybackSeat`, `Seat_NoHolder`.
    function nameBuybackHolder(bytes32 seat, address holder) external;

    /// @notice How many models there are; ids run from 1 to this.
    function modelCount() external view returns (uint256);

    /// @notice How many tiers there are; ids run from 1 to this.
    function tierCount() external view returns (uint256);

    /// @notice The terms of a tier.
    /// @dev Errors: `Registry_UnknownTier`.
    function tierOf(uint256 tierId) external view returns (TierTerms memory);

    /// @notice The seat of a tier's present compute provider.
    /// @dev Errors: `Registry_UnknownTier`.
    function providerSeatOf(uint256 tierId) external view returns (bytes32);

    /// @notice The terms of a model.
    /// @dev Errors: `Registry_UnknownModel`.
    function modelOf(uint256 modelId) external view returns (ModelTerms memory);

    /// @notice What settling a model's usage depends on; zeros if there is no such model, which is then not live.
    function usageTermsOf(uint256 modelId) external view returns (UsageTerms memory);

    /// @notice The API id under which a model is served; empty if it is not.
    function apiIdOf(uint256 modelId) external view returns (string memory);

    /// @notice The seat of a model's issuer, whether or not there is such a model.
    function issuerSeatOf(uint256 modelId) external pure returns (bytes32);

    /// @notice The seat of the treasury.
    function treasurySeat() external pure returns (bytes32);

    /// @notice The holder of the seat of a model's issuer; zero if there is no such model.
    function issuerOf(uint256 modelId) external view returns (address);

    /// @notice The holder of the treasury's seat.
    function treasury() external view returns (address);

    /// @notice Compute cost of a million units of a model [USDC units]: that of its tier, but never more than its price
    /// floor at the largest discount covers 1.1 times; rounded down.
    /// @dev Errors: `Registry_UnknownModel`.
    function computeCostOf(uint256 modelId) external view returns (uint256);

    /// @notice The lowest price floor that a tier allows [USDC units per million units], rounded up.
    /// @dev Errors: `Registry_UnknownTier`.
    function priceFloorOf(uint256 tierId) external view returns (uint256);
}
