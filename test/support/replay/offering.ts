import { OUTCOME } from "../scenes.ts";
import { Book, PauseEnd } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** Amounts of the issuer and of the protocol [FLOCK wei]. */
interface Fees {
  creator: bigint;
  protocol: bigint;
}

/** A raise: its record by name in the order of the contract, and what does not stand in it. */
interface Raise {
  token: string;
  record: Record<"running" | "curve" | "terms" | "claimedFees", Record<string, unknown>>;
  /** All fees, claimed or not. */
  fees: Fees;
  claimed: Fees;
  positions: Map<string, [mt: bigint, flockNet: bigint]>;
}

/** Raises, positions, fees, settings and pauses. */
export class OfferingBook extends Book {
  readonly raises = new Map<bigint, Raise>();
  readonly #launchFees = { collected: 0n, claimed: 0n };
  readonly #launchPause = new PauseEnd();
  #settings: unknown;
  #buyPause: [startedAt: bigint, endsAt: bigint, pausedBefore: bigint] = [0n, 0n, 0n];

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "OfferingSettingsChanged":
        this.#settings = event.list("settings");
        break;
      case "LaunchesPaused":
        this.#launchPause.begin(event);
        break;
      case "LaunchesUnpaused":
        this.#launchPause.end(event);
        break;
      case "BuysPaused":
        this.#buyPause = [event.time, event.number("endsAt"), event.number("pausedBefore")];
        break;
      case "BuysUnpaused":
        this.#buyPause[1] = event.time;
        break;
      case "LaunchFeesClaimed":
        this.#launchFees.claimed = event.number("claimed");
        break;
      case "ModelLaunched":
        this.raises.set(event.number("modelId"), launched(event));
        this.#launchFees.collected = event.number("launchFees");
        break;
      default:
        return this.#foldRaise(event, this.raises.get(event.number("modelId"))!);
    }
    return true;
  }

  /** An event of a raise that was launched before. */
  #foldRaise(event: Told, raise: Raise): boolean {
    const { running, terms, claimedFees } = raise.record;
    switch (event.name) {
      case "BundleBought":
        Object.assign(running, { raised: event.number("flockNet"), gross: event.number("flockIn") });
        terms["bundleNet"] = event.number("flockNet");
        raise.fees = { creator: event.number("creatorFees"), protocol: event.number("protocolFees") };
        break;
      case "Bought": {
        Object.assign(running, { raised: event.number("raised"), gross: event.number("gross") });
        raise.fees = { creator: event.number("creatorFees"), protocol: event.number("protocolFees") };
        const [mt, flockNet] = raise.positions.get(event.text("recipient")) ?? [0n, 0n];
        raise.positions.set(event.text("recipient"), [mt + event.number("mtOut"), flockNet + event.number("flockNet")]);
        break;
      }
      case "TargetReached":
        running["endsAt"] = event.number("endsAt");
        break;
      case "RaiseGraduated":
        running["outcome"] = OUTCOME.Graduated;
        break;
      case "RaiseFailed":
        running["outcome"] = OUTCOME.Failed;
        break;
      case "Claimed":
      case "Refunded":
        raise.positions.set(event.text("account"), [0n, 0n]);
        break;
      case "BundleRefunded":
        terms["bundleNet"] = 0n;
        break;
      case "CreatorFeeClaimed":
        claimedFees["creator"] = raise.claimed.creator = event.number("claimed");
        break;
      case "ProtocolFeeClaimed":
        claimedFees["protocol"] = raise.claimed.protocol = event.number("claimed");
        break;
      default:
        return false;
    }
    return true;
  }

  protected override *views({ now, users }: Scope): Iterable<View> {
    const { collected, claimed } = this.#launchFees;
    yield ["offeringSettings", [], this.#settings];
    yield ["buyPause", [], this.#buyPause];
    yield ["buysPausedUntil", [], now < this.#buyPause[1] ? this.#buyPause[1] : 0n];
    yield ["launchesPausedUntil", [], this.#launchPause.until(now)];
    yield ["unclaimedLaunchFees", [], collected - claimed];
    for (const [modelId, raise] of this.raises) {
      const outcome = raise.record.running["outcome"];
      yield ["raiseOf", [modelId], Object.values(raise.record).map((part) => Object.values(part))];
      yield ["outcomeOf", [modelId], outcome];
      yield ["hasGraduated", [modelId], outcome === OUTCOME.Graduated];
      yield ["tokenOf", [modelId], raise.token];
      yield [
        "unclaimedFeesOf",
        [modelId],
        [raise.fees.creator - raise.claimed.creator, raise.fees.protocol - raise.claimed.protocol],
      ];
      for (const user of new Set([...users, ...raise.positions.keys()])) {
        yield ["positionOf", [modelId, user], raise.positions.get(user) ?? [0n, 0n]];
      }
    }
  }
}

/** A raise as its launch leaves it. */
function launched(event: Told): Raise {
  const [of, by] = [event.struct("terms"), event.struct("settings")];
  return {
    token: event.text("token"),
    record: {
      running: {
        raised: 0n,
        gross: 0n,
        endsAt: event.number("endsAt"),
        outcome: OUTCOME.Open,
        antiSnipeStartBps: by["antiSnipeStartBps"],
        openingMode: of["openingMode"],
      },
      curve: {
        target: of["target"],
        virtualFlock: event.number("virtualFlock"),
        startAt: event.number("startsAt"),
        antiSnipeWindow: by["antiSnipeWindow"],
        creatorFeeBps: by["creatorFeeBps"],
        protocolFeeBps: by["protocolFeeBps"],
      },
      terms: { minimumRaise: of["minimumRaise"], commitment: event.text("commitment"), bundleNet: 0n },
      claimedFees: { creator: 0n, protocol: 0n },
    },
    fees: { creator: 0n, protocol: 0n },
    claimed: { creator: 0n, protocol: 0n },
    positions: new Map(),
  };
}
