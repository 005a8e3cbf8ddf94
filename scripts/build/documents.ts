import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { documentList } from "./documentList.ts";

/** Writes docs/documents.md anew. */
writeFileSync(join(import.meta.dirname, "..", "..", "docs", "documents.md"), documentList());
