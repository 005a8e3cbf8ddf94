import type { Context } from "hono";

import type { Authentic } from "../auth/gate.ts";
import type { Gateway } from "./context.ts";
import { Refusal } from "../refusals/refusal.ts";

/** Reads the body of a request. @throws Refusal if it is longer than what is taken, or does not arrive. */
export async function readBody({ config }: Pick<Gateway, "config">, { req }: Context): Promise<Uint8Array> {
  const { bodyBytes } = config.limits;
  const tooLarge = () =>
    new Refusal("tooLarge", `The body of the request is too large: send at most ${bodyBytes.toString()} bytes.`);
  if (Number(req.header("content-length") ?? 0) > bodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > bodyBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("tooSlow", "The body of the request has not arrived.");
  }
  return Buffer.concat(chunks);
}

/** Reads a request whose sender proves who it is. @throws Refusal */
export async function authenticate(
  gateway: Gateway,
  context: Context,
): Promise<{ sender: Authentic; body: Uint8Array }> {
  const body = await readBody(gateway, context);
  const { pathname, search } = new URL(context.req.url);
  const sender = gateway.gate.check({
    ...{ method: context.req.method, path: `${pathname}${search}`, body },
    header: (name) => context.req.header(name),
  });
  return { sender, body };
}
