import { join } from "node:path";

import { expect } from "chai";
import { artifacts, network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { isDeep } from "../support/scale.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { expectWhole, sentBy, sentUndisturbed } from "../support/wholeDeployment.ts";

/** How long nothing may be sent until a deployment counts as stopped [ms]. */
const QUIET = 300;

/**
 * Stops whatever deploys over a connection as a killed process would be: after `count` transactions it never hears of a
 * receipt again, and nothing that it had meant to do comes after. What it has written down until then is all there is.
 * @returns A promise of the moment at which nothing is sent any more.
 */
function stopAfter(connection: NetworkConnection, count: number): Promise<void> {
  const { provider } = connection;
  const request = provider.request.bind(provider) as (args: { method: string }) => Promise<unknown>;
  let sent = 0;
  return new Promise((stopped) => {
    let quiet: NodeJS.Timeout | undefined;
    provider.request = async (args) => {
      if (args.method === "eth_sendTransaction") sent++;
      if (sent >= count) {
        clearTimeout(quiet);
        quiet = setTimeout(stopped, QUIET);
        if (args.method === "eth_getTransactionReceipt") return new Promise<unknown>(() => undefined);
      }
      return request(args);
    };
  });
}

describe("Deployment: interrupted", () => {
  const base = temporaryFolder();
  let server: Awaited<ReturnType<typeof network.createServer>>;
  let connect: () => Promise<NetworkConnection>;
  let folder: string;
  /** Transactions of an undisturbed deployment, FLOCK, USDC and Uniswap v2 included. */
  let whole: number;

  before(async () => {
    whole = await sentUndisturbed();
  });

  beforeEach(async () => {
    server = await network.createServer("default", "127.0.0.1");
    const { address, port } = await server.listen();
    const url = `http://${address}:${port}`;
    connect = () => network.create({ network: "localhost", override: { url } });
    folder = join(base, `${port}`);
  });

  afterEach(async () => {
    await server.close();
  });

  const deploy = (connection: NetworkConnection): Promise<ProtocolAddresses> =>
    deployProtocol(connection, localParameters(), undefined, {
      folder,
      artifacts,
    });

  for (const count of isDeep ? [1, 6, 12, 18, 29] : [12]) {
    it(`goes on where it stopped after transaction ${count}`, async function () {
      this.timeout(60_000);
      const first = await connect();
      const stopped = stopAfter(first, count);
      void deploy(first);
      await stopped;

      const second = await connect();
      const before = await sentBy(second);
      expect(before >= count).to.equal(true);
      const addresses = await deploy(second);
      await expectWhole(second, addresses);
      // Nothing was done twice: together they sent what an undisturbed deployment sends.
      expect(await sentBy(second)).to.equal(whole);
    });
  }

  it("does nothing and gives the same addresses when it is complete", async function () {
    this.timeout(120_000);
    const first = await connect();
    const addresses = await deploy(first);
    expect(await sentBy(first)).to.equal(whole);
    const second = await connect();
    expect(await deploy(second)).to.deep.equal(addresses);
    expect(await sentBy(second)).to.equal(whole);
  });
});
