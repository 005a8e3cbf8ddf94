import { z } from "zod";

import { descriptionOf, refinementsOf } from "./refinements.ts";

/** What a schema says about a document as a whole. */
export interface Heading {
  /** The path of its file in sdk/schemas, without the ending. */
  name: string;
  title: string;
  description: string;
}

type Json = Record<string, unknown>;

/**
 * A schema as JSON Schema, draft 2020-12. What has a title is a word that documents share, and stands once in `$defs`. What
 * JSON Schema cannot say stands in descriptions, in the words with which a value is refused.
 */
export function jsonSchemaOf({ name, title, description }: Heading, schema: z.ZodType): Json {
  const {
    $schema,
    description: also,
    ...json
  } = z.toJSONSchema(schema, { io: "input", override: sayRefinements }) as Json;
  delete json.title; // of the word that this document is in others
  const words: Json = {};
  const body = Object.entries(json).map(([key, value]) => [key, withoutWords(value, words)] as const);
  return {
    $schema,
    $id: `urn:fomo-sdk:schemas:${name.replace("/", ":")}`,
    title,
    description: typeof also === "string" ? `${description} ${also}` : description,
    ...Object.fromEntries(body),
    ...(Object.keys(words).length === 0 ? {} : { $defs: words }),
  };
}

/** Describes a value, with every check of it that the schema does not contain. */
function sayRefinements({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Json }): void {
  const refused = refinementsOf(zodSchema).map(({ path, sentence }) =>
    path.length === 0 ? `"${sentence}"` : `"\`${path.join(".")}\` ${sentence}"`,
  );
  const description = [
    descriptionOf(zodSchema),
    ...(refused.length === 0 ? [] : [`Also refused with ${refused.join(" and with ")}.`]),
  ].filter((text) => text !== undefined);
  if (description.length !== 0) jsonSchema.description = description.join(" ");
}

/** A part of a schema, in which every word is a reference; the words are collected. */
function withoutWords(value: unknown, words: Json): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutWords(one, words));
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutWords(part, words)]));
  if (typeof parts.title !== "string") return parts;
  const { description, ...word } = parts;
  const name = nameOfWord(parts.title);
  if (JSON.stringify((words[name] ??= word)) !== JSON.stringify(word)) {
    throw new Error(`Two schemas have the title "${parts.title}".`);
  }
  return { $ref: `#/$defs/${name}`, ...(description === undefined ? {} : { description }) };
}

/** `decimalNumberAsText` for "decimal number as text"; what stands behind a comma or in brackets is left out. */
const nameOfWord = (title: string): string =>
  title
    .split(/[,[(]/)[0]!
    .trim()
    .toLowerCase()
    .replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
