import { expect } from "chai";
import { Interface } from "ethers";

import * as abis from "../../sdk/src/abi/index.ts";
import { decodeReturned } from "../../sdk/src/codec/codec.ts";
import { bigintsIn } from "../../sdk/src/codec/told.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import {
  accountOf,
  dueOf,
  previewedVouchers,
  quotedExactIn,
  quotedExactOut,
  raiseOf,
  seriesOf,
} from "../../sdk/src/reads/lens.ts";
import { answerOf, readAt, readOf, requestOf } from "../../sdk/src/reads/read.ts";
import type { Read, ReadName, ReadResult } from "../../sdk/src/reads/read.ts";
import type { ContractName } from "../../sdk/src/reads/abis.ts";
import { valueOf } from "../support/abiValues.ts";
import { SKIPS, nameOf } from "../../sdk/src/names/enums.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import { deploymentIn } from "../support/deployment.ts";
import { usedFixture } from "../support/earning.ts";
import { ethers, networkHelpers, openOfferingFixture } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { tokens, usdc } from "../support/units.ts";

/** Asks the embedded chain. */
async function ask<Contract extends ContractName, Name extends ReadName<Contract>>(
  read: Read<Contract, Name>,
): Promise<ReadResult<Contract, Name>> {
  return answerOf(read, await ethers.provider.call(requestOf(read)));
}

describe("SDK: reads", () => {
  it("are refused for what is no address", async () => {
    const f = await networkHelpers.loadFixture(openOfferingFixture);
    const wrong = f.alice.address.replace(/[a-f]/, (letter) => letter.toUpperCase());
    for (const text of ["", "0x", "alice", `${f.alice.address}00`, wrong]) {
      expect(() => accountOf(deploymentIn(f), text, []), text)
        .to.throw(FomoError, "The account is no address with a valid checksum")
        .with.property("code", "badAddress");
      expect(() => readAt(text, "pair", "getReserves", []), text).to.throw(FomoError, "The pair is no address");
    }
  });

  it("ask the contract of the deployment, and read its answer", async () => {
    const f = await networkHelpers.loadFixture(openOfferingFixture);
    const deployment = deploymentIn(f);
    const token = readOf(deployment, "offering", "tokenOf", [1n]);
    expect(token.address).to.equal(f.addresses.offering);
    expect(await ask(token)).to.equal(await f.offering.tokenOf(1n));
    expect(await ask(readOf(deployment, "registry", "modelCount", []))).to.equal(1n);
    await ask(readOf(deployment, "offering", "expectToken", [1n, await ask(token)]));
    // Several values are a list, a struct is an object.
    expect(await ask(readOf(deployment, "offering", "unclaimedFeesOf", [1n]))).to.deep.equal([0n, 0n]);
    expect(await ask(readOf(deployment, "registry", "identityOf", [1n]))).to.have.keys(
      "name",
      "symbol",
      "metadataHash",
    );
  });

  it("ask a model's own contracts at their address", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const raise = await ask(raiseOf(deploymentIn(f), 1n));
    expect(await ask(readAt(raise.token, "modelToken", "symbol", []))).to.equal(raise.symbol);
    const [reserve0, reserve1] = await ask(readAt(raise.pool.pair, "pair", "getReserves", []));
    expect([raise.pool.flock, raise.pool.mt]).to.have.members([reserve0, reserve1]);
  });

  it("batched by the lens are what the contracts tell one by one", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const deployment = deploymentIn(f);
    const account = await ask(accountOf(deployment, f.bob.address.toLowerCase(), [1n]));
    expect(account.prepaid).to.deep.equal(
      await ask(readOf(deployment, "meter", "accountOf", [f.bob.address as `0x${string}`])),
    );
    expect(account.models).to.have.length(1);
    expect(account.models[0]!.discountWad).to.equal(await f.staking.discountOf(1n, f.bob));
    expect((await ask(dueOf(deployment, [1n]))).models[0]!.roll).to.equal(true);

    const id = { user: f.bob.address.toLowerCase(), key: f.bob.address, modelId: 1n };
    const [series, unknown] = await ask(seriesOf(deployment, [id, { ...id, modelId: 9n }]));
    expect(series).to.deep.equal({
      collected: account.models[0]!.usage,
      account: account.prepaid,
      available: account.available,
      record: await ask(
        readOf(deployment, "meter", "keyOf", [f.bob.address as `0x${string}`, f.alice.address as `0x${string}`]),
      ),
      discount: account.models[0]!.discountWad,
    });
    expect(unknown!.collected).to.deep.equal({ units: 0n, list: 0n, paid: 0n });
    expect(() => seriesOf(deployment, [{ ...id, key: "bob" }])).to.throw(FomoError, "The key is no address");

    const voucher = await signVoucher(f.bob, deployment, { ...id, units: 2n, list: usdc(300), paid: usdc(300) });
    const worse = { ...voucher, paid: voucher.paid - 1n };
    const [reasons, collected] = await ask(previewedVouchers(deployment, 1n, [voucher, worse]));
    expect(reasons.map((reason) => nameOf(SKIPS, reason))).to.deep.equal(["none", "badSignature"]);
    expect(collected.map(({ paid }) => paid)).to.deep.equal([usdc(200), 0n]);

    const g = await networkHelpers.loadFixture(openOfferingFixture);
    const fill = await ask(quotedExactIn(deploymentIn(g), 1n, tokens(100)));
    const quoted = await g.lens.quoteExactIn(1n, tokens(100));
    expect(fill).to.deep.equal({ flockIn: quoted.flockIn, flockNet: quoted.flockNet, mtOut: quoted.mtOut });
    expect((await ask(quotedExactOut(deploymentIn(g), 1n, fill.mtOut))).mtOut).to.equal(fill.mtOut);
  });

  it("mean the same whoever has asked: ethers, viem or the SDK", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const deployment = deploymentIn(f);
    const account = await ask(accountOf(deployment, f.bob.address, [1n]));
    expect(bigintsIn(await f.lens.accountOf(f.bob, [1n]))).to.deep.equal(account);
    expect(bigintsIn(await f.lens.accountOf(f.bob, []))).to.deep.equal({ ...account, models: [] });
    const { prepaid, models } = account;
    const byViem = {
      ...account,
      prepaid: { ...prepaid, requestedAt: Number(prepaid.requestedAt) },
      models: models.map((own) => ({ ...own, outcome: Number(own.outcome) })),
    };
    expect(bigintsIn(byViem)).to.deep.equal(account);
  });

  it("can be asked of every view of every contract, with answers of any values", () => {
    const random = new Random("answers");
    let count = 0;
    for (const [name, abi] of Object.entries(abis)) {
      const coder = new Interface(abi);
      coder.forEachFunction((one) => {
        if (one.stateMutability !== "view" && one.stateMutability !== "pure") return;
        ++count;
        const values = one.outputs.map((output) => valueOf(output, random));
        const data = coder.encodeFunctionResult(one, values);
        const answer: unknown = decodeReturned(abi, one.format("sighash"), data);
        const expected = values.length === 0 ? undefined : values.length === 1 ? values[0] : values;
        expect(answer, `${name}.${one.name}`).to.deep.equal(expected);
      });
    }
    expect(count).to.be.greaterThan(150);
  });
});
