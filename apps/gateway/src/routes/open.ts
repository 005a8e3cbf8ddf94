import type { Context } from "hono";
import { getConnInfo } from "@hono/node-server/conninfo";
import { z } from "zod";

import { addressOf } from "../../../../sdk/src/codec/address.ts";
import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import { checkSession } from "../../../../sdk/src/gateway/session.ts";
import type { SessionDocument, TermsDocument } from "../../../../sdk/src/gateway/wire.ts";
import { unitsOfDecimal } from "../../../../sdk/src/units/numbers.ts";
import { modelDocument } from "../config/models.ts";
import type { Gateway } from "./context.ts";
import { Refusal, chainAway } from "../refusals/refusal.ts";
import { readBody } from "./sent.ts";

/** `GET /v1/terms`: what the gateway is, and what it asks. */
export const termsRoute = (gateway: Gateway) => (context: Context) => {
  countOpen(gateway, context);
  const { config, deployment, models, signer, relayer } = gateway;
  const { leastDepositUsdc = "0" } = config.relay ?? {};
  const document: TermsDocument = {
    ...{ gateway: signer.address, chainId: deployment.chainId, meter: deployment.addresses.meter },
    ...{ usdcDecimals: deployment.usdcDecimals, settlementSeconds: config.settlementSeconds },
    requestsInFlight: config.limits.requestsInFlight,
    relay:
      relayer === undefined
        ? null
        : { leastDeposit: unitsOfDecimal(leastDepositUsdc, deployment.usdcDecimals).toString() },
    models: [...models.byName.values()].map(modelDocument),
  };
  return context.json(document);
};

/** `GET /v1/models`: the models, as clients of OpenAI list them. */
export const modelsRoute = (gateway: Gateway) => (context: Context) => {
  countOpen(gateway, context);
  const data = [...gateway.models.byName.values()].map(({ config: { id, modelId, contextTokens } }) => ({
    ...{ id, object: "model", created: 0, owned_by: `model ${modelId.toString()}`, context_length: contextTokens },
  }));
  return context.json({ object: "list", data });
};

const sessionSchema = z.strictObject({
  user: z.string(),
  key: z.string(),
  gateway: z.string(),
  expiresAt: z.int().nonnegative(),
  signature: z.string(),
});

/** `POST /v1/sessions`: opens a session for whoever has the key of somebody who can pay. */
export const sessionsRoute = (gateway: Gateway) => async (context: Context) => {
  countOpen(gateway, context);
  const { deployment, sessions, signer, reader, models } = gateway;
  const { expiresAt, ...terms } = readJson(sessionSchema, await readBody(gateway, context));
  if (terms.gateway.toLowerCase() !== signer.address.toLowerCase()) {
    throw new Refusal("noSession", `The session is for another gateway: this one is ${signer.address}.`);
  }
  const signed = { ...terms, expiresAt: BigInt(expiresAt) };
  const now = BigInt(Math.floor(gateway.now() / 1_000));
  // Its values are looked at by the check.
  const checked = checkSession(deployment, signed as typeof signed & { user: Address; key: Address; gateway: Address; signature: Hex }, now); // prettier-ignore
  if (!checked.ok) throw new Refusal("noSession", checked.sentence);
  const [user, key] = [addressOf(terms.user), checked.signer];
  const [modelId] = models.byId.keys();
  const { view } = await reader.ask({ user, key, modelId: modelId! }).catch(() => {
    throw chainAway();
  }); // there is one model at least
  // Somebody without anything gets no row in the books.
  if (view.authorization?.expiresAt === 0n) {
    throw new Refusal(
      "keyNotAuthorized",
      "The user has not authorised the key: authorise it on the meter, or send its authorisation to /v1/start.",
    );
  }
  if (view.available === 0n && view.collected.paid === 0n) {
    throw new Refusal(
      "deposit",
      "The user has no prepaid USDC: deposit some on the meter, or send a signed deposit to /v1/start.",
    );
  }
  const { name, secret } = sessions.open({ user, key, expiresAt: signed.expiresAt });
  const document: SessionDocument = { session: name, secret, expiresAt };
  return context.json(document);
};

/** Counts a request that needs no session, by the address that it comes from. @throws Refusal */
export function countOpen({ config, openRates }: Gateway, context: Context): void {
  const forwarded = config.behindProxy ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  openRates.count(forwarded ?? getConnInfo(context).remote.address ?? "unknown");
}

/** Reads a body of JSON. @throws Refusal */
export function readJson<Value>(schema: z.ZodType<Value>, body: Uint8Array): Value {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new Refusal("badRequest", "The body of the request is no JSON.");
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [{ path, message } = { path: [], message: "is not what is taken" }] = read.error.issues;
  throw new Refusal("badRequest", `\`${path.join(".")}\`: ${message}.`);
}
