import { showTime } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import {
  graduatedModels,
  jsonObserved,
  modelObserved,
  observedName,
  poke,
  routeObserved,
} from "../../lib/buyback/observations.ts";
import type { Observed } from "../../lib/buyback/observations.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { parseModelId } from "../../lib/command/modelId.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  route: boolean;
  model: string | undefined;
}

/** `fomo poke`: observes the prices of the route, of one model's pool, or of all whose observation is due. */
export default runCommand("poke", async (args: Arguments, context) => {
  const modelId = args.model === undefined ? undefined : parseModelId(args.model);
  const all = modelId === undefined && !args.route;
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const { out } = context;

  const observed: Observed[] = [];
  if (all || args.route) {
    const route = await routeObserved(session);
    if (route === undefined && args.route) {
      throw new CommandError("There is no route from USDC to FLOCK: governance has to name one.");
    }
    if (route !== undefined) observed.push(route);
  }
  for (const id of modelId === undefined ? (all ? await graduatedModels(session) : []) : [modelId]) {
    observed.push(await modelObserved(session, await withPool(session, id)));
  }

  const transactions: Sent[] = [];
  for (const one of observed) {
    if (one.due) {
      const sent = await poke(session, signer, one.modelId);
      if (sent !== undefined) transactions.push(sent);
    } else out.say(`Nothing to do for ${observedName(one.modelId)} before ${showTime(one.dueAt)}.`);
  }
  if (observed.length === 0) out.say("There is nothing to observe yet: no route, and no model that has graduated.");
  return {
    poked: observed.filter(({ due }) => due).map(({ modelId: id }) => (id === 0n ? "route" : Number(id))),
    notDue: observed.filter(({ due }) => !due).map(jsonObserved),
    transactions,
  };
});

/** Refuses a model without a pool. */
async function withPool(session: Session, modelId: bigint): Promise<bigint> {
  await offeringOf(session, modelId);
  const [, graduatedAt] = await session.protocol.vault.recordOf(modelId);
  if (graduatedAt === 0n) throw new CommandError(`Model ${modelId.toString()} has not graduated, so it has no pool.`);
  return modelId;
}
