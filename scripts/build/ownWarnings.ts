import type { HardhatPlugin } from "hardhat/types/plugins";
import type { CompilerOutputError } from "hardhat/types/solidity";

/** What the compiler says, with the place that it means; Hardhat's type leaves that out. */
type Located = CompilerOutputError & { sourceLocation?: { file: string } };

/** Whether something is said about a source that came by npm: so Hardhat names them to the compiler. */
const isOfOthers = ({ sourceLocation }: Located) => sourceLocation?.file.startsWith("npm/") === true;

/**
 * Keeps warnings about the sources of others from being shown: nobody here can do anything about them, and they would hide
 * our own. Errors are shown wherever they are.
 */
export const ownWarnings: HardhatPlugin = {
  id: "fomo-own-warnings",
  hookHandlers: {
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            async getCompilationJobErrors(context, job, output, next) {
              const errors = output.errors?.filter((one: Located) => one.severity === "error" || !isOfOthers(one));
              return await next(context, job, { ...output, ...(errors !== undefined && { errors }) });
            },
          }),
      }),
  },
};
