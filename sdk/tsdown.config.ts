import { defineConfig } from "tsdown";

import { licences } from "./build/licences.ts";
import { sharedModules } from "./build/sharedModules.ts";

const common = {
  format: "esm",
  platform: "browser",
  target: "es2022",
  fixedExtension: false,
  dts: true,
  tsconfig: "../tsconfig.json",
  checks: { pluginTimings: false },
} as const;

/**
 * Where the bundled parts of packages go, and what they need of the bundler: `npm pack` and bundlers treat a folder
 * node_modules in their own way.
 */
const vendored = (name: string) => name.replace(/^(.*node_modules|_virtual)\//, "vendor/");

export default defineConfig([
  {
    // A file for each module, so that a bundler takes only what is used.
    ...common,
    entry: ["src/index.ts", "src/abi/index.ts"],
    unbundle: true,
    deps: { alwaysBundle: [/./], onlyBundle: ["ethers", "@noble/hashes", "@noble/curves"] },
    outputOptions: { entryFileNames: ({ name }) => `${vendored(name)}.js` },
    plugins: [licences()],
  },
  {
    // With the caller's ethers: a contract of ethers takes only interfaces of the same ethers.
    ...common,
    entry: { "ethers/index": "src/ethers/index.ts" },
    clean: false,
    deps: { neverBundle: ["ethers"] },
    // What of `codec` it uses must use the caller's ethers, too.
    plugins: [sharedModules("ethers", "codec")],
  },
  {
    ...common,
    platform: "node",
    entry: { "node/index": "src/node/index.ts" },
    clean: false,
    plugins: [sharedModules("node")],
  },
]);
