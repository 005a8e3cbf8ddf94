import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { describe, it } from "node:test";

import { signedText } from "../../../../sdk/src/gateway/wire.ts";
import { Sessions } from "../../src/auth/sessions.ts";

const SPEAKER = {
  user: "0x976EA74026E726554dB657fA54763abd0C3a0aa9",
  key: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
  expiresAt: 4_000_000_000n,
} as const;

const partsOf = (request: string) => ({
  ...{ method: "POST", path: "/v1/chat/completions", request, vouchers: "" },
  bodyHash: `0x${"ab".repeat(32)}` as const,
});

describe("sessions", () => {
  it("authenticate as HMAC-SHA256 does, whatever the text", () => {
    const sessions = new Sessions(randomBytes(32));
    const { name, secret } = sessions.open(SPEAKER);
    for (const length of [0, 1, 63, 64, 65, 1_000]) {
      const parts = partsOf("x".repeat(length));
      const right = createHmac("sha256", Buffer.from(secret, "hex")).update(signedText(parts)).digest("hex");
      const session = sessions.find(name)!;
      assert.equal(sessions.isGenuine(name, session, right, parts), true);
      assert.equal(sessions.isGenuine(name, session, right, partsOf("y".repeat(length + 1))), false);
      assert.equal(sessions.isGenuine(name, session, right.slice(2), parts), false);
    }
  });

  it("are known to each gateway with the same key, and to no other", () => {
    const own = randomBytes(32);
    const { name, secret } = new Sessions(own).open(SPEAKER);
    const mac = createHmac("sha256", Buffer.from(secret, "hex"))
      .update(signedText(partsOf("x")))
      .digest("hex");
    const [same, other] = [new Sessions(own), new Sessions(randomBytes(32))];
    const found = same.find(name)!;
    assert.deepEqual({ user: found.user, key: found.key, expiresAt: found.expiresAt }, SPEAKER);
    assert.equal(same.isGenuine(name, found, mac, partsOf("x")), true);
    assert.equal(other.isGenuine(name, other.find(name)!, mac, partsOf("x")), false);
  });

  it("are none for names of another form", () => {
    const sessions = new Sessions(randomBytes(32));
    for (const name of ["", "x", "e30", "bnVsbA", "WzEsMiwzXQ", "x".repeat(10_000)])
      assert.equal(sessions.find(name), undefined);
  });
});
