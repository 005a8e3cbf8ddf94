import { readFileSync } from "node:fs";

import type { ArtifactManager } from "hardhat/types/artifacts";

import { solidityName } from "../recordFormat.ts";
import type { ProtocolContract } from "../recordFormat.ts";
import type { CompiledContract } from "./code.ts";
import type { Declaration } from "./immutables.ts";

/** A contract as it was compiled here, and the state-changing functions that it has. */
export interface Compiled extends CompiledContract {
  /** The run of the compiler that it comes from. */
  buildInfoId: string;
  /** Its interface, as JSON. */
  abi: readonly unknown[];
}

/** Reads how a contract was compiled. */
export async function compiled(artifacts: ArtifactManager, contract: ProtocolContract): Promise<Compiled> {
  const { deployedBytecode, immutableReferences, buildInfoId, abi } = await artifacts.readArtifact(
    solidityName(contract),
  );
  return { deployedBytecode, immutableReferences: immutableReferences ?? {}, buildInfoId: buildInfoId!, abi };
}

/** The immutables that a run of the compiler has seen, by the numbers of their declarations. */
export async function declarationsIn(
  artifacts: ArtifactManager,
  buildInfoId: string,
): Promise<Map<string, Declaration>> {
  const path = await artifacts.getBuildInfoOutputPath(buildInfoId);
  if (path === undefined) throw new Error(`The compiler's output ${buildInfoId} is missing`);
  const { output } = JSON.parse(readFileSync(path, "utf8")) as { output: { sources: unknown } };
  const found = new Map<string, Declaration>();
  collect(output.sources, found);
  return found;
}

/** A declaration of a variable in the compiler's syntax tree. */
interface Variable {
  id: number;
  name: string;
  mutability: string;
  typeDescriptions: { typeString: string };
}

function collect(node: unknown, found: Map<string, Declaration>): void {
  if (typeof node !== "object" || node === null) return;
  if ("mutability" in node && node.mutability === "immutable") {
    const { id, name, typeDescriptions } = node as Variable;
    found.set(id.toString(), { name, type: typeDescriptions.typeString });
  }
  for (const child of Object.values(node)) collect(child, found);
}
