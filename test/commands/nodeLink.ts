import { expect } from "chai";
import type { EthereumProvider, RequestArguments } from "hardhat/types/providers";

import { linkTo } from "../../scripts/lib/rpc/nodeLink.ts";

/** O5: several nodes behind one URL, of which some are behind. */
describe("a link to many nodes", () => {
  /** A provider that notes what it is asked, and answers by a rule. */
  function linked(answer: (request: RequestArguments) => unknown, manyNodes = true) {
    const asked: RequestArguments[] = [];
    const said: string[] = [];
    const provider = {
      request: (request: RequestArguments) => {
        asked.push(request);
        return Promise.resolve(answer(request));
      },
    } as unknown as EthereumProvider;
    const node = linkTo(provider, {
      tell: (sentence) => said.push(sentence),
      name: "base",
      manyNodes: () => manyNodes,
    });
    return { provider, node, asked, said };
  }
  const READS: [method: string, before: unknown[], after: unknown[]][] = [
    ["eth_call", [{ to: "0x1" }, "latest"], [{ to: "0x1" }, "0x64"]],
    ["eth_call", [{ to: "0x1" }], [{ to: "0x1" }, "0x64"]],
    ["eth_estimateGas", [{ to: "0x1" }, "latest"], [{ to: "0x1" }, "0x64"]],
    ["eth_getBalance", ["0x1", "latest"], ["0x1", "0x64"]],
    ["eth_getCode", ["0x1", "latest"], ["0x1", "0x64"]],
    ["eth_getStorageAt", ["0x1", "0x0", "latest"], ["0x1", "0x0", "0x64"]],
    ["eth_getTransactionCount", ["0x1", "latest"], ["0x1", "0x64"]],
    ["eth_call", [{ to: "0x1" }, "0x10"], [{ to: "0x1" }, "0x10"]],
    ["eth_getTransactionCount", ["0x1", "pending"], ["0x1", "pending"]],
    ["eth_getBlockByNumber", ["latest", false], ["latest", false]],
  ];

  for (const [method, before, after] of READS) {
    it(`O5 reads nothing older than an own transaction: ${method} ${JSON.stringify(before)}`, async () => {
      const { provider, node, asked } = linked(() => "0x");
      await provider.request({ method, params: before });
      expect(asked.at(-1)!.params).to.deep.equal(before);
      node.mustKnow(99);
      node.mustKnow(100);
      node.mustKnow(98);
      await provider.request({ method, params: before });
      expect(asked.at(-1)!.params).to.deep.equal(after);
    });
  }

  it("O5 waits for a node that does not have that block yet", async () => {
    let times = 0;
    const { provider, node } = linked(() => {
      if (++times < 3) throw Object.assign(new Error("header not found"), { code: -32_000 });
      return "0x1";
    });
    node.mustKnow(100);
    expect(await provider.request({ method: "eth_call", params: [{}, "latest"] })).to.equal("0x1");
    expect(times).to.equal(3);
  });

  it("O5 leaves a local chain alone, whose pending block is what counts", async () => {
    const { provider, node, asked } = linked(() => "0x", false);
    node.mustKnow(100);
    await provider.request({ method: "eth_call", params: [{}, "latest"] });
    expect(asked.at(-1)!.params).to.deep.equal([{}, "latest"]);
  });

  it("O2 asks a node that has an account's key to send once only", async () => {
    let times = 0;
    const { provider } = linked(() => {
      times++;
      throw Object.assign(new Error("rate limit exceeded"), { code: -32_005 });
    });
    await provider.request({ method: "eth_sendTransaction", params: [{}] }).catch(() => undefined);
    expect(times).to.equal(1);
  });
});
