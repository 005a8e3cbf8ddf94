import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { printed } from "./run.ts";

/** The folder of the SDK. */
export const SDK = join(import.meta.dirname, "..", "..");

/** What somebody writes who uses the package. */
const WRITTEN = join(SDK, "test", "consumer");

/** What `npm pack` says about the package that it has made. */
export interface Packed {
  /** Where the package is. */
  tarball: string;
  files: { path: string }[];
  /** [bytes] */
  unpackedSize: number;
}

const workshop = mkdtempSync(join(tmpdir(), "fomo-sdk-"));
process.once("exit", () => {
  rmSync(workshop, { recursive: true, force: true });
});

/** Something that is made when it is first asked for. */
const once = <Value>(make: () => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
};

/** The package, as it would be published. */
export const packed = once(async (): Promise<Packed> => {
  const answer = await printed("npm", ["pack", "--json", "--pack-destination", workshop], SDK);
  const [made] = JSON.parse(answer) as (Omit<Packed, "tarball"> & { filename: string })[];
  return { ...made!, tarball: join(workshop, made!.filename) };
});

/** The folder of somebody who has installed the package, and nothing else. */
export const bareConsumer = once(() => consumer("bare", []));

/** The folder of somebody who has the libraries too that the package works with. */
export const equippedConsumer = once(() => consumer("equipped", ["ethers", "viem", "abitype"]));

async function consumer(name: string, libraries: readonly string[]): Promise<string> {
  const folder = join(workshop, name);
  cpSync(WRITTEN, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const { tarball } = await packed();
  await printed("npm", ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball], folder);
  for (const library of libraries) {
    const link = join(folder, "node_modules", library);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(installed(library), link);
  }
  return folder;
}

/** Where a library is installed: ethers with the protocol, the others with the SDK. */
function installed(library: string): string {
  const folders = [SDK, join(SDK, "..")].map((folder) => join(folder, "node_modules", library));
  const found = folders.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${library} is not installed`);
  return found;
}
