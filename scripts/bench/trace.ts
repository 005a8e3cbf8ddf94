import type { ContractTransactionResponse } from "ethers";

import type { Ground } from "./ground.ts";

/** A call in the trace of a transaction. */
interface Call {
  to?: string;
  gasUsed: string;
  calls?: Call[];
}

/** What a transaction cost, and what of it was used by its calls to one contract, from the node's own trace. */
export async function gasWithin(
  ground: Ground,
  sent: Promise<ContractTransactionResponse>,
  address: string,
): Promise<{ total: bigint; within: bigint }> {
  const { hash, wait } = await sent.then((response) => ({ hash: response.hash, wait: response.wait() }));
  const receipt = await wait;
  const trace = (await ground.connection.provider.request({
    method: "debug_traceTransaction",
    params: [hash, { tracer: "callTracer" }],
  })) as Call;
  const sumOf = ({ calls = [] }: Call): bigint =>
    calls.reduce((sum, call) => sum + (call.to === address.toLowerCase() ? BigInt(call.gasUsed) : sumOf(call)), 0n);
  const within = sumOf(trace);
  if (within === 0n) throw new Error(`The transaction ${hash} does not call ${address}.`);
  return { total: receipt!.gasUsed, within };
}
