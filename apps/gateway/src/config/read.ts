import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import JSON5 from "json5";

import { deploymentOf, deploymentOfRecord } from "../../../../sdk/src/deployments/deployment.ts";
import type { Deployment, DeploymentRecord } from "../../../../sdk/src/deployments/deployment.ts";
import { OperatorError } from "./operatorError.ts";
import { configSchema } from "./schema.ts";
import type { Config } from "./schema.ts";

/** Reads a gateway's file. @throws OperatorError */
export function readConfig(path: string): Config {
  const raw = readJson5(path);
  const read = configSchema.safeParse(raw);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path: at, message }) => `\`${at.join(".")}\` ${message}`);
  throw new OperatorError(`The file ${path} cannot be used: ${problems.join("; ")}.`);
}

function readJson5(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new OperatorError(`The file ${path} cannot be read: name the gateway's file.`);
  }
  try {
    return JSON5.parse(text);
  } catch (error) {
    throw new OperatorError(`The file ${path} is no JSON5: ${(error as Error).message}.`);
  }
}

/**
 * Where the protocol is.
 * @param record The file of a deployment's record, as the gateway's file names it.
 * @param configPath Relative paths start where the gateway's file is.
 */
export function deploymentFor(chainId: number, record: string | undefined, configPath: string): Deployment {
  if (record === undefined) return deploymentOf(chainId);
  const deployment = deploymentOfRecord(readJson5(resolve(dirname(configPath), record)) as DeploymentRecord);
  if (deployment.chainId === chainId) return deployment;
  throw new OperatorError(
    `The record ${record} is for chain ${deployment.chainId.toString()}, and the node is of chain ${chainId.toString()}: name the right one.`,
  );
}
