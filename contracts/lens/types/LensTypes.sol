// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Lot} from "../../buyback/types/BuybackTypes.sol";
import {Reward} from "../../emissions/types/EmissionTypes.sol";
import {OpeningMode} from "../../graduation/types/OpeningMode.sol";
import {Outcome, Position} from "../../offering/types/OfferingTypes.sol";
import {Stake} from "../../staking/interfaces/IModelStaking.sol";
import {Account, Key, Usage} from "../../usage/types/UsageTypes.sol";

/// @notice Everything about the raise of a model, as of now. Times are wall time [s]. While a pause of purchases lasts,
/// times that have not come yet move on. Times that have passed are exact until the next pause; the blocks of the events
/// have them for good.
/// @param outcome The outcome of the raise.
/// @param openingMode At which price the pool opens, or opened.
/// @param raised What the raise has brought, D in the paper [FLOCK wei].
/// @param gross All that was paid for purchases, with fees [FLOCK wei].
/// @param sold What the curve has sold, with the bundle; S(D) in the paper [MT wei].
/// @param target The most that the raise can bring, G in the paper [FLOCK wei].
/// @param minimumRaise What the raise must bring to succeed [FLOCK wei].
/// @param virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
/// @param virtualMt The virtual MT reserve of the curve, y0 in the paper [MT wei].
/// @param priceWad The marginal price, P(D) in the paper [WAD, FLOCK per MT].
/// @param feeRateWad Fee rate of a purchase now [WAD].
/// @param creatorFeeBps The issuer's fee [bps].
/// @param protocolFeeBps The protocol's fee, after the anti-sniping window [bps].
/// @param antiSnipeStartBps Total fee in the first moment of the sale [bps].
/// @param antiSnipeEndsAt When the fee is down to its base rate.
/// @param startsAt Beginning of the sale.
/// @param endsAt End of the sale; at this second it is over.
/// @param failableAt When anyone can fail it: at its end if it is below its minimum, otherwise 30 days later.
/// @param bundleMt The issuer's bundle [MT wei].
/// @param bundleNet What is refunded to the issuer for it if the raise fails [FLOCK wei].
/// @param creatorFee The issuer's fees that were not claimed [FLOCK wei].
/// @param protocolFee The protocol's fees that were not claimed [FLOCK wei].
/// @param token The address that the model's token has or will have.
/// @param metadataHash Hash of the document that describes the deployment.
/// @param name Name of the token.
/// @param symbol Symbol of the token.
/// @param issuer Holder of the issuer's seat.
/// @param tierId The hosting tier.
/// @param minimumPrice The price floor of a million units [USDC units].
/// @param computeCost Compute cost of a million units [USDC units].
/// @param liveAt When the model got its first API id [s]; 0 if it has none.
/// @param apiId The API id under which it is served; empty if it is not.
/// @param pool What graduation has made of it; zeros before.
struct RaiseView {
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
    uint256 creatorFee;
    uint256 protocolFee;
    address token;
    bytes32 metadataHash;
    string name;
    string symbol;
    address issuer;
    uint256 tierId;
    uint256 minimumPrice;
    uint256 computeCost;
    uint256 liveAt;
    string apiId;
    PoolView pool;
}

/// @notice What graduation has made of a raise.
/// @param graduatedAt When it graduated [s]; 0 if it has not.
/// @param pair The FLOCK/MT pair.
/// @param flock Its FLOCK reserve now [FLOCK wei].
/// @param mt Its MT reserve now [MT wei].
/// @param openingFlock The FLOCK reserve with which it opened [FLOCK wei].
/// @param openingMt The MT reserve with which it opened [MT wei].
/// @param lockedLiquidity Liquidity that is locked [LP wei].
/// @param unlocksAt When the lock ends [s].
/// @param unvested MT that have not vested [MT wei].
/// @param shares The five shares that vest, in the order of `Share`.
struct PoolView {
    uint256 graduatedAt;
    address pair;
    uint256 flock;
    uint256 mt;
    uint256 openingFlock;
    uint256 openingMt;
    uint256 lockedLiquidity;
    uint256 unlocksAt;
    uint256 unvested;
    ShareView[5] shares;
}

/// @notice One share that vests.
/// @param total The whole share [wei of its token].
/// @param released What has left the vault of it [wei of its token].
/// @param releasable What has vested of it and is still in the vault [wei of its token].
struct ShareView {
    uint256 total;
    uint256 released;
    uint256 releasable;
}

/// @notice Everything of one account, as of now.
/// @param flock FLOCK that it holds [FLOCK wei].
/// @param usdc USDC that it holds [USDC units].
/// @param prepaid Its prepaid USDC in the meter.
/// @param available What the platform may serve it for [USDC units].
/// @param models What it has in each model that was asked for.
struct AccountView {
    uint256 flock;
    uint256 usdc;
    Account prepaid;
    uint256 available;
    AccountInModel[] models;
}

/// @notice Everything of one account in one model, as of now.
/// @param modelId The model.
/// @param outcome The outcome of its raise.
/// @param position What the account has bought, and neither claimed nor been refunded.
/// @param claimable Tokens that can be claimed for it now [MT wei].
/// @param refundable What can be refunded to it now [FLOCK wei].
/// @param mt MT that it holds [MT wei].
/// @param stake Its stake; `active` is as of now.
/// @param stakeThatCounts What counts of its stake now [MT wei].
/// @param discountWad Its discount on inference now [WAD].
/// @param usage What was collected of the vouchers that it has signed itself.
/// @param weightEpoch The epoch of its latest weight for rewards.
/// @param weight That weight [USDC units].
/// @param weightNet The net revenue of the same use [USDC units].
/// @param reward Rewards that it can claim now.
/// @param isIssuer Whether it holds the issuer's seat.
/// @param issuerBonus The issuer's bonus that it can claim now, if it holds that seat [FLOCK wei].
/// @param bundleRefundable What can be refunded for the bundle now, if it holds that seat [FLOCK wei].
struct AccountInModel {
    uint256 modelId;
    Outcome outcome;
    Position position;
    uint256 claimable;
    uint256 refundable;
    uint256 mt;
    Stake stake;
    uint256 stakeThatCounts;
    uint256 discountWad;
    Usage usage;
    uint256 weightEpoch;
    uint256 weight;
    uint256 weightNet;
    Reward reward;
    bool isIssuer;
    uint256 issuerBonus;
    uint256 bundleRefundable;
}

/// @notice A series of vouchers: their sums are cumulative for one user, key and model.
/// @param user Who pays.
/// @param key Who signs: the user, or a key that the user authorised.
/// @param modelId The model.
struct SeriesId {
    address user;
    address key;
    uint256 modelId;
}

/// @notice A series of vouchers, as of now.
/// @param collected What was collected of it.
/// @param account The user's prepaid USDC in the meter.
/// @param available What the platform may serve the user for, with all of its keys and models [USDC units].
/// @param record The key; zeros if the user signs itself, or has not authorised it.
/// @param discount The user's discount on the model [WAD].
struct SeriesView {
    Usage collected;
    Account account;
    uint256 available;
    Key record;
    uint256 discount;
}

/// @notice Everything that keepers can do now.
/// @param pokeRoute Whether a pair of the route can be observed.
/// @param flockLot The next lot of the FLOCK buyback.
/// @param models What can be done for each model that was asked for.
struct DueView {
    bool pokeRoute;
    Lot flockLot;
    ModelDue[] models;
}

/// @notice Everything that keepers can do now for one model.
/// @param modelId The model.
/// @param graduate Whether its raise can be graduated.
/// @param fail Whether its raise can be failed.
/// @param roll Whether it has an epoch that can be closed.
/// @param poke Whether its pair can be observed.
/// @param flockLot The next lot that turns its USDC into FLOCK.
/// @param mtLot The next lot that turns its FLOCK into MT; zeros before graduation.
struct ModelDue {
    uint256 modelId;
    bool graduate;
    bool fail;
    bool roll;
    bool poke;
    Lot flockLot;
    Lot mtLot;
}
