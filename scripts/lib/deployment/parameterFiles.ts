import { join } from "node:path";

import { PARAMETERS_DIR, readParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";

/** The parameter file of a network, by its name in `hardhat.config.ts`. */
export function parametersFileOf(networkName: string): string {
  return join(PARAMETERS_DIR, `${networkName}.json5`);
}

/** The parameters of the local chain. */
export function localParameters(): Parameters {
  return readParameters(parametersFileOf("local"));
}
