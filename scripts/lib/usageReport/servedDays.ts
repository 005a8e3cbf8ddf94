import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { getAddress } from "ethers";
import { z } from "zod";

import type { Asked, SettledDay } from "./settledDays.ts";

const lineSchema = z.object({
  ...{ user: z.string(), modelId: z.coerce.bigint(), day: z.string(), requests: z.int() },
  ...{ inputTokens: z.coerce.bigint(), cachedTokens: z.coerce.bigint(), outputTokens: z.coerce.bigint() },
  ...{ units: z.coerce.bigint(), list: z.coerce.bigint(), paid: z.coerce.bigint() },
});

/** What a user used of a model on a day, and what was collected of it that day. */
export interface UsageDay {
  day: string;
  modelId: bigint;
  user: string;
  /** What the gateway has served; undefined without a store, or if it has served nothing. */
  served: Served | undefined;
  /** What the meter has collected, of whatever day it was used. */
  settled: Sums;
}

/** Sums of usage [units, USDC units]. */
export interface Sums {
  units: bigint;
  list: bigint;
  paid: bigint;
}

/** What a gateway has served. */
export interface Served extends Sums {
  requests: number;
  inputTokens: bigint;
  cachedTokens: bigint;
  outputTokens: bigint;
}

/** Puts what was served and what was collected together, by day, model and user. */
export class UsageDays {
  readonly #days = new Map<string, UsageDay>();

  addSettled(settled: readonly SettledDay[]): void {
    for (const { day, modelId, user, units, list, paid } of settled) {
      const one = this.#of(day, modelId, user);
      one.settled = plus(one.settled, { units, list, paid });
    }
  }

  /** Adds what a file says that the gateway's app has written, as far as it is asked for. */
  async addServed(path: string, { modelId, user }: Pick<Asked, "modelId" | "user">): Promise<void> {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const found = lineSchema.parse(JSON.parse(line));
      const who = getAddress(found.user);
      if (modelId !== undefined && found.modelId !== modelId) continue;
      if (user !== undefined && who !== user) continue;
      const one = this.#of(found.day, found.modelId, who);
      const before = one.served ?? { requests: 0, inputTokens: 0n, cachedTokens: 0n, outputTokens: 0n, ...NOTHING };
      one.served = {
        requests: before.requests + found.requests,
        inputTokens: before.inputTokens + found.inputTokens,
        cachedTokens: before.cachedTokens + found.cachedTokens,
        outputTokens: before.outputTokens + found.outputTokens,
        ...plus(before, found),
      };
    }
  }

  /** All of them, by day, then model, then user. */
  list(): UsageDay[] {
    const order = ({ day, modelId, user }: UsageDay) => `${day} ${modelId.toString().padStart(20, "0")} ${user}`;
    return [...this.#days.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }

  #of(day: string, modelId: bigint, user: string): UsageDay {
    const name = `${day} ${modelId.toString()} ${user}`;
    const one = this.#days.get(name) ?? { day, modelId, user, served: undefined, settled: NOTHING };
    this.#days.set(name, one);
    return one;
  }
}

const NOTHING: Sums = { units: 0n, list: 0n, paid: 0n };

const plus = (one: Sums, other: Sums): Sums => ({
  units: one.units + other.units,
  list: one.list + other.list,
  paid: one.paid + other.paid,
});
