import { expect } from "chai";

import { documentationOf, nodesOf, readRuns } from "./ast.ts";
import type { Node, Run } from "./ast.ts";

/** The error of OpenZeppelin's that every restricted function has; its other errors are not listed one by one. */
const UNAUTHORIZED = "AccessManagedUnauthorized";

/** The members of a contract of one kind. */
const membersOf = (contract: Node, nodeType: string) =>
  (contract.nodes as Node[]).filter((node) => node.nodeType === nodeType);

/** The text after a tag, up to the next tag; undefined if the tag is missing. */
function tagOf(documentation: string, tag: string): string | undefined {
  return new RegExp(`@${tag}\\b([^@]*)`).exec(documentation)?.[1]?.replaceAll(/\s+/g, " ").trim();
}

/** The names of the parameters or of the values that a function returns. */
const namesOf = (list: unknown) => (list as { parameters: Node[] }).parameters.map(({ name }) => name ?? "");

/** What is missing in the documentation of a function of an interface. */
function gapsOf(fn: Node): string[] {
  const text = documentationOf(fn);
  const gaps = ["notice", "custom:errors", "custom:paper"].filter((tag) => !tagOf(text, tag));
  for (const name of namesOf(fn.parameters)) if (!tagOf(text, `param ${name}`)) gaps.push(`param ${name}`);
  const returned = namesOf(fn.returnParameters);
  if ((text.match(/@return\b/g) ?? []).length !== returned.length) gaps.push("return");
  const paper = tagOf(text, "custom:paper") ?? "";
  if (!/^(silent, decision \d+|\d+(\.\d+)*(, \d+(\.\d+)*)*)$/.test(paper)) gaps.push(`section "${paper}"`);
  return gaps;
}

/** The names of the project's errors that a function can revert with by itself, whatever it calls inside. */
function errorsOf(fn: Node, contract: Node, { nodes }: Run, visited = new Set<number>()): Set<string> {
  const errors = new Set<string>();
  if (visited.has(fn.id)) return errors;
  visited.add(fn.id);
  for (const { referencedDeclaration } of nodesOf([fn.body, fn.modifiers])) {
    const called = nodes.get(referencedDeclaration as number);
    if (called?.nodeType === "ErrorDefinition" && /_/.test(called.name!)) errors.add(called.name!);
    if (called?.nodeType === "ModifierDefinition" && called.name === "restricted") errors.add(UNAUTHORIZED);
    if (called?.nodeType !== "FunctionDefinition") continue;
    for (const implementation of [called, ...overridesOf(called, contract, nodes)]) {
      for (const error of errorsOf(implementation, contract, { nodes, contracts: [], types: [] }, visited))
        errors.add(error);
    }
  }
  return errors;
}

/** What runs in a contract instead of a function that it inherits. */
function overridesOf(fn: Node, contract: Node, nodes: Map<number, Node>): Node[] {
  return (contract.linearizedBaseContracts as number[])
    .flatMap((id) => membersOf(nodes.get(id)!, "FunctionDefinition"))
    .filter(({ baseFunctions }) => (baseFunctions as number[] | undefined)?.includes(fn.id));
}

/** What is missing in the documentation of anything but a function. */
function gapsOfOther(node: Node): string[] {
  const text = documentationOf(node);
  const gaps = tagOf(text, "notice") ? [] : ["notice"];
  if (node.nodeType !== "StructDefinition" && node.nodeType !== "EnumDefinition") return gaps;
  const members = (node.members as Node[]).map(({ name }) => name!);
  return [...gaps, ...members.filter((name) => !tagOf(text, `param ${name}`)).map((name) => `param ${name}`)];
}

const runs = readRuns();
const interfaces = runs.flatMap(({ contracts }) => contracts.filter(({ node }) => node.contractKind === "interface"));

describe("NatSpec", () => {
  it("is found", () => {
    expect(interfaces.length).to.be.greaterThan(20);
  });

  for (const { file, node } of interfaces) {
    const functions = membersOf(node, "FunctionDefinition");
    if (functions.length === 0) continue;
    it(`of every function in ${file} has parameters, returned values, errors and the section of the paper`, () => {
      const gaps = functions.map((fn) => [fn.name, gapsOf(fn)] as const).filter(([, missing]) => missing.length !== 0);
      expect(gaps).to.deep.equal([]);
    });
  }

  for (const [kind, nodeType, min] of [
    ["event", "EventDefinition", 40],
    ["error", "ErrorDefinition", 60],
  ] as const) {
    it(`of every ${kind} of the project says what it means`, () => {
      const all = runs.flatMap(({ contracts }) => contracts.flatMap(({ node }) => membersOf(node, nodeType)));
      expect(all.length).to.be.greaterThan(min);
      expect(all.filter((node) => gapsOfOther(node).length !== 0).map(({ name }) => name)).to.deep.equal([]);
    });
  }

  it("of every struct and enum that is in no contract documents each member", () => {
    const types = runs.flatMap((run) => run.types);
    expect(types.length).to.be.greaterThan(40);
    const gaps = types.map((node) => [node.name, gapsOfOther(node)] as const);
    expect(gaps.filter(([, missing]) => missing.length !== 0)).to.deep.equal([]);
  });

  it("of every constant or link that can be read from outside says what it is", () => {
    const variables = runs
      .flatMap(({ contracts }) => contracts.flatMap(({ node }) => membersOf(node, "VariableDeclaration")))
      .filter(({ visibility }) => visibility === "public");
    expect(variables.length).to.be.greaterThan(40);
    const silent = variables.filter((node) => !/@notice|@inheritdoc/.test(documentationOf(node)));
    expect(silent.map(({ name }) => name)).to.deep.equal([]);
  });

  for (const run of runs) {
    for (const { file, node } of run.contracts) {
      if (node.contractKind !== "contract" || node.abstract === true) continue;
      const bases = (node.linearizedBaseContracts as number[]).map((id) => run.nodes.get(id)!);
      const external = bases
        .flatMap((base) => membersOf(base, "FunctionDefinition"))
        .filter(({ visibility, body }) => (visibility === "external" || visibility === "public") && body !== null);
      const declared = external.flatMap((fn) => {
        const base = ((fn.baseFunctions as number[] | undefined) ?? [])
          .map((id) => run.nodes.get(id)!)
          .find((one) => tagOf(documentationOf(one), "custom:errors") !== undefined);
        return base === undefined ? [] : [{ fn, base }];
      });
      if (declared.length === 0) continue;

      it(`of every function of ${file} names each error that it reverts with by itself`, () => {
        const missing = declared.flatMap(({ fn, base }) => {
          const named = new Set(tagOf(documentationOf(base), "custom:errors")!.match(/\w+/g));
          return [...errorsOf(fn, node, run)].filter((error) => !named.has(error)).map((error) => [fn.name, error]);
        });
        expect(missing).to.deep.equal([]);
      });
    }
  }

  it("names only errors that exist", () => {
    const known = new Set<string>([UNAUTHORIZED]);
    for (const { nodes } of runs) {
      for (const node of nodes.values()) if (node.nodeType === "ErrorDefinition") known.add(node.name!);
    }
    const unknown = interfaces
      .flatMap(({ node }) => membersOf(node, "FunctionDefinition"))
      .flatMap((fn) => (tagOf(documentationOf(fn), "custom:errors") ?? "").match(/\b[A-Z]\w+_\w+\b/g) ?? [])
      .filter((name) => !known.has(name));
    expect(unknown).to.deep.equal([]);
  });
});
