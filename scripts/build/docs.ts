import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { GENERATED_FOLDERS, ROOT, generatedFiles } from "./docs/generated.ts";
import { everyExport } from "./docs/reference.ts";

/** Writes anew what is made of schemas and doc comments: docs/documents.md, and reference, index and schemas of the SDK. */
const files = await generatedFiles(everyExport(ROOT));
for (const folder of GENERATED_FOLDERS) rmSync(join(ROOT, folder), { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
