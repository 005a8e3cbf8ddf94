import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { config } from "hardhat";

/** A node of the compiler's syntax tree, as far as these tests look at it. */
export interface Node {
  id: number;
  nodeType: string;
  name?: string;
  documentation?: { text: string } | string | null;
  [key: string]: unknown;
}

/** The syntax trees of one run of the compiler; ids are unique within it. */
export interface Run {
  nodes: Map<number, Node>;
  /** The contracts, interfaces and libraries of the project, with the file of each. */
  contracts: { file: string; node: Node }[];
  /** The structs and enums of the project that are in no contract, of every file that this run read. */
  types: Node[];
}

/** Every object below `value` that is a node of the tree, `value` included. */
export function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if ("nodeType" in value && "id" in value) yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** The files of each run of the compiler that the artifacts of the contracts come from. */
function filesOfRuns(): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const artifact of globSync("contracts/**/*.json", { cwd: config.paths.artifacts })) {
    const { sourceName, buildInfoId } = JSON.parse(readFileSync(join(config.paths.artifacts, artifact), "utf8")) as {
      sourceName: string;
      buildInfoId: string;
    };
    files.set(buildInfoId, (files.get(buildInfoId) ?? new Set()).add(sourceName));
  }
  return files;
}

/** The syntax trees of the contracts as they were compiled last; each file is in one run. */
export function readRuns(): Run[] {
  const folder = join(config.paths.artifacts, "build-info");
  return [...filesOfRuns()].map(([id, files]) => {
    const { userSourceNameMap } = JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as {
      userSourceNameMap: Record<string, string>;
    };
    const { output } = JSON.parse(readFileSync(join(folder, `${id}.output.json`), "utf8")) as {
      output: { sources: Record<string, { ast: Node }> };
    };
    const nodes = new Map([...nodesOf(output.sources)].map((node) => [node.id, node]));
    const roots = [...files].sort().map((file) => ({ file, root: output.sources[userSourceNameMap[file]!]!.ast }));
    const contracts = roots.flatMap(({ file, root }) =>
      [...nodesOf(root)].filter(({ nodeType }) => nodeType === "ContractDefinition").map((node) => ({ file, node })),
    );
    return { nodes, contracts, types: typesOf(output.sources) };
  });
}

/** The structs and enums of the project that are in no contract. */
function typesOf(sources: Record<string, { ast: Node }>): Node[] {
  const files = Object.entries(sources).filter(([source]) => source.startsWith("project/contracts/"));
  return files
    .flatMap(([, { ast }]) => ast.nodes as Node[])
    .filter(({ nodeType }) => nodeType === "StructDefinition" || nodeType === "EnumDefinition");
}

/** The documentation of a node; empty if it has none. */
export function documentationOf({ documentation }: Node): string {
  return typeof documentation === "string" ? documentation : (documentation?.text ?? "");
}
