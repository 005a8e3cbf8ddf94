import type { Hex } from "../../codec/hex.ts";
import type { ReceiptEntry, UsageSums } from "../receipt.ts";

/** Whose memory it is. */
export interface MemoryPlace {
  /** The gateway's address on the web. */
  url: string;
  user: string;
  key: string;
}

/** Where a client remembers what it has signed and what it has asked for. */
export interface GatewayMemory {
  /**
   * Opens what is remembered of a place. Nobody else may have it open.
   * @throws FomoError `inUse` if somebody else has.
   */
  open(place: MemoryPlace): Promise<OpenMemory>;
}

/** A memory that one client has open. */
export interface OpenMemory {
  /** What is remembered, in its order. */
  readonly entries: readonly MemoryEntry[];
  /** Remembers one thing more. Once it has returned, the end of the process does not lose it. */
  append(entry: MemoryEntry): Promise<void>;
  /** Remembers these instead of all before them, which they sum up. */
  replace(entries: readonly MemoryEntry[]): Promise<void>;
  close(): Promise<void>;
}

/** How many tokens an answer says that it has taken. */
export interface AnswerUsage {
  /** Tokens of the prompt, those in the cache among them. */
  prompt: number;
  /** Undefined if it does not say. */
  cached?: number | undefined;
  output: number;
}

/** What the client knows of a request that it sends. */
export interface Asked {
  modelId: number;
  /** The request's id. */
  id: Hex;
  requestHash: Hex;
  /** The most tokens that its prompt can be. */
  mostInput: number;
  /** When it is first sent [s]. */
  askedAt: number;
}

/** What the client knows of an answer that it got. */
export interface Answered {
  /** SHA-256 of the answer up to its receipt; null if it did not get all of it. */
  answerHash: Hex | null;
  /** The most tokens that its text can be. */
  mostOutput: number;
  /** What it says of itself; null if nothing. */
  usage: AnswerUsage | null;
}

/** What is remembered, one thing at a time; all of it is JSON. */
export type MemoryEntry =
  /** Which gateway it is, and for which meter it signs. */
  | { kind: "gateway"; gateway: string; chainId: number; meter: string; usdcDecimals: number }
  /** What a model costs [USDC units a million tokens, bps, USDC units a million units]. */
  | { kind: "prices"; model: string; modelId: number; list: Prices; weightBps: Weights; minimumPrice: string }
  /** A request that is about to be sent. */
  | ({ kind: "asked" } & Asked)
  /** What came back. */
  | ({ kind: "answered"; modelId: number; id: Hex } & Answered)
  /** A request that the gateway did not serve. */
  | { kind: "refused"; modelId: number; id: Hex }
  /** A receipt that is borne out, but for so much [USDC units]: its sums are to be signed. */
  | { kind: "receipt"; receipt: ReceiptEntry; unproven: string }
  /** Where a series stands, in place of its receipts. */
  | { kind: "head"; modelId: number; number: number; digest: Hex; sums: UsageSums; unproven: string }
  /** Sums that are signed, before anybody else sees the signature. */
  | { kind: "signed"; modelId: number; sums: UsageSums; r: Hex; vs: Hex }
  /** Why nothing more is signed for a model. */
  | { kind: "stopped"; modelId: number; sentence: string }
  /** The user has said that it goes on. */
  | { kind: "forgiven"; modelId: number };

/** Decimal text by kind of token. */
export type Prices = Record<"input" | "cached" | "output", string>;
/** [bps] by kind of token. */
export type Weights = Record<"input" | "cached" | "output", number>;

/** A memory that ends with the process. A client that is made anew with the same one goes on where the last has stopped. */
export function memoryOfProcess(): GatewayMemory {
  const places = new Map<string, MemoryEntry[]>();
  return {
    open: ({ url, user, key }) => {
      const name = [url, user, key].join(" ");
      let entries = places.get(name) ?? [];
      places.set(name, entries);
      return Promise.resolve({
        entries,
        append: (entry) => {
          entries.push(entry);
          return Promise.resolve();
        },
        replace: (others) => {
          entries = [...others];
          places.set(name, entries);
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      });
    },
  };
}
