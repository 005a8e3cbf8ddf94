// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Sums of usage. They are cumulative for one user, key and model. One slot.
/// @param units Units of inference [units].
/// @param list Cost at list price, before any discount [USDC units].
/// @param paid What is paid for them [USDC units].
struct Usage {
    uint64 units;
    uint96 list;
    uint96 paid;
}

/// @notice A user's prepaid USDC.
/// @param deposited What the user can withdraw [USDC units].
/// @param credit What the platform brought for card payments; it can be spent but not withdrawn [USDC units].
/// @param requestedAt When a withdrawal was requested [s]; 0 if none is. A request that has lapsed stays until it is
/// replaced.
/// @param requested How much of `deposited` was requested [USDC units].
struct Account {
    uint96 deposited;
    uint96 credit;
    uint40 requestedAt;
    uint96 requested;
}

/// @notice A key that signs vouchers for a user.
/// @param cap The largest amount that may ever be collected with it [USDC units].
/// @param spent What has been collected with it [USDC units]; a new authorisation does not reset it.
/// @param expiresAt When it expires [s]: from then on nobody should serve it. Vouchers are still collected for 48 hours.
/// @param capFalls Whether a lower cap will hold from `nextCapAt` on.
/// @param nextCap The lower cap [USDC units].
/// @param nextCapAt When the lower cap begins to hold [s].
/// @param collectedUntil When its vouchers begin to be refused [s].
struct Key {
    uint96 cap;
    uint96 spent;
    uint40 expiresAt;
    bool capFalls;
    uint96 nextCap;
    uint40 nextCapAt;
    uint48 collectedUntil;
}

/// @notice A signed voucher for one model, as the platform submits it. Sums are cumulative for user, key and model.
/// @param user Who pays.
/// @param key Who has signed: the user, or a key that the user authorised.
/// @param units Units of inference [units].
/// @param list Cost at list price [USDC units].
/// @param paid What the user pays [USDC units].
/// @param r Signature, r.
/// @param vs Signature, y parity and s (EIP-2098).
struct VoucherRow {
    address user;
    address key;
    uint64 units;
    uint96 list;
    uint96 paid;
    bytes32 r;
    bytes32 vs;
}

/// @notice Usage that was paid by card, by somebody without a wallet. Not cumulative.
/// @param modelId The model.
/// @param units Units of inference [units].
/// @param list Cost at list price [USDC units].
/// @param paid What was paid [USDC units]; the platform brings it.
struct CardRow {
    uint256 modelId;
    uint64 units;
    uint96 list;
    uint96 paid;
}

/// @notice Why a row was skipped.
/// @param None It was not skipped.
/// @param ModelNotLive There is no such model, or it has no API id.
/// @param BadSignature The signature is not that of the key for exactly these values, on this chain and this contract.
/// @param KeyNotAuthorized The user has never authorised the key.
/// @param KeyExpired The key expired 48 hours ago or earlier.
/// @param BelowPriceFloor The list spend is below the price floor of the model.
/// @param AboveDiscountCap Less was paid than the largest discount allows.
/// @param NothingNew Everything in it has been collected before.
/// @param KeyCapReached Everything that the key may spend has been collected.
/// @param NoBalance The user has no prepaid USDC.
/// @param NoUnits It has list spend and no units, so it would pay the compute provider nothing.
enum Skip {
    None,
    ModelNotLive,
    BadSignature,
    KeyNotAuthorized,
    KeyExpired,
    BelowPriceFloor,
    AboveDiscountCap,
    NothingNew,
    KeyCapReached,
    NoBalance,
    NoUnits
}
