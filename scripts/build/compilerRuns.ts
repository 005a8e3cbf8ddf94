import { availableParallelism } from "node:os";

import type { SolidityCompilerConfig, SolidityCompilerUserConfig } from "hardhat/types/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Fewer and parallel runs of the compiler. Hardhat compiles files in one run if their settings are one object, but gives
 * every override an object of its own, and so a run of its own. With this plugin overrides that are one object in
 * `hardhat.config.ts` share a run, and one run more than there are cores goes on at once, so that no core is idle
 * while the last of them is compiled.
 */
export const compilerRuns: HardhatPlugin = {
  id: "fomo-compiler-runs",
  hookHandlers: {
    config: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            async resolveUserConfig(userConfig, resolveVariable, next) {
              const config = await next(userConfig, resolveVariable);
              for (const [name, profile] of Object.entries(profilesOf(userConfig.solidity))) {
                shareEqualOverrides(profile.overrides ?? {}, config.solidity.profiles[name]!.overrides);
              }
              return config;
            },
          }),
      }),
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            build: (context, rootFilePaths, options, next) =>
              next(context, rootFilePaths, { concurrency: availableParallelism() + 1, ...options }),
          }),
      }),
  },
};

type Overrides<Config> = Record<string, Config>;
type Profiles = Record<string, { overrides?: Overrides<SolidityCompilerUserConfig> }>;

/** The build profiles of a configuration that has some. */
const profilesOf = (solidity: unknown): Profiles => (solidity as { profiles?: Profiles } | undefined)?.profiles ?? {};

/** Gives files whose override is one object as it was written one object as it was resolved. */
function shareEqualOverrides(
  written: Overrides<SolidityCompilerUserConfig>,
  resolved: Overrides<SolidityCompilerConfig>,
): void {
  const shared = new Map<SolidityCompilerUserConfig, SolidityCompilerConfig>();
  for (const [file, override] of Object.entries(written)) {
    resolved[file] = shared.get(override) ?? resolved[file]!;
    shared.set(override, resolved[file]);
  }
}
