import { Book, PauseEnd, idOf } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** FLOCK of models, buckets, observations, route, settings and pause. */
export class BuybackBook extends Book {
  readonly #flock = new Map<bigint, bigint>();
  readonly #burned = new Map<bigint, bigint>();
  /** By pair and whether the input is its first token: level and time. */
  readonly #buckets = new Map<string, [level: bigint, at: bigint]>();
  /** By pair and input token: time of the newer and of the older observation, noted reserve. */
  readonly #observations = new Map<string, [newerAt: bigint, olderAt: bigint, notedReserve: bigint]>();
  readonly #pause = new PauseEnd();
  #route: unknown[] = [];
  #settings: unknown;
  #modelMinReserve = 0n;

  /** MT of a model that was bought and burned [MT wei]. */
  burnedOf(modelId: bigint): bigint {
    return this.#burned.get(modelId) ?? 0n;
  }

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "FlockBought":
        this.#flock.set(event.number("modelId"), event.number("flockKept"));
        break;
      case "MtBurned":
        this.#flock.set(event.number("modelId"), event.number("flockLeft"));
        this.#burned.set(event.number("modelId"), this.burnedOf(event.number("modelId")) + event.number("mtOut"));
        break;
      case "BucketFilled":
        this.#buckets.set(idOf(event.text("pair"), event.flag("inIsFirst")), [event.number("level"), event.time]);
        break;
      case "Poked":
        this.#observations.set(idOf(event.text("pair"), event.text("tokenIn")), [
          event.number("newerAt"),
          event.number("olderAt"),
          event.number("notedReserve"),
        ]);
        break;
      case "RouteChanged":
        this.#route = event.list("route");
        break;
      case "BuybackSettingsChanged":
        this.#settings = event.list("settings");
        this.#modelMinReserve = event.struct("settings")["modelMinReserve"]!;
        break;
      case "BuybacksPaused":
        this.#pause.begin(event);
        break;
      case "BuybacksUnpaused":
        this.#pause.end(event);
        break;
      default:
        return false;
    }
    return true;
  }

  protected override *views({ now, modelIds, books }: Scope): Iterable<View> {
    yield ["buybackSettings", [], this.#settings];
    yield ["modelMinReserve", [], this.#modelMinReserve];
    yield ["routePairs", [], this.#route];
    yield ["buybacksPausedUntil", [], this.#pause.until(now)];
    for (const modelId of [0n, ...modelIds]) yield ["flockOf", [modelId], this.#flock.get(modelId) ?? 0n];
    for (const [pair, tokens] of books.pairs.tokens) {
      for (const [index, token] of tokens.entries()) {
        yield ["observationOf", [pair, token], this.#observations.get(idOf(pair, token)) ?? [0n, 0n, 0n]];
        yield ["bucketOf", [pair, token], this.#buckets.get(idOf(pair, index === 0)) ?? [0n, 0n]];
      }
    }
  }
}

/** The pairs of the DEX, by its own events: which token of a pair is its first, no event of the buyback says. */
export class PairBook extends Book {
  readonly tokens = new Map<string, [first: string, second: string]>();

  protected override fold(event: Told): boolean {
    if (event.name !== "PairCreated") return false;
    this.tokens.set(event.text("pair"), [event.text("token0"), event.text("token1")]);
    return true;
  }

  protected override *views(): Iterable<View> {
    // It is no contract of the protocol.
  }
}
