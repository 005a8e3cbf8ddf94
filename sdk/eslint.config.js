import { defineConfig, globalIgnores } from "eslint/config";

import { house } from "../eslint.config.js";

/** What stands beside the sources of the SDK: those are linted with the protocol. */
export default defineConfig(globalIgnores(["dist/", "src/", "test/consumer/"]), ...house, {
  languageOptions: {
    parserOptions: {
      projectService: { allowDefaultProject: ["eslint.config.js"] },
      tsconfigRootDir: import.meta.dirname,
    },
  },
  rules: {
    // Node's `describe` and `it` return promises that nobody waits for.
    "@typescript-eslint/no-floating-promises": [
      "error",
      { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["describe", "it", "after"] }] },
    ],
  },
});
