import { defineConfig, globalIgnores } from "eslint/config";

import { house } from "../../eslint.config.js";

// What examples need is not installed here; each has a check of its own.
export default defineConfig(globalIgnores(["examples/"]), ...house, {
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
      {
        allowForKnownSafeCalls: [
          {
            from: "package",
            package: "node:test",
            name: ["describe", "it", "before", "after", "beforeEach", "afterEach"],
          },
        ],
      },
    ],
  },
});
