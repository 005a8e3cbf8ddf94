import { expect } from "chai";
import { getBytes } from "ethers";

import { networkHelpers } from "../support/fixtures.ts";
import { faultOf, isRefused } from "../support/model/plainText.ts";
import { deployPlainText } from "../support/plainText.ts";
import { Random } from "../support/random.ts";
import { isDeep, scaled } from "../support/scale.ts";

const CASES = scaled(600, 30_000);
/** Texts in one call; bounded by the gas of a call. */
const BATCH = 250;
/** Characters in one call: a quarter of a plane. */
const BLOCK = 0x4000;
/** One above the last character of Unicode. */
const END = 0x110000;
/** The planes that have characters which cannot be seen; a deep run takes all 17. */
const PLANES = isDeep ? [...Array(17).keys()] : [0, 1, 14];
/** The longest text that a contract checks: an API id [bytes]. */
const MAX_LENGTH = 64n;

/** Bytes at which the rules of UTF-8 change. */
const TELLTALE = [
  0x00, 0x1f, 0x20, 0x7e, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xad, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe2, 0xed,
  0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfe, 0xff,
];

describe("PlainText against the model", () => {
  const random = new Random("plain text");
  const below = (end: number) => Number(random.uniform(0n, BigInt(end) - 1n));

  /** A character of any length, often next to a bound of its block. */
  const drawCharacter = () => {
    const bounds = [0x20, 0x7f, 0x80, 0xa0, 0x800, 0x2000, 0x2070, 0xd800, 0xe000, 0xfe10, 0x10000, 0xe1000, END];
    const codePoint = random.pick([
      0x20 + below(0x5f),
      0x20 + below(0x5f),
      random.pick([0x20, 0x41]),
      0xa0 + below(0x260),
      0x4e00 + below(0x5000),
      0x1f300 + below(0x300),
      random.pick(bounds) - 2 + below(4),
      below(END),
    ]);
    const isCharacter = codePoint >= 0 && codePoint < END && (codePoint < 0xd800 || codePoint > 0xdfff);
    return String.fromCodePoint(isCharacter ? codePoint : 0x41);
  };

  /** A well-formed text, which may contain what cannot be seen. */
  const drawText = () => {
    const length = Number(random.uniform(0n, MAX_LENGTH));
    let text = "";
    for (let next = ""; Buffer.byteLength(text + next) <= length; next = drawCharacter()) text += next;
    return Buffer.from(text);
  };

  /** A text in which a few bytes are replaced, left out or put in. */
  const drawBroken = () => {
    const bytes = [...drawText()];
    for (let i = Number(random.uniform(1n, 3n)); i > 0; --i) {
      const byte = random.pick([random.pick(TELLTALE), below(256)]);
      bytes.splice(below(bytes.length + 1), below(2), ...(below(3) === 0 ? [] : [byte]));
    }
    return Uint8Array.from(bytes);
  };

  async function expectTheModelsFaults(texts: readonly Uint8Array[]) {
    const { faultsOf } = await networkHelpers.loadFixture(deployPlainText);
    for (let from = 0; from < texts.length; from += BATCH) {
      const batch = texts.slice(from, from + BATCH);
      expect(await faultsOf(batch)).to.deep.equal(batch.map(faultOf));
    }
  }

  it("finds the same fault as an engine's decoder in texts that were broken somewhere", async () => {
    const texts = Array.from({ length: CASES }, drawBroken);
    const faults = texts.map(faultOf);
    for (const kind of ["malformed", "invisible", "spacing"]) {
      expect(faults.filter((fault) => fault?.kind === kind)).to.have.length.greaterThan(CASES / 20);
    }
    expect(faults.filter((fault) => fault === undefined)).to.have.length.greaterThan(CASES / 20);
    await expectTheModelsFaults(texts);
  });

  it("finds the same fault in well-formed texts of all scripts", async () => {
    await expectTheModelsFaults(Array.from({ length: CASES }, drawText));
  });

  it("finds the same fault in every pair of bytes at which a rule changes", async () => {
    await expectTheModelsFaults(TELLTALE.flatMap((first) => TELLTALE.map((second) => Uint8Array.of(first, second))));
  });

  it("refuses of Unicode's characters exactly those that cannot be seen", async () => {
    const { harness } = await networkHelpers.loadFixture(deployPlainText);
    const different: string[] = [];
    for (const first of PLANES.flatMap((plane) => [0, 1, 2, 3].map((quarter) => (plane << 16) + quarter * BLOCK))) {
      const answer = (await harness.getFunction("invisibleAmong").staticCall(first, BLOCK)) as string;
      getBytes(answer).forEach((flag, i) => {
        const codePoint = first + i;
        const isHalf = codePoint >= 0xd800 && codePoint <= 0xdfff; // no character
        if (!isHalf && (flag === 1) !== isRefused(codePoint)) different.push(codePoint.toString(16));
      });
    }
    expect(different).to.deep.equal([]);
  });
});
