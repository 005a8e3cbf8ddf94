import { globSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";

import { expect } from "chai";

/** The project's folder with the contracts. */
const CONTRACTS = join(import.meta.dirname, "..", "..", "contracts");

/** Which domains each domain of the contracts imports. */
function importsByDomain(): Map<string, Set<string>> {
  const imports = new Map<string, Set<string>>();
  for (const file of globSync("**/*.sol", { cwd: CONTRACTS })) {
    const domain = file.split("/")[0]!;
    const known = imports.get(domain) ?? new Set();
    imports.set(domain, known);
    for (const [, path] of readFileSync(join(CONTRACTS, file), "utf8").matchAll(
      /^(?:import .*|\}) from "(\.[^"]+)"/gm,
    )) {
      const other = normalize(join(file, "..", path!)).split("/")[0]!;
      if (other !== domain) known.add(other);
    }
  }
  return imports;
}

/** A way from a domain back to itself, or undefined. */
function cycleFrom(start: string, imports: Map<string, Set<string>>): string[] | undefined {
  const visit = (domain: string, path: string[]): string[] | undefined => {
    for (const next of imports.get(domain) ?? []) {
      if (next === start) return [...path, next];
      if (path.includes(next)) continue;
      const found = visit(next, [...path, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(start, [start]);
}

describe("The folders of the contracts", () => {
  const imports = importsByDomain();

  it("are found with their imports", () => {
    expect([...imports.keys()]).to.include.members(["offering", "registry", "shared"]);
    expect([...imports.get("offering")!]).to.include.members(["graduation", "registry", "shared"]);
  });

  for (const domain of imports.keys()) {
    it(`do not lead from ${domain} back to ${domain}`, () => {
      expect(cycleFrom(domain, imports)).to.equal(undefined);
    });
  }

  it("leave `shared` at the bottom and `lens` at the top", () => {
    expect([...imports.get("shared")!]).to.deep.equal([]);
    expect([...imports].filter(([, all]) => all.has("lens")).map(([domain]) => domain)).to.deep.equal([]);
  });
});
