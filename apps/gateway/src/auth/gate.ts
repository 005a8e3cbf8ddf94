import { hash } from "node:crypto";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { GATEWAY_HEADERS, requestOfHeader, vouchersOfHeader } from "../../../../sdk/src/gateway/wire.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Sessions, Speaker } from "./sessions.ts";
import type { VoucherGate } from "./vouchers.ts";

/** How far the time of a request may be from the gateway's [s]. */
const TOLERANCE = 120n;

/** A request whose sender is known. */
export interface Authentic extends Speaker {
  requestId: Hex;
  requestHash: Hex;
  vouchers: Voucher[];
}

/** What of a request says who has sent it. */
export interface Sent {
  method: string;
  /** The path with its query. */
  path: string;
  header: (name: string) => string | undefined;
  body: Uint8Array;
}

/** What a gate works with. */
export interface GateParts {
  sessions: Sessions;
  vouchers: VoucherGate;
  /** [ms] */
  now: () => number;
  /** Counts a request of a key. @throws Refusal if it has had its share. */
  count: (key: string) => void;
}

/** Finds out who has sent a request, and checks the vouchers that it brings. @throws Refusal */
export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  check({ method, path, header, body }: Sent): Authentic {
    const { sessions, vouchers, now, count } = this.#parts;
    const name = header(GATEWAY_HEADERS.session);
    const session = name === undefined ? undefined : sessions.find(name);
    const time = BigInt(Math.floor(now() / 1_000));
    if (name === undefined || session === undefined || session.expiresAt <= time) {
      throw new Refusal("noSession", "The request has no session that is open: open one at /v1/sessions.");
    }
    const request = header(GATEWAY_HEADERS.request) ?? "";
    const brought = header(GATEWAY_HEADERS.vouchers) ?? "";
    const bodyHash: Hex = `0x${hash("sha256", body, "hex")}`;
    const parts = { method, path, request, vouchers: brought, bodyHash };
    if (!sessions.isGenuine(name, session, header(GATEWAY_HEADERS.mac) ?? "", parts)) {
      throw new Refusal(
        "badMac",
        `The header ${GATEWAY_HEADERS.mac} is not that of this request by the session's secret.`,
      );
    }
    count(session.key);
    const asked = requestOfHeader(request);
    if (asked === undefined) {
      throw new Refusal(
        "badRequest",
        `The header ${GATEWAY_HEADERS.request} must be an id of 32 bytes and a time: 0x….seconds.`,
      );
    }
    if (asked.time > time + TOLERANCE || asked.time < time - TOLERANCE) {
      throw new Refusal(
        "wrongTime",
        `The time of the request is ${asked.time.toString()}, and here it is ${time.toString()}: set the clock.`,
      );
    }
    const read = vouchersOfHeader(brought, session);
    if (!read.ok) throw new Refusal("badVoucher", read.sentence);
    for (const voucher of read.vouchers) vouchers.check(voucher);
    const { user, key, expiresAt } = session;
    return { user, key, expiresAt, requestId: asked.id, requestHash: bodyHash, vouchers: read.vouchers };
  }
}
