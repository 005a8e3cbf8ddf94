import { Interface, getAddress, hexlify, toBeHex, toUtf8Bytes } from "ethers";
import type { EventFragment, ParamType } from "ethers";

import * as abis from "../../sdk/src/abi/index.ts";
import { KNOWN_DEPLOYMENTS } from "../../sdk/src/deployments/known.ts";
import type { EventContract } from "../../sdk/src/events/event.ts";
import { EVENT_SENTENCES } from "../../sdk/src/events/sentences.ts";
import { Random } from "./random.ts";
import { scaled } from "./scale.ts";

/** How many random values each event is encoded with. */
export const CASES = scaled(5, 1_000);

/** The deployment whose events they are. */
export const deployment = KNOWN_DEPLOYMENTS[31_337]!;
const random = new Random("sdk/events");

/** The ABI of a contract, read without the SDK. */
const interfaceOf = (name: EventContract) => new Interface(abis[`${name}Abi`]);
/** All contracts that emit something. */
export const contracts = Object.keys(EVENT_SENTENCES) as EventContract[];
/** The events of a contract. */
export const eventsOfAbi = (name: EventContract) =>
  interfaceOf(name).fragments.filter((one): one is EventFragment => one.type === "event");

/** Every event of every contract. */
export const all = contracts.flatMap((contract) => eventsOfAbi(contract).map((fragment) => ({ contract, fragment })));

/** A token and a pair of models that no deployment names. */
export const models = { modelTokens: [drawAddress()], pairs: [drawAddress()] };
const addressOf = (contract: EventContract) =>
  contract === "modelToken"
    ? models.modelTokens[0]!
    : contract === "pair"
      ? models.pairs[0]!
      : deployment.addresses[contract];

/** Any address. */
export function drawAddress() {
  return getAddress(toBeHex(random.uniform(0n, 2n ** 160n - 1n), 20));
}

const TEXTS = ["", "Qwen Alice", "小爱 🤖", "a\u001b[2J\nb", "\u202etxt", "x".repeat(300), "$&{name}"];

/** A random value of a type, of any size. */
function draw(type: ParamType): unknown {
  if (type.isArray()) {
    const length = type.arrayLength === -1 ? Number(random.uniform(0n, 3n)) : type.arrayLength;
    return Array.from({ length }, () => draw(type.arrayChildren));
  }
  if (type.isTuple()) return Object.fromEntries(type.components.map((part) => [part.name, draw(part)]));
  const bits = /^uint(\d+)$/.exec(type.type)?.[1];
  if (bits !== undefined)
    return random.pick([0n, random.magnitude(1n, 2n ** BigInt(bits) - 1n), 2n ** BigInt(bits) - 1n]);
  const bytes = /^bytes(\d+)$/.exec(type.type)?.[1];
  if (bytes !== undefined) return toBeHex(random.uniform(0n, 2n ** (8n * BigInt(bytes)) - 1n), Number(bytes));
  switch (type.type) {
    case "address":
      return drawAddress();
    case "bool":
      return random.pick([true, false]);
    case "string":
      return random.pick(TEXTS);
    case "bytes":
      return hexlify(toUtf8Bytes(random.pick(TEXTS)));
    default:
      throw new Error(`no value of ${type.type} can be drawn`);
  }
}

/** An event with random values as a log, and what it has to be decoded to. */
export function drawLog(contract: EventContract, fragment: EventFragment) {
  const values = fragment.inputs.map((input) => draw(input));
  const args = Object.fromEntries(fragment.inputs.map(({ name }, index) => [name || `arg${index}`, values[index]]));
  const log = { address: addressOf(contract), ...interfaceOf(contract).encodeEventLog(fragment, values) };
  return { log, args };
}
