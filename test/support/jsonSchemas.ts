import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";

/** The folder of the schemas that the SDK brings along. */
export const SCHEMAS = join(import.meta.dirname, "..", "..", "sdk", "schemas");

/** A validator that is none of ours. What `format` says, patterns say too. */
const ajv = new Ajv2020({ allErrors: true, validateFormats: false });

const validators = new Map<string, ValidateFunction>();

/** A schema of the SDK by its path without the ending, such as `commands/buy`. */
export function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const schema = JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), "utf8")) as object;
  const validator = ajv.compile(schema);
  validators.set(name, validator);
  return validator;
}

/** What is wrong with a value by the schemas that are named, one of which it must have; nothing if that is so. */
export function schemaErrors(names: string[], value: unknown): ErrorObject[] {
  const found = names.map((name) => {
    const validate = validatorOf(name);
    return validate(value) ? [] : [...validate.errors!]; // it has just said no
  });
  return found.find((errors) => errors.length === 0) ?? found.flat();
}
