import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { documentList } from "./documentList.ts";
import { jsonSchemaOf } from "./jsonSchema.ts";
import { llmsText } from "./llms.ts";
import { referencePages } from "./reference.ts";
import type { Listed } from "./reference.ts";
import { describedDocuments } from "./schemas.ts";

/** The folder of the repository. */
export const ROOT = join(import.meta.dirname, "..", "..", "..");

/** Folders in which nothing stands that `npm run docs` has not written. */
export const GENERATED_FOLDERS = ["docs/sdk", "sdk/schemas"];

/**
 * Everything that `npm run docs` writes, by its path.
 * @param everything What the SDK exports.
 */
export async function generatedFiles(everything: Listed[]): Promise<Map<string, string>> {
  const options = { ...(await resolveConfig(join(ROOT, "package.json"))), parser: "json" };
  const documents = describedDocuments();
  const schemas = documents.map(async ({ schema, ...heading }) => {
    const text = await format(JSON.stringify(jsonSchemaOf(heading, schema)), options);
    return [`sdk/schemas/${heading.name}.schema.json`, text] as const;
  });
  return new Map([
    ["docs/documents.md", documentList()],
    ["sdk/llms.txt", llmsText(everything, documents)],
    ...(await Promise.all(schemas)),
    ...(await referencePages(ROOT, everything)),
  ]);
}
