// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OpeningMode} from "../../graduation/types/OpeningMode.sol";
import {ModelIdentity, ModelTerms} from "../../registry/interfaces/IModelRegistry.sol";

/// @notice The outcome of a raise. It is stored once and never changes back, and every function reads it.
/// @param None There is no such raise.
/// @param Open The raise is not settled: its sale runs, or nobody has graduated or failed it yet.
/// @param Graduated It has succeeded.
/// @param Failed It has failed; contributions can be refunded.
enum Outcome {
    None,
    Open,
    Graduated,
    Failed
}

/// @notice What an issuer decides about a model and its raise.
/// @param identity Name, symbol, and hash of the document that describes the deployment.
/// @param metadataUri Where that document can be read; stands in the launch event only.
/// @param usage Hosting tier and price floor.
/// @param minimumRaise What the raise must bring to succeed [FLOCK wei]: from a quarter of the target to the target.
/// @param target The most that the raise can bring, G in the paper [FLOCK wei].
/// @param startPriceWad P0, the first price [WAD, FLOCK per MT].
/// @param saleDuration How long the sale lasts [s]: from 1 to 30 days. 0 stands for 7 days.
/// @param openingMode At which price the pool opens.
struct LaunchTerms {
    ModelIdentity identity;
    string metadataUri;
    ModelTerms usage;
    uint256 minimumRaise;
    uint256 target;
    uint256 startPriceWad;
    uint256 saleDuration;
    OpeningMode openingMode;
}

/// @notice What the issuer is ready to pay in the launch transaction.
/// @param launchFeeMax The largest launch fee that it accepts [FLOCK wei].
/// @param bundleFlock What it pays for its bundle, with the fee [FLOCK wei]; 0 for no bundle.
/// @param bundleMtMin The smallest bundle that it accepts for that [MT wei].
/// @param deadline Last moment at which the launch may be executed [s].
struct LaunchPayment {
    uint256 launchFeeMax;
    uint256 bundleFlock;
    uint256 bundleMtMin;
    uint256 deadline;
}

/// @notice Settings of later launches. A launch copies what its raise depends on. One slot.
/// @param launchFee What a launch costs [FLOCK wei].
/// @param creatorFeeBps The issuer's fee on purchases [bps].
/// @param protocolFeeBps The protocol's fee on purchases [bps].
/// @param antiSnipeStartBps Total fee on purchases in the first moment of a sale [bps].
/// @param antiSnipeWindow In what time it falls to creator and protocol fee [s].
/// @param bundleCapBps The largest part that a bundle may be of what the minimum of its raise would sell [bps].
struct OfferingSettings {
    uint96 launchFee;
    uint16 creatorFeeBps;
    uint16 protocolFeeBps;
    uint16 antiSnipeStartBps;
    uint16 antiSnipeWindow;
    uint16 bundleCapBps;
}

/// @notice What a supporter has bought. One slot.
/// @param mt Tokens that can be claimed after graduation [MT wei].
/// @param flockNet What is refunded if the raise fails [FLOCK wei].
struct Position {
    uint128 mt;
    uint128 flockNet;
}

/// @notice The part of a raise that a purchase writes. One slot. The raise clock stands still while purchases are paused.
/// @param raised What the raise has brought, D in the paper [FLOCK wei].
/// @param gross All that was paid for purchases, with fees [FLOCK wei].
/// @param endsAt End of the sale [s, raise clock]; at this second it is over. When D reaches G, it becomes that moment.
/// @param outcome The outcome of the raise.
/// @param antiSnipeStartBps Total fee on purchases in the first moment of the sale [bps].
/// @param openingMode At which price the pool opens. It is here because every launch writes this slot.
struct Running {
    uint96 raised;
    uint96 gross;
    uint32 endsAt;
    Outcome outcome;
    uint16 antiSnipeStartBps;
    OpeningMode openingMode;
}

/// @notice The part of a raise that a purchase reads. One slot.
/// @param target The most that the raise can bring, G in the paper [FLOCK wei].
/// @param virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
/// @param startAt Beginning of the sale [s, raise clock].
/// @param antiSnipeWindow In what time the fee falls [s].
/// @param creatorFeeBps The issuer's fee [bps].
/// @param protocolFeeBps The protocol's fee [bps].
struct Curve {
    uint96 target;
    uint96 virtualFlock;
    uint32 startAt;
    uint16 antiSnipeWindow;
    uint8 creatorFeeBps;
    uint8 protocolFeeBps;
}

/// @notice The part of a raise that a purchase does not need. Two slots, of which a launch without a bundle writes the first.
/// @param minimumRaise What the raise must bring to succeed [FLOCK wei].
/// @param commitment The first 160 bits of a hash of the model's id, its issuer and all of its launch terms. The address of
/// the token follows from it, and has no more bits either.
/// @param bundleNet What reached the curve for the issuer's bundle, which is the first purchase [FLOCK wei].
struct Terms {
    uint96 minimumRaise;
    bytes20 commitment;
    uint96 bundleNet;
}

/// @notice What was claimed of the fees of a raise. One slot. The fees themselves follow from `Running`.
/// @param creator By the issuer [FLOCK wei].
/// @param protocol By the treasury [FLOCK wei].
struct ClaimedFees {
    uint128 creator;
    uint128 protocol;
}

/// @notice The record of one raise, as it is stored.
/// @param running What a purchase writes.
/// @param curve What a purchase reads.
/// @param terms What a purchase does not need.
/// @param claimedFees What was claimed of its fees.
struct RaiseRecord {
    Running running;
    Curve curve;
    Terms terms;
    ClaimedFees claimedFees;
}
