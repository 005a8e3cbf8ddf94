import { AbiCoder, Interface, concat, encodeBytes32String, hexlify, id } from "ethers";

import { ethers } from "./fixtures.ts";
import type { Fault } from "./model/plainText.ts";

/** What the texts of the tests are called in errors. */
export const WHAT = encodeBytes32String("text");

const ERRORS = new Interface([
  "error PlainText_Malformed(bytes32 what, uint256 index)",
  "error PlainText_Invisible(bytes32 what, uint256 index, uint256 codePoint)",
  "error PlainText_Spacing(bytes32 what, uint256 index)",
]);

/** The data of a call whose texts need not be well-formed: `string` is encoded as `bytes` is. */
export const encodeTexts = (signature: string, values: unknown[]): string => {
  const types = signature.slice(signature.indexOf("(") + 1, -1).replaceAll("string", "bytes");
  return concat([id(signature).slice(0, 10), AbiCoder.defaultAbiCoder().encode(types.split(","), values)]);
};

/** Deploys the library and returns a function that says what it finds in each of many texts. */
export async function deployPlainText() {
  const harness = await ethers.deployContract("TextHarness");
  const provider = ethers.provider;
  const faultsOf = async (texts: readonly Uint8Array[]): Promise<(Fault | undefined)[]> => {
    const data = encodeTexts("verdicts(bytes32,string[])", [WHAT, texts.map((text) => hexlify(text))]);
    const answer = await provider.call({ to: harness, data });
    const [verdicts] = harness.interface.decodeFunctionResult("verdicts", answer) as unknown as [string[]];
    return verdicts.map(faultIn);
  };
  return { harness, faultsOf };
}

/** The fault that the data of a revert reports. */
function faultIn(data: string): Fault | undefined {
  if (data === "0x") return undefined;
  const { name, args } = ERRORS.parseError(data)!;
  if (args[0] !== WHAT) throw new Error(`The error names another text: ${String(args[0])}`);
  const index = Number(args[1]);
  if (name === "PlainText_Invisible") return { kind: "invisible", index, codePoint: Number(args[2]) };
  return { kind: name === "PlainText_Malformed" ? "malformed" : "spacing", index };
}
