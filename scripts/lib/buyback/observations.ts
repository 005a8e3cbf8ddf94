import { pokeModel, pokeRoute } from "../../../sdk/src/actions/buyback.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { observationDueAt } from "../../../sdk/src/buyback/observation.ts";
import { jsonTime } from "../command/amounts.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { sendRepeatable } from "../chain/transactions.ts";
import type { Sent } from "../chain/transactions.ts";

/** What is observed together: the route from USDC to FLOCK (0), or a model's pair. */
export interface Observed {
  /** 0 for the route. */
  modelId: bigint;
  /** From when a poke does something [s]. */
  dueAt: bigint;
  due: boolean;
}

/** Ids of the models that have a pool. */
export async function graduatedModels({ protocol: { registry, vault } }: Session): Promise<bigint[]> {
  const count = await registry.modelCount();
  const ids = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  const records = await Promise.all(ids.map((id) => vault.recordOf(id)));
  return ids.filter((_, index) => records[index]![1] !== 0n); // one record an id
}

/** When the route can be observed next; undefined without a route. */
export async function routeObserved(session: Session): Promise<Observed | undefined> {
  const { buyback, addresses } = session.protocol;
  let tokenIn = addresses.usdc;
  const dueAts: bigint[] = [];
  for (const { pair } of await buyback.routePairs()) {
    dueAts.push(await dueAtOf(session, pair, tokenIn));
    const contract = connectAs("pair", pair, session.connection.ethers.provider);
    const [token0, token1] = await Promise.all([contract.token0(), contract.token1()]);
    tokenIn = token0 === tokenIn ? token1 : token0;
  }
  if (dueAts.length === 0) return undefined;
  return await observed(
    session,
    0n,
    dueAts.reduce((a, b) => (a < b ? a : b)),
  );
}

/** When a graduated model's pair can be observed next. */
export async function modelObserved(session: Session, modelId: bigint): Promise<Observed> {
  const { locker, addresses } = session.protocol;
  const { pair } = await locker.lockOf(modelId);
  return await observed(session, modelId, await dueAtOf(session, pair, addresses.flock));
}

/** Observes the route or a model's pair; undefined in a dry run. */
export async function poke(session: Session, signer: Signer, modelId: bigint): Promise<Sent | undefined> {
  const { deployment } = session;
  const action = modelId === 0n ? pokeRoute(deployment) : pokeModel(deployment, modelId);
  const done = await sendRepeatable(session, signer, action);
  return done?.sent;
}

/** What is observed, in words. */
export const observedName = (modelId: bigint) =>
  modelId === 0n ? "the route from USDC to FLOCK" : `the pool of model ${modelId.toString()}`;

/** What is observed, in a JSON document. */
export const jsonObserved = ({ modelId, dueAt }: Observed) => ({
  modelId: modelId === 0n ? null : Number(modelId),
  ...jsonTime("nextAt", dueAt),
});

async function dueAtOf({ protocol: { buyback } }: Session, pair: string, tokenIn: string): Promise<bigint> {
  const [observedAt] = await buyback.observationOf(pair, tokenIn);
  return observationDueAt({ observedAt }, 0n);
}

async function observed(session: Session, modelId: bigint, dueAt: bigint): Promise<Observed> {
  return { modelId, dueAt, due: (await timeOf(session)) >= dueAt };
}
