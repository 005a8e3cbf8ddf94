import { createHmac, hash, timingSafeEqual } from "node:crypto";

import type { Address } from "../../../../sdk/src/codec/hex.ts";
import { signedText } from "../../../../sdk/src/gateway/wire.ts";
import type { SignedParts } from "../../../../sdk/src/gateway/wire.ts";

/** Who talks in a session. */
export interface Speaker {
  user: Address;
  key: Address;
  /** When it ends [s]. */
  expiresAt: bigint;
}

/** A session that has been found. */
export interface Session extends Speaker {
  secret: Buffer;
}

/** The longest name of a session [characters]. */
const LONGEST_NAME = 200;

/** How many sessions are remembered: who is forgotten is worked out again. */
const REMEMBERED = 50_000;

/**
 * Opens and finds sessions. Nothing is stored: the name of a session says who talks, and its secret is made of the name and
 * of the gateway's own secret, so that each gateway with the same key knows it.
 */
export class Sessions {
  readonly #own: Buffer;
  readonly #known = new Map<string, Session>();

  /** @param own A secret that the gateway's key alone gives. */
  constructor(own: Buffer) {
    this.#own = own;
  }

  /** Opens a session for somebody whose signature was checked. */
  open({ user, key, expiresAt }: Speaker): { name: string; secret: string } {
    const name = Buffer.from(JSON.stringify([user, key, Number(expiresAt)])).toString("base64url");
    return { name, secret: this.#secretOf(name).toString("hex") };
  }

  /** The session of a name; undefined if it is none. Whether its secret is known, `isGenuine` says. */
  find(name: string): Session | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const speaker = name.length > LONGEST_NAME ? undefined : speakerOf(name);
    if (speaker === undefined) return undefined;
    return { ...speaker, secret: this.#secretOf(name) };
  }

  /** Whether who sends a request has the session's secret. A session that has proved it once is remembered. */
  isGenuine(name: string, session: Session, mac: string, parts: SignedParts): boolean {
    const right = macOf(session.secret, signedText(parts));
    const given = Buffer.from(mac, "hex");
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    if (!this.#known.has(name)) {
      if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value!); // the oldest
      this.#known.set(name, session);
    }
    return true;
  }

  #secretOf(name: string): Buffer {
    return createHmac("sha256", this.#own).update(`session ${name}`).digest();
  }
}

function speakerOf(name: string): Speaker | undefined {
  try {
    const [user, key, expiresAt] = JSON.parse(Buffer.from(name, "base64url").toString()) as [Address, Address, number];
    return typeof user === "string" && typeof key === "string" && Number.isSafeInteger(expiresAt)
      ? { user, key, expiresAt: BigInt(expiresAt) }
      : undefined;
  } catch {
    return undefined;
  }
}

const BLOCK = 64;

/** HMAC-SHA256 (RFC 2104) of two hashes: an object for each request takes ten times as long. */
function macOf(secret: Buffer, text: string): Buffer {
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK, 0x5c);
  for (let at = 0; at < secret.length; ++at) {
    inner[at]! ^= secret[at]!; // the secret is shorter than a block
    outer[at]! ^= secret[at]!;
  }
  const first = hash("sha256", Buffer.concat([inner, Buffer.from(text)]), "buffer");
  return hash("sha256", Buffer.concat([outer, first]), "buffer");
}
