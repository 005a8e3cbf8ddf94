import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** How all code of the house is checked. */
export const house = [
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `!` is only for what the types cannot know; an index into a fixed tuple is one.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
];

export default defineConfig(
  globalIgnores([
    "artifacts/",
    "cache/",
    "coverage/",
    "typechain-types/",
    "deploy/deployments/",
    // What stands beside the SDK's sources is linted there, with what is installed there.
    "sdk/*",
    "!sdk/src/",
    "sdk/src/abi/",
    // Each app is linted in its folder, with what is installed there.
    "apps/",
  ]),
  ...house,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    // Chai's property assertions are expressions.
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      // Hardhat's matchers compare bigints and refuse fractions; but only in a process that has connected to a chain.
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name=/^(closeTo|approximately)$/] > Literal[raw=/^\\d*\\.\\d/]",
          message: "Compare amounts in their smallest units, as bigints.",
        },
      ],
    },
  },
);
