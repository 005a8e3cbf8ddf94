import { deploymentOf } from "../../../../sdk/src/deployments/deployment.ts";
import { localChain } from "../../../../sdk/test/chain.ts";

export const DEPLOYMENT = deploymentOf(31_337);

/** A local chain on which model 1 is live as "qwen-alice". All tests share it: each takes users of its own. */
export const liveChain = () => localChain("--live-model");
