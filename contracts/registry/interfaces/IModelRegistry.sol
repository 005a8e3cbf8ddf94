// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";
import {ISeatHolders} from "./ISeatHolders.sol";

/// @notice What governance decides about a hosting tier (section 3.1). Three slots.
/// @param computeCost Compute cost of a million units [USDC units].
/// @param minMinimumRaise The smallest minimum raise that a model of this tier may set [FLOCK wei].
/// @param open Whether new models may choose the tier.
/// @param maxTarget The largest target that a model of this tier may set [FLOCK wei].
/// @param guaranteesHash Hash of the document that states the performance guarantees of the tier.
struct TierTerms {
    uint96 computeCost;
    uint96 minMinimumRaise;
    bool open;
    uint96 maxTarget;
    bytes32 guaranteesHash;
}

/// @notice What an issuer fixes for good about the use of a model.
/// @param tierId The hosting tier.
/// @param minimumPrice The price floor: the lowest list price of a million units [USDC units].
struct ModelTerms {
    uint256 tierId;
    uint256 minimumPrice;
}

/// @notice What a model is called, and what was promised about it. An issuer fixes it for good.
/// @param name Name of the model and of its token, from 1 to 31 bytes of plain text.
/// @param symbol Symbol of its token, from 1 to 31 bytes of plain text.
/// @param metadataHash Hash of the document that describes the deployment.
struct ModelIdentity {
    string name;
    string symbol;
    bytes32 metadataHash;
}

/// @notice What the settlement of a model's usage depends on.
/// @param minimumPrice The price floor: the lowest list price of a million units [USDC units].
/// @param computeCost Compute cost of a million units [USDC units]; see `computeCostOf`.
/// @param liveAt When the model got its first API id [s]; 0 if it has none.
/// @param providerSeat The seat of the present compute provider of its tier.
struct UsageTerms {
    uint256 minimumPrice;
    uint256 computeCost;
    uint256 liveAt;
    bytes32 providerSeat;
}

/// @title IModelRegistry
/// @notice The hosting tiers, the record of every model, and the seats. Holds no money.
///
/// Trust: governance adds tiers and changes their terms, within the bounds below and with its delay. Nobody can change
/// what the issuer of a model chose, and no change of a tier can make the calls of an existing model lose money
/// (`computeCostOf`), though it can make them earn less. The platform records under which API id a graduated model is
/// served. The seats of the buyback belong to the buyback contract until governance names another holder for one of
/// them.
interface IModelRegistry is ISeatHolders, IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice There is a new hosting tier.
    /// @param seat The seat of its compute provider.
    /// @param provider First holder of that seat.
    /// @param guaranteesUri Where the document with the hash `guaranteesHash` can be read.
    /// @param leastMinimumRaise The smallest `minMinimumRaise` that any tier has had until now [FLOCK wei].
    event TierAdded(
        uint256 indexed tierId,
        TierTerms terms,
        bytes32 seat,
        address provider,
        string guaranteesUri,
        uint256 leastMinimumRaise
    );
    /// @notice A hosting tier has new terms.
    /// @param guaranteesUri Where the document with the new hash can be read.
    /// @param leastMinimumRaise The smallest `minMinimumRaise` that any tier has had until now [FLOCK wei].
    event TierChanged(
        uint256 indexed tierId,
        TierTerms previousTerms,
        TierTerms terms,
        string guaranteesUri,
        uint256 leastMinimumRaise
    );
    /// @notice A tier has another compute provider. The new one gets a seat of its own; the former keeps its seat.
    event ProviderNamed(uint256 indexed tierId, bytes32 previousSeat, bytes32 seat, address provider);
    /// @notice There is a new model.
    /// @param issuer First holder of the issuer's seat.
    /// @param minimumPrice The price floor of a million units [USDC units].
    /// @param identity What it is called, and what was promised about it.
    /// @param seat The issuer's seat.
    event ModelRegistered(
        uint256 indexed modelId,
        address indexed issuer,
        uint256 indexed tierId,
        uint256 minimumPrice,
        ModelIdentity identity,
        bytes32 seat
    );
    /// @notice The platform serves a model under an API id from now on.
    /// @param previousApiId The API id before; empty if this is the first one.
    /// @param liveAt When the model got its first one [s].
    event ApiIdRecorded(uint256 indexed modelId, string previousApiId, string apiId, uint256 liveAt);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice There is no tier with this id.
    error Registry_UnknownTier(uint256 tierId);
    /// @notice There is no model with this id.
    error Registry_UnknownModel(uint256 modelId);
    /// @notice New models cannot choose this tier.
    error Registry_TierClosed(uint256 tierId);
    /// @notice The minimum raise is smaller than the tier allows [FLOCK wei].
    error Registry_MinimumBelowTier(uint256 minimumRaise, uint256 min);
    /// @notice The target is larger than the tier allows [FLOCK wei].
    error Registry_TargetAboveTier(uint256 target, uint256 max);
    /// @notice At the largest discount, the price would bring less than 1.1 times the compute cost.
    /// @param minimumPrice The price that was asked for [USDC units per million units].
    /// @param priceFloor The lowest price that the tier allows [USDC units per million units].
    error Registry_PriceBelowFloor(uint256 minimumPrice, uint256 priceFloor);
    /// @notice The price does not fit the storage [USDC units per million units].
    error Registry_PriceTooHigh(uint256 minimumPrice, uint256 max);
    /// @notice Only the offering registers models.
    error Registry_NotOffering(address caller);
    /// @notice The model has not graduated, so it cannot be served.
    error Registry_NotGraduated(uint256 modelId);
    /// @notice Governance names holders only for the seats of the buyback.
    error Registry_NotBuybackSeat(bytes32 seat);

    // -- Deployment ---------------------------------------------------------------------------------------------------

    /// @notice Sets the links to the offering and the buyback. Deployer only, once.
    /// @param offering_ The offering, which alone registers models.
    /// @param buyback_ The buyback, which holds its seats until governance names somebody else for one.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 25
    function wire(address offering_, address buyback_) external;

    // -- Governance ---------------------------------------------------------------------------------------------------

    /// @notice Adds a hosting tier and gives the seat of its compute provider to `provider`. Governance only.
    /// @param terms The terms of the tier.
    /// @param provider First holder of the provider's seat.
    /// @param guaranteesUri Where the document with the hash `guaranteesHash` can be read; stands in the event only.
    /// @return tierId Id of the tier; ids count from 1.
    /// @custom:errors AccessManagedUnauthorized, Bounds_OutOfRange, Seat_NoHolder
    /// @custom:paper 3.1
    function addTier(
        TierTerms calldata terms,
        address provider,
        string calldata guaranteesUri
    ) external returns (uint256 tierId);

    /// @notice Changes a tier. The new compute cost holds for all of its models (see `computeCostOf`), the other terms for
    /// models that are launched later. Governance only.
    /// @param tierId The tier.
    /// @param terms All of its new terms.
    /// @param guaranteesUri Where the document with the hash `guaranteesHash` can be read; stands in the event only.
    /// @custom:errors AccessManagedUnauthorized, Registry_UnknownTier, Bounds_OutOfRange
    /// @custom:paper 3.1
    function changeTier(uint256 tierId, TierTerms calldata terms, string calldata guaranteesUri) external;

    /// @notice Names another compute provider for a tier. The former keeps its seat with what it has earned. Governance
    /// only.
    /// @param tierId The tier.
    /// @param provider First holder of the new seat.
    /// @custom:errors AccessManagedUnauthorized, Registry_UnknownTier, Seat_NoHolder
    /// @custom:paper 5.4
    function nameProvider(uint256 tierId, address provider) external;

    /// @notice Names another holder for a seat of the buyback, with what that seat has not claimed. Governance only.
    /// @param seat A seat of the buyback.
    /// @param holder The new holder.
    /// @custom:errors AccessManagedUnauthorized, Registry_NotBuybackSeat, Seat_NoHolder
    /// @custom:paper silent, decision 20
    function nameBuybackHolder(bytes32 seat, address holder) external;

    // -- Life of a model ----------------------------------------------------------------------------------------------

    /// @notice Records a new model and gives its issuer the issuer's seat. Offering only.
    /// @param issuer First holder of the issuer's seat.
    /// @param identity What the model is called.
    /// @param terms Tier and price floor.
    /// @param minimumRaise The minimum raise of the model [FLOCK wei].
    /// @param target The target of its raise [FLOCK wei].
    /// @return modelId Id of the model; ids count from 1.
    /// @custom:errors Registry_NotOffering, Bounds_OutOfRange, PlainText_Malformed, PlainText_Invisible, PlainText_Spacing,
    /// Registry_UnknownTier, Registry_TierClosed, Registry_MinimumBelowTier, Registry_TargetAboveTier,
    /// Registry_PriceBelowFloor, Registry_PriceTooHigh, Seat_NoHolder
    /// @custom:paper 3.1
    function register(
        address issuer,
        ModelIdentity calldata identity,
        ModelTerms calldata terms,
        uint256 minimumRaise,
        uint256 target
    ) external returns (uint256 modelId);

    /// @notice Records the API id under which a graduated model is served. The first one makes the model live. Platform
    /// only.
    /// @param modelId The model.
    /// @param apiId The API id, from 1 to 64 bytes of plain text.
    /// @custom:errors AccessManagedUnauthorized, Registry_UnknownModel, Registry_NotGraduated, Bounds_OutOfRange,
    /// PlainText_Malformed, PlainText_Invisible, PlainText_Spacing
    /// @custom:paper 3.5
    function setApiId(uint256 modelId, string calldata apiId) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice Number of models; their ids run from 1 to this.
    /// @return The number.
    /// @custom:errors none
    /// @custom:paper 3.1
    function modelCount() external view returns (uint256);

    /// @notice Number of hosting tiers; their ids run from 1 to this.
    /// @return The number.
    /// @custom:errors none
    /// @custom:paper 3.1
    function tierCount() external view returns (uint256);

    /// @notice The smallest `minMinimumRaise` that any tier has ever had, whether or not it is open: no model was or can be
    /// launched with less. The buyback asks of a model's pool at most half of it, so that every pool opens with enough.
    /// @return The minimum [FLOCK wei]; the largest target before there is a tier.
    /// @custom:errors none
    /// @custom:paper silent, decision 51
    function leastMinimumRaise() external view returns (uint256);

    /// @notice The terms of a hosting tier.
    /// @param tierId The tier.
    /// @return The terms.
    /// @custom:errors Registry_UnknownTier
    /// @custom:paper 3.1
    function tierOf(uint256 tierId) external view returns (TierTerms memory);

    /// @notice The seat of the present compute provider of a tier.
    /// @param tierId The tier.
    /// @return The seat.
    /// @custom:errors Registry_UnknownTier
    /// @custom:paper 5.4
    function providerSeatOf(uint256 tierId) external view returns (bytes32);

    /// @notice The terms of a model.
    /// @param modelId The model.
    /// @return The terms.
    /// @custom:errors Registry_UnknownModel
    /// @custom:paper 3.1
    function modelOf(uint256 modelId) external view returns (ModelTerms memory);

    /// @notice What a model is called.
    /// @param modelId The model.
    /// @return Name, symbol and metadata hash.
    /// @custom:errors Registry_UnknownModel
    /// @custom:paper 3.1
    function identityOf(uint256 modelId) external view returns (ModelIdentity memory);

    /// @notice What the settlement of a model's usage depends on.
    /// @param modelId The model.
    /// @return terms The terms; zeros if there is no such model, which is then not live.
    /// @custom:errors none
    /// @custom:paper 3.5
    function usageTermsOf(uint256 modelId) external view returns (UsageTerms memory terms);

    /// @notice The API id under which a model is served.
    /// @param modelId The model.
    /// @return The API id; empty if the model is not served.
    /// @custom:errors none
    /// @custom:paper 3.5
    function apiIdOf(uint256 modelId) external view returns (string memory);

    /// @notice The seat of the issuer of a model, whether or not there is such a model.
    /// @param modelId The model.
    /// @return The seat.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function issuerSeatOf(uint256 modelId) external pure returns (bytes32);

    /// @notice The seat of the treasury.
    /// @return The seat.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function treasurySeat() external pure returns (bytes32);

    /// @notice The holder of the issuer's seat of a model.
    /// @param modelId The model.
    /// @return The holder; zero if there is no such model.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function issuerOf(uint256 modelId) external view returns (address);

    /// @notice The holder of the treasury's seat.
    /// @return The holder.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function treasury() external view returns (address);

    /// @notice Compute cost of a million units of a model: that of its tier. A settlement takes at most a payment divided by
    /// 1.1 for it, so that no change of a tier can make a call of an existing model lose money.
    /// @param modelId The model.
    /// @return The cost [USDC units].
    /// @custom:errors Registry_UnknownModel
    /// @custom:paper 3.5
    function computeCostOf(uint256 modelId) external view returns (uint256);

    /// @notice The lowest price floor that a tier allows: at the largest discount it brings 1.1 times the compute cost.
    /// @param tierId The tier.
    /// @return The price of a million units [USDC units], rounded up.
    /// @custom:errors Registry_UnknownTier
    /// @custom:paper 3.1
    function priceFloorOf(uint256 tierId) external view returns (uint256);

    /// @notice The offering, which alone registers models.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function offering() external view returns (address);

    /// @notice The buyback, which holds its seats until governance names somebody else for one.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function buyback() external view returns (address);

    /// @notice The smallest compute cost that a tier may have.
    /// @return The cost of a million units [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.1
    function MIN_COMPUTE_COST() external view returns (uint256);

    /// @notice The largest compute cost that a tier may have.
    /// @return The cost of a million units [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.1
    function MAX_COMPUTE_COST() external view returns (uint256);
}
