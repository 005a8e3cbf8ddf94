import { Hono } from "hono";

import type { Gateway } from "./routes/context.ts";
import { accountRoute, receiptsRoute, vouchersRoute } from "./routes/account.ts";
import { modelsRoute, sessionsRoute, termsRoute } from "./routes/open.ts";
import { operatorRoute } from "./routes/operator.ts";
import { paidRoute } from "./routes/paid.ts";
import { Refusal } from "./refusals/refusal.ts";
import { startRoute } from "./routes/start.ts";

/** The gateway's HTTP interface. What it works with is given to it. */
export function appOf(gateway: Gateway): Hono {
  const app = new Hono();
  app.get("/v1/terms", termsRoute(gateway));
  app.get("/v1/models", modelsRoute(gateway));
  app.post("/v1/sessions", sessionsRoute(gateway));
  app.post("/v1/start", startRoute(gateway));
  app.get("/v1/account", accountRoute(gateway));
  app.post("/v1/vouchers", vouchersRoute(gateway));
  app.get("/v1/receipts", receiptsRoute(gateway));
  app.post("/v1/chat/completions", paidRoute(gateway, "chat"));
  app.post("/v1/completions", paidRoute(gateway, "completions"));
  app.post("/v1/embeddings", paidRoute(gateway, "embeddings"));
  app.get("/operator/vouchers", operatorRoute(gateway, "vouchers"));
  app.get("/operator/usage-days", operatorRoute(gateway, "usageDays"));
  app.get("/healthz", (context) => {
    const { ok, problems } = gateway.health();
    return context.json({ ok, problems }, ok ? 200 : 503);
  });
  app.get("/metrics", async () => {
    const { registry } = gateway.metrics;
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  });
  app.notFound(() =>
    new Refusal("notFound", "There is no such path: /v1/terms and /v1/models say what there is.").response(),
  );
  app.onError((error) => {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal("defect", "The gateway has a defect: its operator can find it in the log.");
    gateway.metrics.refusals.inc({ code: refusal.code });
    if (refusal.code === "defect") gateway.log.error({ error }, "a defect");
    else gateway.log.debug({ code: refusal.code, reason: refusal.message }, "refused");
    return refusal.response();
  });
  return app;
}
