import { readFileSync, writeFileSync } from "node:fs";

import type { NetworkManager } from "hardhat/types/network";

import type { Measurement } from "./measurement.ts";
import { runBench } from "./run.ts";

/** What the bench measured last, as it is committed: a change of gas or size shows in the change of this file. */
const SNAPSHOT = "test/bench/snapshot.json";

/** Large enough to show that its size costs nothing; `npm run bench` has 1,000 models and 10,000 people. */
const SMALL_CROWD = { offerings: 30, supporters: 300 };

/** When the chain begins: gas depends on the bytes of times, and every run has to measure the same. */
const GENESIS = "2026-01-01T00:00:00Z";

/** Heading, row and value [gas or bytes] of everything that is measured. */
export type Snapshot = Record<string, Record<string, number>>;

/** Measures what the snapshot holds, on a chain of its own. */
export async function measureForSnapshot(network: NetworkManager): Promise<Measurement[]> {
  const connection = await network.create({ override: { initialDate: GENESIS } });
  return await runBench(connection, SMALL_CROWD, () => undefined);
}

/** Sorts what was measured under its headings. */
export function snapshotOf(measurements: readonly Measurement[]): Snapshot {
  const snapshot: Snapshot = {};
  for (const { group, what, value } of measurements) (snapshot[group] ??= {})[what] = Number(value);
  return snapshot;
}

/** The snapshot that is committed. */
export function readSnapshot(): Snapshot {
  return JSON.parse(readFileSync(SNAPSHOT, "utf8")) as Snapshot;
}

/** Replaces the snapshot, to be committed with the change that made it differ. */
export function writeSnapshot(snapshot: Snapshot): void {
  writeFileSync(SNAPSHOT, `${JSON.stringify(snapshot, null, 2)}\n`);
}
