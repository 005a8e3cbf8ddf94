import { timingSafeEqual, hash } from "node:crypto";

import type { Context } from "hono";

import type { Gateway } from "./context.ts";
import { Refusal } from "../refusals/refusal.ts";
import { pages } from "../store/export.ts";
import type { ExportName } from "../store/export.ts";

/**
 * `GET /operator/vouchers` and `/operator/usage-days`: what a settlement reads, a line of JSON each. The vouchers are a log,
 * as `fomo settle --log` takes it.
 */
export const operatorRoute = (gateway: Gateway, name: ExportName) => (context: Context) => {
  requireOperator(gateway, context);
  const { deployment, store } = gateway;
  const days = { from: dayIn(context, "from"), to: dayIn(context, "to") };
  const rows = pages(store, deployment, name, days);
  const encoder = new TextEncoder();
  const lines = (values: readonly unknown[]) =>
    encoder.encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const page = await rows.next();
      if (page.done === true) controller.close();
      else controller.enqueue(lines(page.value));
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
};

function requireOperator({ operatorToken }: Gateway, context: Context): void {
  if (operatorToken === undefined)
    throw new Refusal("notFound", "There is no such path: FOMO_OPERATOR_TOKEN opens it.");
  const given = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
  const [one, other] = [given, operatorToken].map((text) => hash("sha256", text, "buffer")) as [Buffer, Buffer];
  if (!timingSafeEqual(one, other)) throw new Refusal("noSession", "The operator's token is another one.");
}

function dayIn(context: Context, name: "from" | "to"): string | undefined {
  const day = context.req.query(name);
  if (day === undefined || /^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  throw new Refusal("badRequest", `\`${name}\` must be a day: YYYY-MM-DD.`);
}
