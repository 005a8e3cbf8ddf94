import { openSession, signerOf } from "../../lib/chain/session.ts";
import { jsonUsdc } from "../../lib/command/amounts.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { tableOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { contradictionsIn, readReceiptFolder, seriesIn } from "../../lib/usage/receiptFolder.ts";
import type { Found, FoundSeries } from "../../lib/usage/receiptFolder.ts";
import { chainContradictions, seriesOnChain } from "../../lib/usage/receiptsOnChain.ts";
import type { SeriesOnChain } from "../../lib/usage/receiptsOnChain.ts";
import { storeContradictions } from "../../lib/usage/receiptsInStore.ts";
import { gatewayContradictions } from "../../lib/usage/receiptsOfGateway.ts";
import { NO_USAGE } from "../../../sdk/src/gateway/cost.ts";
import { show, showCount } from "../../../sdk/src/units/show.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session } from "../../lib/chain/session.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  folder: string | undefined;
  gateway: string | undefined;
  store: string | undefined;
  from: string | undefined;
}

/** `fomo receipts`: checks what a gateway's client has kept, and says what was served, signed and collected. */
export default runCommand("receipts", async ({ folder, gateway, store, from }: Arguments, context) => {
  if (folder === undefined) throw new CommandError("Name the folder of receipts with --folder.");
  if (from !== undefined && gateway === undefined) {
    throw new CommandError("--from signs only for a gateway: name one with --gateway, or leave --from out.");
  }
  const { out } = context;
  const files = await out.duringSteps("Reading receipts", (announce) => readReceiptFolder(folder, announce));
  const session = await openSession(context);
  const series = await seriesOnChain(session, seriesIn(files));
  const contradictions = [
    ...contradictionsIn(files),
    ...series.flatMap((one) => chainContradictions(session, one)),
    ...(gateway === undefined ? [] : await askGateway(session, gateway, from, series)),
    ...(store === undefined ? [] : await storeContradictions(session, store, series)),
  ];

  out.say(`Receipts in ${shownPath(folder)}:`);
  out.say(tableOfSeries(session, series));
  for (const { file, line, modelId, sentence } of contradictions) {
    const where = [
      shownPath(file),
      ...(line === null ? [] : [`line ${line}`]),
      ...(modelId === null ? [] : [`model ${modelId}`]),
    ];
    out.say(`${where.join(", ")}: ${sentence}`);
  }
  out.say(contradictions.length === 0 ? "\nNothing contradicts them." : `\nContradictions: ${contradictions.length}.`);
  if (contradictions.length !== 0) context.outcome = "part";
  return { folder, series: series.map((one) => jsonSeries(session, one)), contradictions };
});

async function askGateway(
  session: Session,
  url: string,
  from: string | undefined,
  series: readonly FoundSeries[],
): Promise<Found[]> {
  const signer = await signerOf(session, from);
  return await gatewayContradictions({ url, key: signer.address, signer }, series);
}

function tableOfSeries({ out, usdcDecimals }: Session, series: readonly SeriesOnChain[]): string {
  const usdc = (amount: bigint) => show(amount, usdcDecimals);
  return tableOf(
    [">model", "API id", "key", ">receipts", ">served (USDC)", ">signed (USDC)", ">collected (USDC)"],
    series.map(({ modelId, model, place, receipts, served, signed, chain }) => [
      modelId,
      model ?? "",
      out.inFull(place.key),
      showCount(receipts),
      usdc(served.paid),
      usdc(signed.paid),
      usdc(chain?.collected.paid ?? 0n),
    ]),
  );
}

function jsonSeries({ usdcDecimals }: Session, one: SeriesOnChain) {
  const { file, place, modelId, model, receipts, served, signed, chain } = one;
  const { url, gateway, user, key } = place;
  const usage = <Key extends string>(name: Key, { units, list, paid }: UsageRow) => ({
    ...({ [`${name}Units`]: units.toString() } as Record<`${Key}Units`, string>),
    ...jsonUsdc(`${name}List`, list, usdcDecimals),
    ...jsonUsdc(`${name}Paid`, paid, usdcDecimals),
  });
  return {
    ...{ file, url, gateway, user, key, modelId, apiId: model ?? null, receipts: Number(receipts) },
    ...usage("served", served),
    ...usage("signed", signed),
    ...usage("collected", chain?.collected ?? NO_USAGE),
  };
}
