import type { ArtifactManager } from "hardhat/types/artifacts";

import { parametersSchema } from "../../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { chainContractsOf } from "../preflight/chainContracts.ts";
import type { Session } from "../../chain/session.ts";
import { CommandError } from "../../command/commandError.ts";
import { readAccess } from "../../governance/access.ts";
import { settingChanges } from "../../governance/changes.ts";
import { resolvedParameters } from "../newRecord.ts";
import { deploymentOfRecord } from "../../../../sdk/src/deployments/deployment.ts";
import { PROTOCOL_CONTRACTS } from "../recordFormat.ts";
import type { DeploymentRecord } from "../recordFormat.ts";
import { compiled, declarationsIn } from "./artifacts.ts";
import { codeComparisons } from "./code.ts";
import { agrees } from "./comparison.ts";
import type { Check, Comparison } from "./comparison.ts";
import { expectedImmutables, immutableComparisons, tokenCodeHashOf } from "./immutables.ts";
import type { Declaration } from "./immutables.ts";
import { functionComparisons, roleComparisons } from "./roles.ts";
import { settingComparisons } from "./settings.ts";
import { seatComparisons, tierComparisons } from "./tier.ts";
import { wiringComparisons } from "./wiring.ts";

/**
 * The parameters in a record.
 * @throws CommandError if another version has written them, which had other ones.
 */
export function recordedParameters({ parameters }: DeploymentRecord): Parameters {
  const parsed = parametersSchema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const keys = parsed.error.issues.map(({ path, message }) => `\`${path.join(".")}\` ${message}`);
  throw new CommandError(
    `The parameters in the deployment's record are those of another version (${keys.join("; ")}): check out the version that was deployed, or name a file of this version with --parameters.`,
  );
}

/**
 * Reads a deployment back and compares all of it with the parameters: code, immutables, links, settings, the first tier,
 * seats, roles with their delays and functions, and what the deployer has left.
 */
export async function checkDeployment(
  session: Session,
  artifacts: ArtifactManager,
  record: DeploymentRecord,
  file: Parameters,
): Promise<Check> {
  const chain = await chainContractsOf(session.connection.ethers.provider, record.chainContracts);
  const parameters = resolvedParameters({ ...file, chainId: record.chainId }, chain);
  const { comparisons, isOurs } = await compareCode(session, artifacts, record, parameters);
  if (!isOurs) {
    const cutShort =
      "what other code answers means nothing, so that nothing else was compared; if the protocol was deployed from another version of the sources, check that out";
    return { comparisons, cutShort };
  }
  const access = await readAccess(session);
  comparisons.push(
    ...(await wiringComparisons(session)),
    ...settingComparisons(parameters, await settingChanges(session, parameters)),
    ...(await tierComparisons(session, parameters)),
    ...(await seatComparisons(session, parameters)),
    ...roleComparisons(access, parameters, record.deployer),
    ...functionComparisons(session, access),
  );
  return { comparisons, cutShort: undefined };
}

/** Compares code and immutables, and says whether all code is what was compiled here. */
async function compareCode(
  session: Session,
  artifacts: ArtifactManager,
  record: DeploymentRecord,
  parameters: Parameters,
): Promise<{ comparisons: Comparison[]; isOurs: boolean }> {
  const { provider } = session.connection.ethers;
  const { flock, usdc, dexFactory } = parameters;
  const expected = expectedImmutables({
    addresses: { ...deploymentOfRecord(record).addresses, flock, usdc, dexFactory },
    parameters,
    deployer: record.deployer,
    usdcDecimals: session.usdcDecimals,
    tokenCodeHash: tokenCodeHashOf((await artifacts.readArtifact("ModelToken")).bytecode),
  });
  const declarations = new Map<string, Map<string, Declaration>>();
  const codes: Comparison[] = [];
  const immutables: Comparison[] = [];
  for (const contract of PROTOCOL_CONTRACTS) {
    const build = await compiled(artifacts, contract);
    const { address, codeHash } = record.contracts[contract];
    const code = await provider.getCode(address);
    const [asCompiled, asRecorded] = codeComparisons(contract, code, build, codeHash);
    codes.push(asCompiled, asRecorded);
    // In other code the places of immutables hold anything.
    if (!agrees(asCompiled) || Object.keys(build.immutableReferences).length === 0) continue;
    let known = declarations.get(build.buildInfoId);
    if (known === undefined) {
      known = await declarationsIn(artifacts, build.buildInfoId);
      declarations.set(build.buildInfoId, known);
    }
    immutables.push(...immutableComparisons(contract, code, build.immutableReferences, known, expected));
  }
  return { comparisons: [...codes, ...immutables], isOurs: codes.every(agrees) };
}
