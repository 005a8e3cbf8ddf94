import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";

import secp256k1 from "secp256k1";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { uncheckedHasher } from "../../../../sdk/src/signing/voucher.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";
import { SIGNED_BYTES, WHERE, newestOf } from "./series.ts";

/** Which series a worker signs. */
const { from, to } = workerData as { from: number; to: number };

const cryptography = await loadCryptography("native");
const hashOf = uncheckedHasher(WHERE, cryptography);
const found = Buffer.alloc((to - from) * SIGNED_BYTES);
for (let index = from; index < to; ++index) {
  const secret = createHash("sha256").update(`key ${index.toString()}`).digest();
  const publicKey = secp256k1.publicKeyCreate(secret, false).subarray(1);
  const key: Hex = `0x${cryptography.keccak256(publicKey).slice(26)}`;
  const hash = Buffer.from(hashOf(newestOf(index, key)).slice(2), "hex");
  const { signature, recid } = secp256k1.ecdsaSign(hash, secret);
  const at = (index - from) * SIGNED_BYTES;
  found.write(key.slice(2), at, "hex");
  found.set(signature, at + 20);
  found[at + 84] = 27 + recid;
}
parentPort!.postMessage(found);
