import { z } from "zod";

import { DOCUMENTS, done, refusal, rehearsed, written } from "../../lib/documents/index.ts";

/** What a JSON Schema says about a value, as far as the documents use it. */
interface Schema {
  title?: string;
  type?: string | string[];
  const?: string;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

/** What stands beside a key in another form, and what the two are together. */
const FORMS: Record<string, string> = { Unix: "time", Wei: "amount", Wad: "rate" };

const INTRODUCTION = `# Documents

What each command prints with \`--json\`. \`npm run docs\` writes this file from scripts/lib/documents, and every document that
the tests see is checked against those schemas. Keys are complete: what has no value is \`null\`, and another key is a mistake.
The words are those of [the vocabulary](commands.md#the-vocabulary-of-documents); a time, an amount and a rate stand under two
keys, of which the second is not listed here: \`…Unix\`, \`…Wei\` and \`…Wad\`.
`;

/** What any command may print instead of its own document. */
const COMMON = {
  "any command that refuses": refusal,
  "any command that sends, with --dry-run": rehearsed,
  "any command that an earlier run has done": done,
  "any command with --safe-file": written,
};

/** The list of all documents, as docs/documents.md has it. */
export function documentList(): string {
  const sections = Object.entries({ ...DOCUMENTS, ...COMMON }).map(([name, document]) => {
    const schema = z.toJSONSchema(document) as Schema;
    const kinds = alternatives(schema).map((one) => linesOf(one, "").join("\n"));
    return `## ${name}\n\n\`\`\`text\n${kinds.join("\n\nor\n\n")}\n\`\`\`\n`;
  });
  return [INTRODUCTION, ...sections].join("\n");
}

/** The kinds of value that a schema allows. */
const alternatives = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? [schema];

/** The keys of an object with what stands under them, one a line. */
function linesOf({ properties = {} }: Schema, indent: string): string[] {
  const formOf = (key: string) => Object.keys(FORMS).find((form) => `${key}${form}` in properties);
  const isForm = (key: string) =>
    Object.keys(FORMS).some((form) => key.endsWith(form) && key.slice(0, -form.length) in properties);
  const shown = Object.entries(properties).filter(([key]) => !isForm(key));
  const width = Math.max(...shown.map(([key]) => key.length));
  return shown.flatMap(([key, schema]) => {
    const form = formOf(key);
    // A time beyond the year 9999 has no ISO text: whether there may be none at all, the other form says.
    const [word, within] =
      form === undefined
        ? valueOf(schema)
        : [`${FORMS[form]!}${isOptional(properties[`${key}${form}`]!) ? " | null" : ""}`, []];
    const nested = within.flatMap((one, index) => [
      ...(index === 0 ? [] : [`${indent}  or`]),
      ...linesOf(one, `${indent}  `),
    ]);
    return [`${indent}${key.padEnd(width)}  ${word}`, ...nested];
  });
}

const typesOf = ({ type }: Schema): string[] => [type ?? []].flat();

const isOptional = (schema: Schema) => alternatives(schema).some((one) => typesOf(one).includes("null"));

/** A value in words, and the objects in it whose keys are to be listed. */
function valueOf(schema: Schema): [word: string, within: Schema[]] {
  if (schema.title !== undefined) return [schema.title, []];
  if (schema.type === "array") {
    const [word, within] = valueOf(schema.items!);
    return [`list of ${word}`, within];
  }
  const kinds = schema.anyOf ?? schema.oneOf;
  if (kinds !== undefined) {
    const values = kinds.map(valueOf);
    return [[...new Set(values.map(([word]) => word))].join(" | "), values.flatMap(([, within]) => within)];
  }
  if (schema.properties !== undefined) return ["object", [schema]];
  if (schema.const !== undefined) return [JSON.stringify(schema.const), []];
  if (schema.enum !== undefined) return [schema.enum.map((one) => JSON.stringify(one)).join(" | "), []];
  return [
    typesOf(schema)
      .map((type) => WORDS[type] ?? type)
      .join(" | "),
    [],
  ];
}

const WORDS: Record<string, string> = { integer: "number", string: "text", boolean: "true | false" };
