import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "artifacts/",
    "cache/",
    "coverage/",
    "typechain-types/",
    "deploy/deployments/",
    "sdk/src/abi/",
    "sdk/dist/",
  ]),
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `!` is only for what the types cannot know; an index into a fixed tuple is one.
      "@typescript-eslint/no-non-null-assertion": "off",
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
