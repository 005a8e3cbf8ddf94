import { parseUnits } from "ethers";
import { z } from "zod";

import { buybackEvent } from "../../scripts/lib/documents/buyback.ts";
import { keeperEvent } from "../../scripts/lib/documents/keeper.ts";
import { DOCUMENTS, done, refusal, rehearsed, written } from "../../scripts/lib/documents/index.ts";
import type { CommandName } from "../../scripts/lib/documents/index.ts";
import { schemaErrors } from "./jsonSchemas.ts";
import type { Finished } from "./process.ts";

/** Decimals that USDC has on the networks; all other tokens and WAD have 18. */
const USDC_DECIMALS = [6, 18];

/**
 * Checks the document that `hardhat` has printed with `--json`: against the schema of the command or of refusals, and the
 * JSON Schema that is made of it; and that what it says twice is the same. Without `--json`, or if Hardhat itself has refused the options, there is none.
 * @param args What was typed after `hardhat`.
 */
export function checkDocument(args: string[], { code, stdout }: Pick<Finished, "code" | "stdout">): void {
  const [first, name] = args;
  if (first !== "fomo" || !args.includes("--json") || stdout === "") return;
  const goesOn = !args.includes("--once") && !args.includes("--dry-run");
  const event =
    goesOn && name === "keeper" ? keeperEvent : goesOn && args.includes("--watch") ? buybackEvent : undefined;
  if (event !== undefined) {
    // What is refused before the first event is one document, as everywhere.
    for (const line of stdout.startsWith("{\n") ? [stdout] : stdout.trimEnd().split("\n")) {
      z.union([event, refusal]).parse(JSON.parse(line));
      requireValid(args, [`${name!}Event`, "refusal"], JSON.parse(line));
    }
    return;
  }
  const document: unknown = JSON.parse(stdout);
  const [names, schema] = schemaOf(document as Record<string, unknown>, name as CommandName);
  if (schema === refusal && code !== 1) throw new Error(`${args.join(" ")} refuses with the code ${String(code)}`);
  const found = schema.safeParse(document);
  if (!found.success) {
    throw new Error(`The document of ${args.join(" ")} is none of its schema: ${found.error.message}\n${stdout}`);
  }
  requireValid(args, names, document);
  const wrong = disagreements(document);
  if (wrong.length !== 0)
    throw new Error(`The document of ${args.join(" ")} disagrees with itself: ${wrong.join(", ")}`);
}

/** Checks a document against the JSON Schemas that the SDK brings along, one of which it must have. */
function requireValid(args: string[], names: string[], document: unknown): void {
  const errors = schemaErrors(
    names.map((name) => `commands/${name}`),
    document,
  );
  if (errors.length !== 0) {
    throw new Error(`The document of ${args.join(" ")} is none of its JSON Schema: ${JSON.stringify(errors)}`);
  }
}

/** The schemas of a document, with the names of their JSON Schemas: its command's, or what any may say instead. */
function schemaOf(document: Record<string, unknown>, name: CommandName): [names: string[], schema: z.ZodType] {
  if ("error" in document) return [["refusal"], refusal];
  if ("doneBefore" in document) return [["doneBefore"], done];
  if ("safeFile" in document) return [["safeFile"], written];
  return document.dryRun === true
    ? [["dryRun", name], z.union([rehearsed, DOCUMENTS[name]])]
    : [[name], DOCUMENTS[name]];
}

/** The keys of a document whose two forms do not say the same: ISO and Unix time, decimals and smallest units. */
export function disagreements(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const beside = (key: string) => (value as Record<string, unknown>)[key];
  return entries.flatMap(([key, one]) => {
    const where = `${path}.${key}`;
    const agrees =
      isSameTime(one, beside(`${key}Unix`)) &&
      isSameAmount(one, beside(`${key}Wei`), key.includes("Usdc") ? USDC_DECIMALS : [18]) &&
      isSameAmount(one, beside(`${key}Wad`), [18]);
    return agrees ? disagreements(one, where) : [where];
  });
}

function isSameTime(iso: unknown, unix: unknown): boolean {
  if (unix === undefined) return true;
  if (iso === null || unix === null) return unix === null || BigInt(unix as number) > 253_402_300_799n;
  return Date.parse(iso as string) === Number(unix) * 1_000;
}

function isSameAmount(decimal: unknown, units: unknown, decimals: number[]): boolean {
  if (units === undefined) return true;
  if (decimal === null || units === null) return decimal === units;
  const digits = (decimal as string).split(".")[1]?.length ?? 0;
  return decimals.some((one) => digits <= one && parseUnits(decimal as string, one) === BigInt(units as string));
}
