import { expect } from "chai";

import { checksumOf, safeBatch } from "../../sdk/src/actions/safe.ts";
import type { SafeBatch } from "../../sdk/src/actions/safe.ts";

const SAFE = "0x10A19e7eE7d7F8a52822f6817de8ea18204F2e4f";
const TOKEN = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";

/** A file that Safe's Transaction Builder 1.16.3 has written, without its checksum, which is below. */
const WRITTEN_BY_SAFE = {
  version: "1.0",
  chainId: "1",
  createdAt: 1703107040104,
  meta: {
    name: "Transactions Batch",
    description: "",
    txBuilderVersion: "1.16.3",
    createdFromSafeAddress: SAFE,
    createdFromOwnerAddress: "",
  },
  transactions: [
    {
      to: TOKEN,
      value: "0",
      data: null,
      contractMethod: {
        inputs: [
          { name: "to", type: "address", internalType: "address" },
          { name: "value", type: "uint256", internalType: "uint256" },
        ],
        name: "transfer",
        payable: false,
      },
      contractInputsValues: { to: "0x811912c19eEF91b9Dc3cA52fc426590cFB84FC86", value: "29000000000" },
    },
  ],
} as unknown as SafeBatch;

describe("A batch for Safe's Transaction Builder", () => {
  const calls = [
    { what: "First", to: TOKEN, data: "0x12345678" },
    { what: "Second", to: SAFE, data: "0x9abcdef0" },
  ];
  const batch = safeBatch({ chainId: 8453n, safe: SAFE, name: "FOMO: test" }, calls, 1_700_000_000_000);

  it("has the checksum that the builder itself computes", () => {
    expect(checksumOf(WRITTEN_BY_SAFE)).to.equal("0x1f440bb1b31ed23dce797e5957ac2a5749add1074f8540f0ff0a158e4b248003");
  });

  it("has a checksum that leaves out the name, and nothing else", () => {
    const { checksum, ...meta } = batch.meta;
    const bare = { ...batch, meta };
    expect(checksum).to.equal(checksumOf(bare));
    expect(checksumOf({ ...bare, meta: { ...meta, name: "another" } })).to.equal(checksum);
    const changes: SafeBatch[] = [
      { ...bare, chainId: "1" },
      { ...bare, meta: { ...meta, createdFromSafeAddress: TOKEN } },
      { ...bare, transactions: [...bare.transactions].reverse() },
      { ...bare, transactions: [{ ...bare.transactions[0]!, data: "0x12345679" }, bare.transactions[1]!] },
    ];
    for (const changed of changes) expect(checksumOf(changed)).not.to.equal(checksum);
  });

  it("has the calls in their order, by their bytes, and says what each does", () => {
    expect(batch).to.deep.include({ version: "1.0", chainId: "8453", createdAt: 1_700_000_000_000 });
    expect(batch.meta).to.include({ createdFromSafeAddress: SAFE, description: "1. First\n2. Second" });
    expect(batch.transactions).to.deep.equal(
      calls.map(({ to, data }) => ({ to, value: "0", data, contractMethod: null, contractInputsValues: null })),
    );
  });
});
