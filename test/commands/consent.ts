import { PassThrough } from "node:stream";

import { expect } from "chai";

import { Sending } from "../../scripts/lib/sending/sending.ts";
import type { SendingOptions } from "../../scripts/lib/sending/sending.ts";

const QUESTION = "Send this? [y/N] ";
const REFUSED = "Nothing was sent, as you wished.";

describe("the question before a command sends", () => {
  /** A person at a terminal, or something that is none. */
  function seated(options: Partial<SendingOptions> = {}, isTTY = true) {
    const input = Object.assign(new PassThrough(), { isTTY });
    const output = new PassThrough();
    const defaults = { dryRun: false, yes: false, priorityFee: undefined };
    const sending = new Sending("buy", { ...defaults, ...options }, { input, output });
    const asked = () => (output.read() as Buffer | null)?.toString() ?? "";
    return { sending, input, asked };
  }
  const refusalOf = async (consent: Promise<void>) =>
    await consent.then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );

  for (const answer of ["y", "Y", "yes", "YES", " yes "]) {
    it(`is answered by "${answer}", and is not asked again`, async () => {
      const { sending, input, asked } = seated();
      const consent = sending.consent({ json: false });
      input.write(`${answer}\n`);
      await consent;
      expect(asked()).to.contain(QUESTION);
      await sending.consent({ json: false });
      expect(asked()).to.equal("");
    });
  }

  for (const answer of ["", "n", "no", "yes please", "j"]) {
    it(`is declined by "${answer}", and is asked again by the next command`, async () => {
      const { sending, input } = seated();
      const consent = refusalOf(sending.consent({ json: false }));
      input.write(`${answer}\n`);
      expect(await consent).to.equal(REFUSED);
    });
  }

  it("is declined by the end of the input", async () => {
    const { sending, input } = seated();
    const consent = refusalOf(sending.consent({ json: false }));
    input.end();
    expect(await consent).to.equal(REFUSED);
  });

  it("is not asked with --yes", async () => {
    const { sending, asked } = seated({ yes: true });
    await sending.consent({ json: false });
    expect(asked()).to.equal("");
  });

  it("is not asked with --json", async () => {
    const { sending, asked } = seated();
    await sending.consent({ json: true });
    expect(asked()).to.equal("");
  });

  it("is not asked where stdin is no terminal", async () => {
    const { sending, asked } = seated({}, false);
    await sending.consent({ json: false });
    expect(asked()).to.equal("");
  });
});
