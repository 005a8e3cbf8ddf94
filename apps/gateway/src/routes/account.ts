import type { Context } from "hono";

import { jsonOfReceipt, jsonOfUsage } from "../../../../sdk/src/gateway/receipt.ts";
import type { AccountDocument, ReceiptsDocument } from "../../../../sdk/src/gateway/wire.ts";
import { typedText } from "../../../../sdk/src/text/plainText.ts";
import type { Authentic } from "../auth/gate.ts";
import { receiptsAfter, reportOn } from "../store/reports.ts";
import type { Gateway } from "./context.ts";
import { Refusal, chainAway, refusalOf, storeAway } from "../refusals/refusal.ts";
import { authenticate } from "./sent.ts";

/** `GET /v1/account`: what a user has, what is open, and what each series of the key is at. */
export const accountRoute = (gateway: Gateway) => async (context: Context) => {
  const { sender } = await authenticate(gateway, context);
  return context.json(await accountOf(gateway, sender));
};

/** `POST /v1/vouchers`: takes the vouchers of the header, and says what the account is then. */
export const vouchersRoute = (gateway: Gateway) => async (context: Context) => {
  const { sender } = await authenticate(gateway, context);
  const { user, key, vouchers } = sender;
  const taken = await gateway.desk.take({ user, key }, vouchers);
  switch (taken.kind) {
    case "chainAway":
      throw chainAway();
    case "denied":
      throw refusalOf(taken);
    case "badVoucher":
      throw new Refusal("badVoucher", `No receipt of model ${taken.of.modelId.toString()} says what the voucher says.`);
    case "taken":
      return context.json(await accountOf(gateway, sender));
  }
};

/** `GET /v1/receipts?model=…&after=…`: receipts in their order, signed anew. */
export const receiptsRoute = (gateway: Gateway) => async (context: Context) => {
  const { sender } = await authenticate(gateway, context);
  const name = context.req.query("model") ?? "";
  const model = gateway.models.byName.get(name);
  if (model === undefined)
    throw new Refusal("notFound", `There is no model "${typedText(name)}" here: name one with \`model\`.`);
  const after = context.req.query("after") ?? "0";
  if (!/^\d{1,15}$/.test(after)) throw new Refusal("badRequest", "`after` must be the number of a receipt.");
  const { user, key } = sender;
  const found = await receiptsAfter(gateway.store, { user, key, modelId: model.modelId }, BigInt(after));
  const signed = await Promise.all(found.map((receipt) => gateway.signer.sign(receipt)));
  const document: ReceiptsDocument = { receipts: signed.map(jsonOfReceipt) };
  return context.json(document);
};

async function accountOf(gateway: Gateway, { user, key }: Authentic): Promise<AccountDocument> {
  const { store, desk, models } = gateway;
  const known = await reportOn(store, { user, key });
  const series = known.series.map(({ modelId }) => ({ user, key, modelId }));
  // Who has used nothing yet is asked about with some model: the balance is the same with each.
  const [first] = models.byId.keys();
  try {
    await desk.refresh(series.length === 0 ? [{ user, key, modelId: first! }] : series); // there is one model at least
  } catch (error) {
    gateway.log.warn({ error }, "the chain or the store does not answer");
    throw chainAway();
  }
  const { account, key: book, series: rows } = await reportOn(store, { user, key });
  if (account === undefined || book === undefined) throw storeAway();
  return {
    ...{ user, key, available: account.available.toString(), open: account.unsettled.toString() },
    reserved: account.reserved.toString(),
    authorization:
      book.cap === undefined || book.expiresAt === undefined
        ? null
        : { cap: book.cap.toString(), spent: book.spent.toString(), expiresAt: Number(book.expiresAt) },
    series: rows.flatMap(({ modelId, book: { discountWad, delivered, signed, collected, receipts, head } }) => {
      const model = models.byId.get(modelId);
      if (model === undefined) return []; // it is not served here any more
      return {
        ...{ model: model.config.id, modelId: Number(modelId), discountWad: discountWad.toString() },
        ...{ delivered: jsonOfUsage(delivered), signed: jsonOfUsage(signed), collected: jsonOfUsage(collected) },
        ...{ receipts: Number(receipts), head },
      };
    }),
  };
}
