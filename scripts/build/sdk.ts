import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ErrorFragment } from "ethers";
import type { JsonFragment, JsonFragmentType } from "ethers";
import hre, { config } from "hardhat";
import { format, resolveConfig } from "prettier";

import { SDK_SOURCES } from "./sdkSources.ts";
import { sdkTypes } from "./sdkTypes.ts";
import { knownDeployments } from "./sdkDeployments.ts";

/**
 * Writes sdk/src/abi anew, from the artifacts of the last build: the ABI of each contract as a constant, all errors once,
 * and the types of what the contracts take, answer and emit;
 * and sdk/src/deployments/known.ts, from the records of deployments.
 */
const SDK_ABI_DIR = join(config.paths.root, "sdk", "src", "abi");
const HEADER = "// Written by `npm run build` from the contracts: do not edit.\n";

/** A value's type without what only the compiler knows. */
const plainType = ({ name, type, indexed, components }: JsonFragmentType): JsonFragmentType => ({
  name: name ?? "",
  type: type!, // every type of an artifact has one
  ...(indexed === undefined ? {} : { indexed }),
  ...(components === undefined ? {} : { components: components.map(plainType) }),
});

function plainFragment(fragment: JsonFragment): JsonFragment {
  const { type, name, stateMutability, inputs, outputs, anonymous } = fragment;
  return {
    ...{ type: type!, ...(name === undefined ? {} : { name }) },
    ...(stateMutability === undefined ? {} : { stateMutability }),
    ...(inputs === undefined ? {} : { inputs: inputs.map(plainType) }),
    ...(outputs === undefined ? {} : { outputs: outputs.map(plainType) }),
    ...(anonymous === undefined ? {} : { anonymous }),
  };
}

function abiOf(artifact: string): JsonFragment[] {
  const { abi } = JSON.parse(readFileSync(join(config.paths.artifacts, artifact), "utf8")) as { abi: JsonFragment[] };
  return abi.filter(({ type }) => type !== "constructor").map(plainFragment);
}

/** All errors of all contracts, once each. */
function errorsOf(abis: Record<string, JsonFragment[]>): JsonFragment[] {
  const errors = Object.values(abis).flatMap((abi) => abi.filter(({ type }) => type === "error"));
  const signature = (error: JsonFragment) => ErrorFragment.from(error).format("sighash");
  return [...new Map(errors.map((error) => [signature(error), error])).values()];
}

const constantOf = (name: string, abi: JsonFragment[]) =>
  `export const ${name}Abi = [\n${abi.map((one) => `  ${JSON.stringify(one)},\n`).join("")}] as const;\n`;

const abis = Object.fromEntries(Object.entries(SDK_SOURCES).map(([name, artifact]) => [name, abiOf(artifact)]));
const names = Object.keys(abis);
const files: Record<string, string> = {
  ...Object.fromEntries(names.map((name) => [`${name}.ts`, constantOf(name, abis[name]!)])),
  "errors.ts": constantOf("errors", errorsOf(abis)),
  "types.ts": sdkTypes(abis),
  "index.ts": [...names, "errors"].map((name) => `export { ${name}Abi } from "./${name}.ts";\n`).join(""),
};
for (const file of readdirSync(SDK_ABI_DIR)) rmSync(join(SDK_ABI_DIR, file));
for (const [file, text] of Object.entries(files)) writeFileSync(join(SDK_ABI_DIR, file), `${HEADER}${text}`);

const deployments = (await knownDeployments(hre)).map(
  (deployment) => `  ${deployment.chainId.toString()}: ${JSON.stringify(deployment, null, 2)},\n`,
);
writeFileSync(
  join(config.paths.root, "sdk", "src", "deployments", "known.ts"),
  await format(
    `${HEADER}import type { Deployment } from "./deployment.ts";\n\n/** Where the protocol is, by chain. */\nexport const KNOWN_DEPLOYMENTS: Readonly<Record<number, Deployment>> = {\n${deployments.join("")}};\n`,
    { ...(await resolveConfig(SDK_ABI_DIR)), parser: "typescript" },
  ),
);
