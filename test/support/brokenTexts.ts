import type { JsonRpcProvider } from "ethers";
import { AbiCoder, concat, keccak256, toBeHex, zeroPadBytes } from "ethers";

/** Texts that no registry of this version would take: each has bytes that are no UTF-8, and what a terminal would obey. */
export const BROKEN = {
  /** A byte that begins nothing, an escape that clears the screen, a line of its own. */
  name: { bytes: "0x51ff1b5b324a0a4d6f64656c", text: "Q\ufffd\u001b[2J\nModel", shown: "Q\ufffd\\u{1b}[2J\\u{a}Model" },
  /** A character that is cut off, a mark that turns the direction, an escape of one character. */
  symbol: { bytes: "0x53e282e280aec29b41", text: "S\ufffd\u202e\u009bA", shown: "S\ufffd\\u{202e}\\u{9b}A" },
  /** A surrogate, a bell, a character without width. */
  apiId: { bytes: "0x617069eda08007e2808b", text: "api\ufffd\ufffd\ufffd\u0007\u200b", shown: "api\ufffd\ufffd\ufffd\\u{7}\\u{200b}" },
} as const; // prettier-ignore

/** Slots that a contract of the protocol may use for itself. */
const SLOTS = 64;

/** A text of at most 31 bytes as `ShortStrings` keeps it. */
const shortString = (bytes: string) => `${zeroPadBytes(bytes, 31)}${lengthOf(bytes)}`;
/** A text of at most 31 bytes as the language keeps it: twice its length stands in the last byte. */
const storedString = (bytes: string) => `${zeroPadBytes(bytes, 31)}${lengthOf(bytes, 2)}`;
const lengthOf = (bytes: string, factor = 1) => (((bytes.length - 2) / 2) * factor).toString(16).padStart(2, "0");

/** Writes texts into the registry that it would refuse, wherever it keeps those that a model has now. */
export async function breakTexts(
  provider: JsonRpcProvider,
  registry: string,
  modelId: bigint,
  present: { name: string; symbol: string; apiId: string },
): Promise<void> {
  const hex = (text: string) => `0x${Buffer.from(text).toString("hex")}`;
  const replaced = new Map([
    [shortString(hex(present.name)), shortString(BROKEN.name.bytes)],
    [shortString(hex(present.symbol)), shortString(BROKEN.symbol.bytes)],
    ...(present.apiId === "" ? [] : [[storedString(hex(present.apiId)), storedString(BROKEN.apiId.bytes)] as const]),
  ]);
  const wanted = replaced.size;
  let written = 0;
  for (let slot = 0; slot < SLOTS; ++slot) {
    const record = BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(["uint256", "uint256"], [modelId, slot])));
    for (let field = 0n; field < 4n; ++field) {
      const place = toBeHex(record + field, 32);
      const now = (await provider.send("eth_getStorageAt", [registry, place, "latest"])) as string;
      const broken = replaced.get(now);
      if (broken === undefined) continue;
      await provider.send("hardhat_setStorageAt", [registry, place, concat([broken])]);
      ++written;
    }
  }
  if (written !== wanted) throw new Error(`${written.toString()} of ${wanted.toString()} texts were found`);
}
