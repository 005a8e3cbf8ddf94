import { z } from "zod";

import { DEPLOYED_CONTRACTS } from "../../../deploy/config/deployed.ts";
import { parametersSchema } from "../../../deploy/config/parameters.ts";
import { GROUPS } from "../deployment/check/comparison.ts";
import { PROTOCOL_CONTRACTS } from "../deployment/recordFormat.ts";
import { address, amount, count, flock, orNull, seconds, time, usdc } from "./vocabulary.ts";

const contractNames = Object.keys(DEPLOYED_CONTRACTS) as (keyof typeof DEPLOYED_CONTRACTS)[];

/** The protocol's contracts and those of the chain that it uses. */
export const addresses = z.record(z.enum(contractNames), address).meta({ title: "address by contract" });

/** `fomo node`: printed when the chain is ready. */
export const node = z.strictObject({
  url: z.string(),
  chainId: count,
  addresses: z.record(z.enum([...contractNames, "router"]), address).meta({ title: "address by contract" }),
  platform: address,
  accounts: z.array(
    z.strictObject({ index: count, name: z.string(), address, ...flock("balance"), ...usdc("balance") }),
  ),
});

/** `fomo warp` */
export const warp = z.strictObject({ passedSeconds: seconds, ...time("time") });

/** What a deployment was compared in. */
const checked = {
  agrees: z.boolean(),
  counts: z.array(z.strictObject({ group: z.enum(GROUPS), compared: count, differing: count })),
  differences: z.array(
    z.strictObject({
      group: z.enum(GROUPS),
      key: z.string(),
      expected: z.string(),
      actual: z.string(),
      fault: z.boolean(),
    }),
  ),
  cutShort: orNull(z.string()),
};

/** `fomo check` */
export const check = z.strictObject({ network: z.string(), chainId: count, comparedWith: z.string(), ...checked });

/** `fomo verify` */
export const verify = z.strictObject({
  network: z.string(),
  chainId: count,
  contracts: z.array(
    z.strictObject({
      contract: z.enum(PROTOCOL_CONTRACTS),
      address,
      outcome: z.enum(["verified", "already verified", "failed"]),
      reason: orNull(z.string()),
    }),
  ),
});

/** What one transaction of a rehearsed deployment, or all of them, would cost: exact in the chain's coin, and in wei. */
const cost = amount("cost", "");

/** What a dry run of a deployment has played on a fork. */
const rehearsal = z.strictObject({
  coin: z.enum(["ETH", "BNB"]),
  ...amount("feePerGas", ""),
  transactions: z.array(z.strictObject({ what: z.string(), gas: count, ...cost })),
  gas: count,
  ...cost,
  addresses,
});

/** `fomo deploy`; if it was a dry run with a rehearsal, and without a journal, addresses, a record and a check. */
export const deploy = z.strictObject({
  dryRun: z.boolean(),
  network: z.string(),
  chainId: count,
  deployer: address,
  parameters: parametersSchema.meta({ title: "parameter file" }),
  preflight: z.array(z.strictObject({ what: z.string(), note: orNull(z.string()) })),
  deploymentId: orNull(z.string()),
  addresses: orNull(addresses),
  rehearsal: orNull(rehearsal),
  record: orNull(z.string()),
  check: orNull(z.strictObject(checked)),
});

/** `fomo demo`: figures of the paper beside those of the chain. */
export const demo = z.strictObject({
  ok: z.boolean(),
  figures: count,
  differing: count,
  chapters: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      section: z.string(),
      figures: z.array(
        z.strictObject({
          what: z.string(),
          section: z.string(),
          paper: z.string(),
          chain: z.string(),
          unit: z.string(),
          ok: z.boolean(),
        }),
      ),
    }),
  ),
});

/** `fomo bench` */
export const bench = z.strictObject({
  ok: z.boolean(),
  measurements: z.array(
    z.strictObject({
      group: z.string(),
      what: z.string(),
      value: count,
      unit: z.enum(["gas", "bytes"]),
      budget: orNull(count),
      ok: z.boolean(),
    }),
  ),
});
