import { expect } from "chai";

import { eventsIn, firstBlockAt } from "../../scripts/lib/chain/history.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";

/** An error of JSON-RPC as a connection throws it. */
const refusal = (message: string, code = -32_000) => Object.assign(new Error(message), { code });

/** Ways in which public nodes say that a range is too wide. */
const TOO_WIDE = [
  refusal("query exceeds max block range 1000"),
  refusal("query returned more than 10000 results", -32_005),
  refusal("block range is too wide", -32_602),
  refusal("Log response size exceeded", -32_008),
];

describe("history of a chain", () => {
  const session = { chainId: 8453n } as unknown as Session;

  describe("O5 events", () => {
    for (const error of TOO_WIDE) {
      it(`are read in parts that the node bears, each block once: ${error.message}`, async () => {
        const asked: [number, number][] = [];
        const query = (from: number, to: number) => {
          if (to - from >= 1_000) return Promise.reject(error);
          asked.push([from, to]);
          return Promise.resolve([{ args: from }] as never);
        };
        await eventsIn(session, { from: 7, to: 20_000 }, query);
        let next = 7;
        for (const [from, to] of asked) {
          expect(from).to.equal(next);
          next = to + 1;
        }
        expect(next).to.equal(20_001);
      });
    }

    it("are given up only where a single block is refused", async () => {
      const query = (_: number, to: number) => (to >= 5 ? Promise.reject(TOO_WIDE[0]!) : Promise.resolve([]));
      let thrown: unknown;
      await eventsIn(session, { from: 1, to: 9 }, query).catch((error: unknown) => (thrown = error));
      expect(thrown).to.equal(TOO_WIDE[0]);
    });

    it("are not asked for again if nothing is there to answer, or the reader itself fails", async () => {
      let calls = 0;
      const query = () => {
        calls++;
        return Promise.reject(new TypeError("a defect"));
      };
      let thrown: unknown;
      await eventsIn(session, { from: 1, to: 9 }, query).catch((error: unknown) => (thrown = error));
      expect(thrown).to.be.instanceOf(TypeError);
      expect(calls).to.equal(1);
    });
  });

  describe("O5 the first block of a moment", () => {
    const times = [10n, 20n, 20n, 30n];
    const at = async (time: bigint, oldest = 0) =>
      await firstBlockAt(time, 3, (block) => Promise.resolve(block < oldest ? undefined : times[block]!));

    it("is found", async () => {
      const found = await Promise.all([5n, 10n, 20n, 21n, 31n].map((time) => at(time)));
      expect(found.map(({ block }) => block)).to.deep.equal([0, 0, 1, 3, 4]);
      expect(found.some(({ isCut }) => isCut)).to.equal(false);
    });

    it("is the first that the node has, if earlier ones are gone, and says so", async () => {
      expect(await at(5n, 2)).to.deep.equal({ block: 2, isCut: true });
      expect(await at(20n, 2)).to.deep.equal({ block: 2, isCut: true });
      expect(await at(25n, 2)).to.deep.equal({ block: 3, isCut: false });
      expect(await at(25n, 1)).to.deep.equal({ block: 3, isCut: false });
    });
  });
});
