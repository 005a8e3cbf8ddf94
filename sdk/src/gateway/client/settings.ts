import { addressOf } from "../../codec/address.ts";
import type { Address } from "../../codec/hex.ts";
import { FomoError } from "../../errors/fomoError.ts";
import type { MeterPlace } from "../../signing/domains.ts";
import type { TypedDataSigner } from "../../signing/signer.ts";
import { typedText } from "../../text/plainText.ts";
import { LONGEST_SESSION } from "../session.ts";
import type { TokenPrices } from "../cost.ts";
import type { Fetch, PlainFetch } from "./fetch.ts";
import { memoryOfProcess } from "./memory.ts";
import type { GatewayMemory } from "./memory.ts";

/**
 * What a client signs without proof. What the answers that it got do not bear out, it signs as long as all of it together
 * is at most `lostUsdc` and `lostBps` of the series.
 */
export interface GatewayTolerance {
  /** [USDC units]; 1 USDC if left out. */
  lostUsdc: bigint;
  /** Of the series' payments [bps]; 2% if left out. */
  lostBps: bigint;
  /** How many tokens a hundred bytes of text may be; 100 if left out, since every token has at least a byte. */
  tokensPer100Bytes: number;
  /** Tokens of the prompt that a model's template may add: to each request, to each message, and for each part of a message
   * that is no text; 256, 32 and 4,096 if left out. */
  tokensPerRequest: number;
  tokensPerMessage: number;
  tokensPerPart: number;
  /** Tokens of an answer that are no text, for each choice; 32 if left out. */
  tokensPerChoice: number;
}

/** What a client of a gateway is made of. */
export interface GatewayClientSettings {
  /** The gateway, such as "https://api.example.org"; what comes behind `/v1` is the client's. */
  url: string;
  /** Who pays. */
  user: string;
  /** Who signs vouchers: the user itself if left out, else a key that it has authorised. */
  key?: string | undefined;
  /** Whoever signs for the key. */
  signer: TypedDataSigner;
  /** Where sums and receipts are remembered: in this process if left out. */
  memory?: GatewayMemory | undefined;
  /** What is signed without proof. */
  tolerance?: Partial<GatewayTolerance> | undefined;
  /** The address that signs receipts: that of the first terms if left out. */
  gateway?: string | undefined;
  /** Where the meter is: as the first terms say if left out. A `Deployment` does. */
  deployment?: MeterPlace | undefined;
  /** The highest prices that are paid, by model; those of the gateway's terms when the client begins if left out. */
  maxPrices?: Readonly<Record<string, TokenPrices["list"]>> | undefined;
  /** The least discount that is expected [WAD]; none if left out. */
  minDiscountWad?: bigint | undefined;
  /** How long a session lasts [s]; 6 hours if left out. */
  sessionSeconds?: number | undefined;
  /** How long after the last answer the client settles up by itself [s]; 5 if left out, never if `Infinity`. */
  settleAfterSeconds?: number | undefined;
  /** How often a request is repeated whose answer was lost; 3 times if left out. */
  retries?: number | undefined;
  /** How long it waits before the first repetition, about [ms]; it doubles with each. 300 if left out. */
  retryAfterMs?: number | undefined;
  /** How long the gateway may take for what is no request of the caller [s]; 30 if left out. */
  timeoutSeconds?: number | undefined;
  /** How the gateway is reached: by the platform's `fetch` if left out. */
  fetch?: Fetch | undefined;
  /** Is told what fails in the background, such as settling up by itself; the next request makes up for it. */
  onProblem?: ((error: unknown) => void) | undefined;
}

/** Settings of which nothing is left out. */
export interface Settings {
  url: string;
  user: Address;
  key: Address;
  signer: TypedDataSigner;
  memory: GatewayMemory;
  tolerance: Omit<GatewayTolerance, "lostUsdc"> & { lostUsdc: bigint | undefined };
  gateway: Address | undefined;
  deployment: MeterPlace | undefined;
  maxPrices: Readonly<Record<string, TokenPrices["list"]>>;
  minDiscountWad: bigint;
  sessionSeconds: number;
  settleAfterSeconds: number;
  retries: number;
  retryAfterMs: number;
  timeoutSeconds: number;
  fetch: PlainFetch;
  onProblem: (error: unknown) => void;
}

/**
 * Puts in what is left out.
 * @throws FomoError `badAddress`, `badValue`
 */
export function settingsOf(given: GatewayClientSettings): Settings {
  const user = addressOf(given.user, "The user");
  const { sessionSeconds = 21_600 } = given;
  if (!(sessionSeconds > 0 && BigInt(Math.ceil(sessionSeconds)) <= LONGEST_SESSION)) {
    throw new FomoError("badValue", `A session lasts at most ${LONGEST_SESSION.toString()} seconds: name fewer.`);
  }
  return {
    ...{ url: urlOf(given.url), user, key: given.key === undefined ? user : addressOf(given.key, "The key") },
    ...{ signer: given.signer, memory: given.memory ?? memoryOfProcess() },
    tolerance: {
      ...{ lostUsdc: undefined, lostBps: 200n, tokensPer100Bytes: 100 },
      ...{ tokensPerRequest: 256, tokensPerMessage: 32, tokensPerPart: 4_096, tokensPerChoice: 32 },
      ...given.tolerance,
    },
    gateway: given.gateway === undefined ? undefined : addressOf(given.gateway, "The gateway"),
    ...{ deployment: given.deployment, maxPrices: given.maxPrices ?? {}, minDiscountWad: given.minDiscountWad ?? 0n },
    ...{ sessionSeconds: Math.floor(sessionSeconds), settleAfterSeconds: given.settleAfterSeconds ?? 5 },
    ...{ retries: given.retries ?? 3, retryAfterMs: given.retryAfterMs ?? 300 },
    timeoutSeconds: given.timeoutSeconds ?? 30,
    // Not `given.fetch` itself: a page's `fetch` works only as a function of nothing.
    fetch: (url, init) => (given.fetch ?? fetch)(url, init),
    onProblem: given.onProblem ?? (() => undefined),
  };
}

/** The address of a gateway, without a slash at its end and without `/v1`. */
function urlOf(typed: string): string {
  if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol)) {
    throw new FomoError(
      "badValue",
      `The gateway's url is "${typedText(typed)}": name one such as https://example.org.`,
    );
  }
  const { origin, pathname } = new URL(typed);
  return `${origin}${pathname}`.replace(/\/+$/, "").replace(/\/v1$/, "");
}
