import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const JOURNALS = "deploy/deployments";
const RECORDS = "deploy/records/local";

/** Whatever is in a folder for a local chain with this id, whichever node it was. */
const filesFor = (folder: string, prefix: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.startsWith(prefix))
        .sort()
        .map((file) => join(folder, file))
    : [];

/** The records of local chains with this id. */
export const recordsOf = (chainId: number | string) =>
  filesFor(RECORDS, `${chainId}-`).filter((file) => file.endsWith(".json"));

/** Ignition's journals of local chains with this id: of the protocol, then of the stand-ins. */
export const journalsOf = (chainId: number | string) => filesFor(JOURNALS, `chain-${chainId}-`);

/** The addresses that Ignition has noted in a journal's folder, as JSON; none while there is no such file. */
export function addressesIn(journal: string | undefined): string {
  if (journal === undefined) return "{}";
  const file = join(journal, "deployed_addresses.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "{}";
}

/** Removes everything of local chains with this id. */
export function forgetChain(chainId: number | string): void {
  const paths = [...filesFor(RECORDS, `${chainId}-`), ...journalsOf(chainId)];
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}
