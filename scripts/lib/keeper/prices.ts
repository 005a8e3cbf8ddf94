import { callOf } from "../../../sdk/src/actions/action.ts";
import type { DueWork } from "../../../sdk/src/actions/due.ts";
import { quoted } from "../../../sdk/src/text/plainText.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { estimate } from "../chain/transactions.ts";
import { asRevert } from "../command/revert.ts";
import { nodeFailureOf, sentenceOf } from "../rpc/failures.ts";
import { dataFeeOf, takesDataFee } from "../sending/dataFee.ts";
import { feesNow, highestPrice, priceNow } from "../sending/fees.ts";
import { gasLimitOf } from "../sending/gasLimit.ts";
import type { Candidate } from "./plan.ts";
import { worthOf } from "./worth.ts";
import type { Values } from "./worth.ts";

/** How many works are estimated at once. */
const AT_ONCE = 8;

/**
 * Why the chain, or its node, refuses one call, in one sentence; undefined if the error says nothing of that call, because
 * nothing answers or because it is a defect of ours.
 */
export function refusalOf({ networkName, usdcDecimals }: Session, error: unknown): string | undefined {
  const revert = asRevert(error, usdcDecimals);
  if (revert !== undefined) return revert.message;
  const failure = nodeFailureOf(error);
  if (failure === undefined || failure.kind === "passing" || failure.kind === "refused") return undefined;
  return quoted(sentenceOf(failure, networkName, false));
}

/** Works with what they take, or with the chain's reason against them, and what they are good for. */
export async function candidatesOf(session: Session, signer: Signer, works: readonly DueWork[]): Promise<Candidate[]> {
  if (works.length === 0) return [];
  const { connection, chainId, sending } = session;
  const [fees, time, hasDataFee, values] = await Promise.all([
    feesNow(session, sending.options.priorityFee),
    timeOf(session),
    takesDataFee(connection),
    valuesOf(session, works),
  ]);
  const candidateOf = async (work: DueWork): Promise<Candidate> => {
    const worth = worthOf(work, values);
    const call = callOf(work.action);
    try {
      const estimated = await estimate(session, signer, call);
      const gas = gasLimitOf(estimated, time);
      const written = { to: call.to, data: call.data, nonce: 0, gasLimit: gas, chainId };
      const dataFee = hasDataFee ? await dataFeeOf(connection, written) : 0n;
      const most = { gas, wei: gas * highestPrice(fees) + dataFee };
      return { work, worth, most, cost: estimated * priceNow(fees) + dataFee };
    } catch (error) {
      const refusal = refusalOf(session, error);
      if (refusal === undefined) throw error;
      return { work, worth, refusal };
    }
  };
  const candidates: Candidate[] = [];
  for (let first = 0; first < works.length; first += AT_ONCE) {
    candidates.push(...(await Promise.all(works.slice(first, first + AT_ONCE).map(candidateOf))));
  }
  return candidates;
}

/** What the values of works are worked out from: only what these works need is read. */
async function valuesOf({ protocol, usdcDecimals, now }: Session, works: readonly DueWork[]): Promise<Values> {
  const { buyback, emissions } = protocol;
  const hasMtLot = works.some(({ kind }) => kind === "buyMt");
  const flockPerUsdc = hasMtLot ? await buyback.averageFlockFor(10n ** BigInt(usdcDecimals), now) : 0n;
  const rolls = works.filter(({ kind }) => kind === "roll");
  const nets = await Promise.all(
    rolls.map(async ({ modelId }) => [modelId, (await emissions.modelRewardsOf(modelId)).openNet] as const),
  );
  return { usdcDecimals, flockPerUsdc, netOf: new Map(nets) };
}
