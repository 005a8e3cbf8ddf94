import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import type { Artifact } from "@nomicfoundation/ignition-core";
import { Fragment } from "ethers";
import type { JsonFragment } from "ethers";

/**
 * Compiled contracts for Ignition, each of which is read and whose ABI is parsed once. Ignition would parse it anew for every
 * future that it validates, which takes most of the time of a deployment.
 */
export class ParsedArtifacts extends HardhatArtifactResolver {
  readonly #read = new Map<string, Promise<Artifact>>();

  override loadArtifact(name: string): Promise<Artifact> {
    const known = this.#read.get(name) ?? super.loadArtifact(name).then(parsed);
    this.#read.set(name, known);
    return known;
  }
}

/** The same artifact with an ABI that ethers need not parse again; written down, it is as it was compiled. */
function parsed(artifact: Artifact): Artifact {
  const abi = artifact.abi.map((item) => Fragment.from(item as JsonFragment));
  Object.defineProperty(abi, "toJSON", { value: () => artifact.abi });
  return { ...artifact, abi };
}
