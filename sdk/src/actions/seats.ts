import { lockerAbi } from "../abi/locker.ts";
import { registryAbi } from "../abi/registry.ts";
import { vaultAbi } from "../abi/vault.ts";
import { waterfallAbi } from "../abi/waterfall.ts";
import { addressOf } from "../codec/address.ts";
import { bytesOf } from "../codec/bytes.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { SHARES } from "../names/enums.ts";
import { actsOn } from "./action.ts";
import type { Action } from "./action.ts";

const onRegistry = /* @__PURE__ */ actsOn("registry", registryAbi);
const onWaterfall = /* @__PURE__ */ actsOn("waterfall", waterfallAbi);
const onVault = /* @__PURE__ */ actsOn("vault", vaultAbi);
const onLocker = /* @__PURE__ */ actsOn("locker", lockerAbi);

const seatBytes = (seat: string) => bytesOf(seat, "The seat", 32);

/** Offers a seat of the sender to somebody; the zero address takes an offer back. `seatOf` gives a seat's bytes. */
export const offerSeat = (deployment: Deployment, seat: string, to: string): Action =>
  onRegistry(deployment, "Offer the seat", "offerSeat", [seatBytes(seat), addressOf(to, "The receiver")]);

/** Accepts a seat that was offered to the sender. */
export const acceptSeat = (deployment: Deployment, seat: string): Action =>
  onRegistry(deployment, "Accept the seat", "acceptSeat", [seatBytes(seat)]);

/** Records under which API id a model is served, as the platform. */
export const recordApiId = (deployment: Deployment, modelId: bigint, apiId: string): Action =>
  onRegistry(deployment, "Record the API id", "setApiId", [modelId, apiId]);

/** Takes USDC that settlements have credited to a seat, as its holder [USDC units]. */
export const claimCredit = (deployment: Deployment, seat: string, amount: bigint, to: string): Action =>
  onWaterfall(deployment, "Claim credit", "claim", [seatBytes(seat), amount, addressOf(to, "The receiver")]);

/** Sends what has vested of a share to the holder of its seat, whoever pays for the transaction. */
export const releaseShare = (
  deployment: Deployment,
  modelId: bigint,
  share: Exclude<(typeof SHARES)[number], "incentiveReserve" | "stakingFund">,
): Action => onVault(deployment, "Release", "release", [modelId, SHARES.indexOf(share)]);

/** Sends a model's liquidity tokens to the holder of the treasury's seat once they are unlocked, whoever pays. */
export const releaseLiquidity = (deployment: Deployment, modelId: bigint): Action =>
  onLocker(deployment, "Release", "release", [modelId]);
