import { z } from "zod";

import { DEPLOYED_CONTRACTS } from "../../../deploy/config/deployed.ts";
import { parametersSchema } from "../../../deploy/config/parameters.ts";
import { address, count, flock, orNull, seconds, time, usdc } from "./vocabulary.ts";

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

/** `fomo deploy`; without a journal and addresses if it was a dry run. */
export const deploy = z.strictObject({
  dryRun: z.boolean(),
  network: z.string(),
  chainId: count,
  deployer: address,
  parameters: parametersSchema.meta({ title: "parameter file" }),
  deploymentId: orNull(z.string()),
  addresses: orNull(addresses),
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
