import { expect } from "chai";
import { AbiCoder, Interface, ParamType, dataLength, dataSlice, getBytes } from "ethers";

import { LenientInterface } from "../../sdk/src/codec/lenient.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const CASES = scaled(300, 20_000);

const SCALARS = ["uint256", "uint8", "int128", "address", "bool", "bytes4", "bytes32", "bytes", "string"];

/** A type by chance: a scalar, a list, an array or a struct of others. */
function randomType(random: Random, depth: number): string {
  const kind = depth === 0 ? 0n : random.uniform(0n, 5n);
  if (kind === 1n) return `${randomType(random, depth - 1)}[]`;
  if (kind === 2n) return `${randomType(random, depth - 1)}[2]`;
  if (kind < 4n) return random.pick(SCALARS);
  const parts = Array.from({ length: Number(random.uniform(1n, 4n)) }, () => randomType(random, depth - 1));
  return `tuple(${parts.map((type, index) => `${type} part${index.toString()}`).join(",")})`;
}

function randomValue(random: Random, type: ParamType): unknown {
  if (type.isArray()) {
    const length = type.arrayLength < 0 ? Number(random.uniform(0n, 4n)) : type.arrayLength;
    return Array.from({ length }, () => randomValue(random, type.arrayChildren));
  }
  if (type.isTuple()) return type.components.map((one) => randomValue(random, one));
  const hex = (bytes: number) => `0x${random.uniform(0n, (1n << 256n) - 1n).toString(16).padStart(64, "0").slice(0, 2 * bytes)}`; // prettier-ignore
  switch (type.baseType) {
    case "bool":
      return random.uniform(0n, 1n) === 1n;
    case "address":
      return hex(20);
    case "string":
      return random.pick(["", "a", "Größe", "x".repeat(70)]);
    case "bytes":
      return hex(Number(random.uniform(0n, 32n)));
    case "bytes4":
      return hex(4);
    case "bytes32":
      return hex(32);
    default:
      return random.magnitude(1n, type.baseType === "uint8" ? 255n : (1n << 120n) - 1n);
  }
}

const interfaceReturning = (types: readonly string[]) => [`function f() view returns (${types.join(",")})`];

describe("decoding of what contracts return", () => {
  const coder = new AbiCoder();
  const decode = (types: readonly string[], data: string) =>
    new LenientInterface(interfaceReturning(types)).decodeFunctionResult("f", data);

  it(`gives what ethers gives, for ${CASES.toString()} random types and values`, () => {
    const random = new Random("decoding");
    for (let index = 0; index < CASES; ++index) {
      const types = Array.from({ length: Number(random.uniform(1n, 3n)) }, () => randomType(random, 3));
      const values = types.map((type) => randomValue(random, ParamType.from(type)));
      const data = coder.encode(types, values);
      const expected = new Interface(interfaceReturning(types)).decodeFunctionResult("f", data);
      expect(decode(types, data).toArray(true), types.join(", ")).to.deep.equal(expected.toArray(true));
    }
  });

  it("gives structs whose values have names", () => {
    const types = ["tuple(uint256 count, tuple(string name)[] parts)[] all"];
    const result = decode(types, coder.encode(types, [[[1n, [["first"]]]]])) as unknown as {
      all: { count: bigint; parts: { name: string }[] }[];
    };
    expect([result.all[0]!.count, result.all[0]!.parts[0]!.name]).to.deep.equal([1n, "first"]);
  });

  it("refuses data that is cut off, wherever that is", () => {
    const types = ["tuple(uint256 a, string[] b)[]", "bytes"];
    const data = coder.encode(types, [
      [
        [1n, ["x", "y"]],
        [2n, ["z"]],
      ],
      "0x1234",
    ]);
    for (let length = 0; length < dataLength(data); ++length) {
      expect(() => decode(types, dataSlice(data, 0, length)), length.toString()).to.throw();
    }
  });

  it("refuses offsets and lengths that lead out of the data", () => {
    const types = ["uint256[]"];
    const word = (value: bigint) => value.toString(16).padStart(64, "0");
    for (const [offset, length] of [
      [64n, 1n],
      [1n << 255n, 1n],
      [32n, 2n],
      [32n, 1n << 64n],
      [32n, 1n << 255n],
    ] as const) {
      // prettier-ignore
      expect(() => decode(types, `0x${word(offset)}${word(length)}${word(7n)}`)).to.throw();
    }
  });

  it("refuses data that leads to the same place again and again", () => {
    // Three levels of lists, all of whose hundred entries are the one list of the next level: a million values in 10 KB.
    const word = (value: number) => value.toString(16).padStart(64, "0");
    const list = (toNext: number) => word(100) + word(toNext).repeat(100);
    const next = 32 * 100;
    const data = `0x${word(32)}${list(next)}${list(next)}${word(100)}${word(7).repeat(100)}`;
    const began = performance.now();
    expect(() => decode(["uint256[][][]"], data)).to.throw();
    expect(performance.now() - began).to.be.lessThan(2_000);
  });

  it("takes a time that grows with the length of the data", () => {
    const types = ["tuple(address user, uint256[10] numbers)[]"];
    const user = `0x${"11".repeat(20)}`;
    const data = coder.encode(types, [Array.from({ length: 2_000 }, () => [user, Array(10).fill(7n)])]);
    const began = performance.now();
    expect(decode(types, data)[0]).to.have.length(2_000);
    // The reader of ethers takes a minute and more: it copies all of it for each value.
    expect(performance.now() - began).to.be.lessThan(10_000);
    expect(getBytes(data).length).to.be.greaterThan(700_000);
  });
});
