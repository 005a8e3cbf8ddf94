import { expect } from "chai";

import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { WHAT, deployPlainText, encodeTexts } from "../../support/plainText.ts";

/** Bytes as hexadecimal digits, one text in a row. */
const bytes = (digits: string) => Uint8Array.from(Buffer.from(digits.replaceAll(" ", ""), "hex"));
const characters = (...codePoints: number[]) => Buffer.from(String.fromCodePoint(...codePoints));

describe("C11 PlainText", () => {
  const faultsOf = async (texts: Uint8Array[]) =>
    await (await networkHelpers.loadFixture(deployPlainText)).faultsOf(texts);

  describe("accepts", () => {
    const accepted: [what: string, texts: Uint8Array[]][] = [
      ["nothing at all", [bytes("")]],
      [
        "every printable character of ASCII",
        [bytes("21"), bytes("7e"), Buffer.from("!\"#$%&'()*+,-./0123456789:;<=>?")],
      ],
      ["words of exactly 31, 32, 33 and 64 bytes", [31, 32, 33, 64].map((length) => Buffer.from("~".repeat(length)))],
      ["the first and the last character of two bytes that can be seen", [characters(0xa1), characters(0x7ff)]],
      ["the first and the last of three bytes that can be seen", [characters(0x800), characters(0xfffd)]],
      ["the last before the surrogates and the first after them", [characters(0xd7ff), characters(0xe000)]],
      ["the first and the last of four bytes", [characters(0x10000), characters(0x10ffff)]],
      [
        "names in other scripts",
        ["Qwen-小爱", "Ökonom", "نموذج", "דוגמה", "मॉडल", "モデル 🤖"].map((name) => Buffer.from(name)),
      ],
      ["a character that begins in one word of 32 bytes and ends in the next", [Buffer.from(`${"x".repeat(31)}€`)]],
    ];
    for (const [what, texts] of accepted) {
      it(what, async () => {
        expect(await faultsOf(texts)).to.deep.equal(texts.map(() => undefined));
      });
    }
  });

  describe("refuses as malformed", () => {
    const malformed: [what: string, ...texts: string[]][] = [
      ["overlong characters of two bytes (C0, C1)", "c0 80", "c0 af", "c1 bf"],
      ["overlong characters of three bytes (E0 80 to 9F)", "e0 80 80", "e0 82 af", "e0 9f bf"],
      ["overlong characters of four bytes (F0 80 to 8F)", "f0 80 80 80", "f0 82 82 ac", "f0 8f bf bf"],
      ["surrogates (ED A0 to BF), alone and in pairs", "ed a0 80", "ed bf bf", "ed a0 bd ed b8 80"],
      ["what is above the last character (F4 90 and more)", "f4 90 80 80", "f4 bf bf bf", "f5 80 80 80", "f7 bf bf bf"],
      ["bytes that begin no character (F8 to FF)", "f8 88 80 80 80", "fc 84 80 80 80 80", "fe", "ff"],
      ["stray continuation bytes", "80", "a0", "bf", "bf 80"],
      ["what ends inside a character", "c2", "df", "e0 a0", "ef", "ef bf", "f0", "f0 90", "f0 90 80", "f4 8f bf"],
      ["what goes on inside a character", "c2 41", "e2 82 41", "e2 41 ac", "f0 9f 41 80", "f0 9f 98 41", "c2 c2 a9"],
      ["what would be a character only with a byte beyond the end of its text", "e2 82", "c3"],
    ];
    for (const [what, ...texts] of malformed) {
      it(what, async () => {
        const at = (index: number) => texts.map(() => ({ kind: "malformed", index }));
        expect(await faultsOf(texts.map(bytes))).to.deep.equal(at(0));
        // In the middle and at the end of a text, and where a second word of 32 bytes begins.
        const placed = (before: number, after: string) =>
          texts.map((text) => Buffer.concat([Buffer.from("x".repeat(before)), bytes(text), Buffer.from(after)]));
        expect(await faultsOf(placed(5, " model"))).to.deep.equal(at(5));
        expect(await faultsOf(placed(29, ""))).to.deep.equal(at(29));
        expect(await faultsOf(placed(32, ""))).to.deep.equal(at(32));
      });
    }
  });

  describe("refuses as invisible", () => {
    /** From the first to the last, both refused. What stands next to them on both sides is accepted, unless refused too. */
    const ranges: [what: string, first: number, last: number][] = [
      ["control characters", 0x00, 0x1f],
      ["DEL, the control characters of two bytes and the space that does not break", 0x7f, 0xa0],
      ["the soft hyphen", 0xad, 0xad],
      ["the grapheme joiner", 0x34f, 0x34f],
      ["the Arabic letter mark", 0x61c, 0x61c],
      ["the fillers of Hangul", 0x115f, 0x1160],
      ["the space of Ogham", 0x1680, 0x1680],
      ["the inherent vowels of Khmer", 0x17b4, 0x17b5],
      ["Mongolian selectors", 0x180b, 0x180f],
      ["spaces of many widths and of none, joiners and marks of direction", 0x2000, 0x200f],
      ["separators of lines, embeddings and overrides of direction, a narrow space", 0x2028, 0x202f],
      ["a space of mathematics, joiners, invisible operators, isolates and deprecated marks", 0x205f, 0x206f],
      ["the blank of Braille", 0x2800, 0x2800],
      ["the wide space", 0x3000, 0x3000],
      ["the filler of compatible Hangul", 0x3164, 0x3164],
      ["variation selectors", 0xfe00, 0xfe0f],
      ["the byte order mark", 0xfeff, 0xfeff],
      ["the filler of half width", 0xffa0, 0xffa0],
      ["marks around annotations and the place of an object", 0xfff0, 0xfffc],
      ["the last two of the first plane, which are no characters", 0xfffe, 0xffff],
      ["joiners and blanks of hieroglyphs", 0x13430, 0x13442],
      ["a filler of Khitan", 0x16fe4, 0x16fe4],
      ["shorthand controls", 0x1bca0, 0x1bca3],
      ["a note without a head", 0x1d159, 0x1d159],
      ["marks of musical notation", 0x1d173, 0x1d17a],
      ["tags", 0xe0000, 0xe0fff],
    ];
    for (const [what, first, last] of ranges) {
      it(what, async () => {
        const neighbours = [first - 1, last + 1].filter((codePoint) => codePoint >= 0 && codePoint !== 0x20);
        expect(await faultsOf(neighbours.map((codePoint) => characters(codePoint)))).to.deep.equal(
          neighbours.map(() => undefined),
        );
        const refused = [first, last];
        const at = (index: number) => refused.map((codePoint) => ({ kind: "invisible", index, codePoint }));
        expect(await faultsOf(refused.map((codePoint) => characters(codePoint)))).to.deep.equal(at(0));
        const inside = refused.map((codePoint) => Buffer.from(`QALICE é${String.fromCodePoint(codePoint)} model`));
        expect(await faultsOf(inside)).to.deep.equal(at(9));
      });
    }
  });

  describe("spaces", () => {
    it("stand between two other characters, in one word or where two meet", async () => {
      const texts = ["Qwen 2.5 Alice", "é é", `${"x".repeat(31)} x`, `${"x".repeat(32)} x`, `${"x ".repeat(40)}x`];
      expect(await faultsOf(texts.map((text) => Buffer.from(text)))).to.deep.equal(texts.map(() => undefined));
    });

    it("are refused at the beginning, at the end and after another: names would differ by what nobody sees", async () => {
      const texts = ["", " ", "Qwen", "x".repeat(31), "x".repeat(32), "é"].flatMap((text) => [
        { text: ` ${text}`, index: 0 },
        { text: `${text} `, index: Buffer.byteLength(text) },
        { text: `${text}x  x`, index: Buffer.byteLength(text) + 2 },
      ]);
      const first = ({ text, index }: (typeof texts)[number]) => ({
        kind: "spacing",
        index: text[0] === " " ? 0 : index,
      });
      expect(await faultsOf(texts.map(({ text }) => Buffer.from(text)))).to.deep.equal(texts.map(first));
    });
  });

  it("does not read what stands behind a text in the calldata", async () => {
    const { harness } = await networkHelpers.loadFixture(deployPlainText);
    const { provider } = ethers;
    const clean = encodeTexts("check(bytes32,string)", [WHAT, "0x41e282"]);
    const behind = (padding: string) => clean.slice(0, -padding.length) + padding;
    // A third byte would make it a character; a letter is one already, whatever follows.
    await expect(provider.call({ to: harness, data: behind("ac".repeat(29)) }))
      .to.be.revertedWithCustomError(harness, "PlainText_Malformed")
      .withArgs(WHAT, 1n);
    const letter = encodeTexts("check(bytes32,string)", [WHAT, "0x41"]);
    await provider.call({ to: harness, data: letter.slice(0, -62) + "ff".repeat(31) });
  });

  it("sees a control character right before a byte that could be carried into it", async () => {
    expect(await faultsOf([bytes("41 1f c3 a9"), bytes("41 7f ff"), bytes("1f ff")])).to.deep.equal([
      { kind: "invisible", index: 1, codePoint: 0x1f },
      { kind: "invisible", index: 1, codePoint: 0x7f },
      { kind: "invisible", index: 0, codePoint: 0x1f },
    ]);
  });

  it("reports the first of several faults", async () => {
    expect(await faultsOf([bytes("41 07 ff"), bytes("41 ff 07"), bytes("c3 a9 e2 80 ae 80")])).to.deep.equal([
      { kind: "invisible", index: 1, codePoint: 0x07 },
      { kind: "malformed", index: 1 },
      { kind: "invisible", index: 2, codePoint: 0x202e },
    ]);
  });
});
