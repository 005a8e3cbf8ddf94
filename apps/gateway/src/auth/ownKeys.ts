import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { OperatorError } from "../config/operatorError.ts";

const KEY = /^(0x)?[0-9a-f]{64}$/i;

/**
 * The gateway's key. It signs receipts and holds no money; users remember its address, so it has to stay the same.
 * @param named What FOMO_GATEWAY_KEY says; without it the key is in a file that only its owner reads, made at the first start.
 * @param folder Where that file is.
 */
export function gatewayKey(named: string | undefined, folder: string): Buffer {
  if (named !== undefined) return keyOf(named, "FOMO_GATEWAY_KEY");
  const file = join(folder, "gateway.key");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `0x${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  return keyOf(readFileSync(file, "utf8").trim(), file);
}

/** A key as text. @throws OperatorError that does not repeat it. */
export function keyOf(text: string, source: string): Buffer {
  if (!KEY.test(text)) throw new OperatorError(`${source} is no private key: it has 0x and 64 hexadecimal digits.`);
  return Buffer.from(text.replace(/^0x/, ""), "hex");
}

/** What the secrets of sessions are made of: each gateway with the same key comes to the same ones. */
export const sessionSecret = (key: Buffer): Buffer =>
  createHmac("sha256", key).update("FOMO gateway sessions").digest();
