import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Hands the artifacts of a build to the makers of bindings in the order of their names. Hardhat hands them over in the
 * order in which they were written, which changes from build to build, and with it the index of the bindings; sorted in
 * place, because every plugin gets the same list. It must stand before the plugin that makes the bindings.
 */
export const sortedArtifacts: HardhatPlugin = {
  id: "fomo-sorted-artifacts",
  hookHandlers: {
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            processArtifactsAfterSuccessfulBuild: (_context, artifactPaths) => {
              (artifactPaths as string[]).sort();
              return Promise.resolve();
            },
          }),
      }),
  },
};
