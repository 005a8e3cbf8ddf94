import { accessManagerAbi } from "../abi/accessManager.ts";
import { buybackAbi } from "../abi/buyback.ts";
import { meterAbi } from "../abi/meter.ts";
import { offeringAbi } from "../abi/offering.ts";
import { addressOf } from "../codec/address.ts";
import { bytesOf } from "../codec/bytes.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn } from "./action.ts";
import type { Action } from "./action.ts";

const onAccess = /* @__PURE__ */ actsOn("accessManager", accessManagerAbi);
const onOffering = /* @__PURE__ */ actsOn("offering", offeringAbi);
const onMeter = /* @__PURE__ */ actsOn("meter", meterAbi);
const onBuyback = /* @__PURE__ */ actsOn("buyback", buybackAbi);

/** What the guardian can pause: only what comes in, never an exit. */
export const PAUSABLE = ["launches", "buys", "deposits", "buybacks"] as const;

/** A call that governance makes: what, of which contract. */
export interface GovernedCall {
  target: string;
  data: string;
}

/** A call as the AccessManager takes it. */
const governed = ({ target, data }: GovernedCall) =>
  [addressOf(target, "The target"), bytesOf(data, "The data")] as const;

/**
 * Schedules a call, as its governor.
 * @param when The first moment at which it can be executed [s]; 0 for as soon as the delay allows.
 */
export const schedule = (deployment: Deployment, call: GovernedCall, when = 0n, what = "Schedule"): Action =>
  onAccess(deployment, what, "schedule", [...governed(call), when]);

/** Executes a call that was scheduled, as who scheduled it. */
export const executeScheduled = (deployment: Deployment, call: GovernedCall, what = "Execute"): Action =>
  onAccess(deployment, what, "execute", governed(call));

/** Cancels a call that `caller` has scheduled, as that or as the guardian. */
export const cancelScheduled = (
  deployment: Deployment,
  call: GovernedCall & { caller: string },
  what = "Cancel",
): Action => onAccess(deployment, what, "cancel", [addressOf(call.caller, "The caller"), ...governed(call)]);

/** Pauses what comes in, as the guardian: for 7 days at most, and not again for 30 days after that. */
export function pause(deployment: Deployment, what: (typeof PAUSABLE)[number]): Action {
  const title = `Pause ${what}`;
  switch (what) {
    case "launches":
      return onOffering(deployment, title, "pauseLaunches", []);
    case "buys":
      return onOffering(deployment, title, "pauseBuys", []);
    case "deposits":
      return onMeter(deployment, title, "pauseDeposits", []);
    case "buybacks":
      return onBuyback(deployment, title, "pauseBuybacks", []);
  }
}

/** Lifts a pause, as the guardian. */
export function liftPause(deployment: Deployment, what: (typeof PAUSABLE)[number]): Action {
  const title = `Lift the pause of ${what}`;
  switch (what) {
    case "launches":
      return onOffering(deployment, title, "unpauseLaunches", []);
    case "buys":
      return onOffering(deployment, title, "unpauseBuys", []);
    case "deposits":
      return onMeter(deployment, title, "unpauseDeposits", []);
    case "buybacks":
      return onBuyback(deployment, title, "unpauseBuybacks", []);
  }
}
