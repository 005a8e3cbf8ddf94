import type { Context } from "hono";
import { z } from "zod";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { StartedDocument } from "../../../../sdk/src/gateway/wire.ts";
import type { Beginning } from "../chain/relayer.ts";
import type { Gateway } from "./context.ts";
import { countOpen, readJson } from "./open.ts";
import { Refusal } from "../refusals/refusal.ts";
import { readBody } from "./sent.ts";

const digits = z.string().regex(/^\d{1,78}$/, "must be a whole number in quotes");
const hex = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/i, "must be hexadecimal text")
  .max(20_000)
  .transform((text) => text as Hex);
const moment = z.int().nonnegative();

const startSchema = z
  .strictObject({
    deposit: z
      .strictObject({
        user: z.string(),
        amount: digits,
        validAfter: digits,
        validBefore: digits,
        nonce: hex,
        signature: hex,
      })
      .optional(),
    authorization: z
      .strictObject({
        user: z.string(),
        key: z.string(),
        cap: digits,
        expiresAt: moment,
        nonce: digits,
        deadline: moment,
        signature: hex,
      })
      .optional(),
  })
  .refine(({ deposit, authorization }) => deposit !== undefined || authorization !== undefined, {
    message: "send a signed deposit, a signed authorisation of a key, or both",
  });

/** `POST /v1/start`: submits what a user without gas has signed, and answers once it is in a block. */
export const startRoute = (gateway: Gateway) => async (context: Context) => {
  countOpen(gateway, context);
  const { relayer, metrics } = gateway;
  if (relayer === undefined) {
    throw new Refusal(
      "notFound",
      "This gateway submits nothing for users: deposit and authorise the key on the meter.",
    );
  }
  const { deposit, authorization } = readJson(startSchema, await readBody(gateway, context));
  const beginning: Beginning = {
    ...(deposit === undefined
      ? {}
      : {
          deposit: {
            ...{
              user: deposit.user,
              amount: BigInt(deposit.amount),
              nonce: deposit.nonce,
              signature: deposit.signature,
            },
            ...{ validAfter: BigInt(deposit.validAfter), validBefore: BigInt(deposit.validBefore) },
          },
        }),
    ...(authorization === undefined
      ? {}
      : {
          authorization: {
            ...{ user: authorization.user, key: authorization.key, cap: BigInt(authorization.cap) },
            ...{ expiresAt: BigInt(authorization.expiresAt), nonce: BigInt(authorization.nonce) },
            ...{ deadline: BigInt(authorization.deadline), signature: authorization.signature },
          },
        }),
  };
  try {
    const document: StartedDocument = await relayer.submit(beginning);
    metrics.relayed.inc({ outcome: "executed" });
    return context.json(document);
  } catch (error) {
    metrics.relayed.inc({ outcome: "refused" });
    throw error;
  }
};
