import { z } from "zod";

/** A check of a schema that JSON Schema has no words for. */
export interface Refinement {
  /** What a value is refused with. */
  sentence: string;
  /** Which key of an object it names, if it is a check of the whole object. */
  path: readonly PropertyKey[];
}

/** A check of a value, as far as it is looked at here. */
interface Check {
  check: string;
  path?: PropertyKey[];
  pattern?: RegExp;
  error?: (issue: object) => unknown;
}

/** What a schema is made of, as far as it is looked at here. */
interface Definition {
  checks?: { _zod: { def: Check } }[];
  in?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
}

const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as object as Definition;

/** What stands in a schema for the same value: in what is transformed, or may be left out. */
const withinOf = (schema: z.core.$ZodType): z.core.$ZodType | undefined => {
  const { in: input, innerType } = definitionOf(schema);
  return input ?? innerType;
};

/** The checks of a value that JSON Schema cannot say, without those of the values in it. */
export function refinementsOf(schema: z.core.$ZodType): Refinement[] {
  const within = withinOf(schema);
  const checks = (definitionOf(schema).checks ?? []).map(({ _zod: { def } }) => def);
  const flagged = checks.find(({ pattern }) => pattern !== undefined && pattern.flags !== "");
  if (flagged !== undefined) throw new Error(`JSON Schema has no flags, and ${String(flagged.pattern)} has some.`);
  const own = checks
    .filter(({ check }) => check === "custom")
    .map(({ path = [], error }) => ({ path, sentence: sentenceOf(error?.({})) }));
  return within === undefined ? own : [...refinementsOf(within), ...own];
}

function sentenceOf(message: unknown): string {
  if (typeof message !== "string") throw new Error("A refinement has no sentence: nobody could tell what it refuses.");
  return message;
}

/** A schema's own description, or that of what stands in it for the same value. */
export function descriptionOf(schema: z.core.$ZodType): string | undefined {
  const within = withinOf(schema);
  return z.globalRegistry.get(schema)?.description ?? (within === undefined ? undefined : descriptionOf(within));
}
