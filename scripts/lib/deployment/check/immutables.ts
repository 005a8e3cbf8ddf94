import {
  TypedDataEncoder,
  concat,
  getAddress,
  id,
  keccak256,
  toBeHex,
  toUtf8Bytes,
  zeroPadBytes,
  zeroPadValue,
} from "ethers";

import type { ProtocolAddresses } from "../../../../deploy/config/deployed.ts";
import type { Parameters } from "../../../../deploy/config/parameters.ts";
import type { ProtocolContract } from "../recordFormat.ts";
import { immutablesIn } from "./code.ts";
import type { ImmutableReferences } from "./code.ts";
import type { Comparison } from "./comparison.ts";

/** An immutable as it is declared. */
export interface Declaration {
  name: string;
  /** Its type in Solidity. */
  type: string;
}

/** What immutables follow from. */
export interface Ground {
  addresses: ProtocolAddresses;
  parameters: Pick<Parameters, "chainId" | "flockBurns" | "pairFeeBps">;
  deployer: string;
  usdcDecimals: number;
  /** Keccak-256 of the code that creates a Model Token. */
  tokenCodeHash: string;
}

/** The bounds of a tier's compute cost: 0.001 and 1,000 USDC. */
const MIN_COST_PER_UNIT = 1_000n;
const MAX_COST_UNITS = 1_000n;

/** EIP-712 name and version of the meter. */
const METER_DOMAIN = { name: "FOMO InferenceMeter", version: "1" };

const word = (value: bigint | boolean) => toBeHex(BigInt(value), 32);
const address = (value: string) => zeroPadValue(value, 32).toLowerCase();

/** A text of at most 31 bytes as OpenZeppelin's ShortString keeps it: its length is the last byte. */
const shortString = (text: string) => {
  const bytes = toUtf8Bytes(text);
  return concat([zeroPadBytes(bytes, 31), toBeHex(bytes.length, 1)]);
};

/** What each immutable must be [32 bytes], by its name: it means the same in every contract that has it. */
export function expectedImmutables({
  addresses,
  parameters,
  deployer,
  usdcDecimals,
  tokenCodeHash,
}: Ground): Record<string, string> {
  const usdcUnit = 10n ** BigInt(usdcDecimals);
  const { name, version } = METER_DOMAIN;
  const domain = { name, version, chainId: parameters.chainId, verifyingContract: addresses.meter };
  return {
    FLOCK: address(addresses.flock),
    USDC: address(addresses.usdc),
    DEX_FACTORY: address(addresses.dexFactory),
    REGISTRY: address(addresses.registry),
    TOKEN_FACTORY: address(addresses.tokenFactory),
    VAULT: address(addresses.vault),
    LOCKER: address(addresses.locker),
    GRADUATION: address(addresses.graduation),
    OFFERING: address(addresses.offering),
    STAKING: address(addresses.staking),
    METER: address(addresses.meter),
    WATERFALL: address(addresses.waterfall),
    BUYBACK: address(addresses.buyback),
    EMISSIONS: address(addresses.emissions),
    DEPLOYER: address(deployer),
    FLOCK_BURNS: word(parameters.flockBurns),
    PAIR_FEE_BPS: word(BigInt(parameters.pairFeeBps)),
    USDC_UNIT: word(usdcUnit),
    MIN_COMPUTE_COST: word(usdcUnit / MIN_COST_PER_UNIT),
    MAX_COMPUTE_COST: word(usdcUnit * MAX_COST_UNITS),
    TOKEN_CODE_HASH: tokenCodeHash,
    // OpenZeppelin's EIP712, which the meter is.
    _cachedDomainSeparator: TypedDataEncoder.hashDomain(domain),
    _cachedChainId: word(BigInt(parameters.chainId)),
    _cachedThis: address(addresses.meter),
    _hashedName: id(name),
    _hashedVersion: id(version),
    _name: shortString(name),
    _version: shortString(version),
  };
}

/** The hash of the code that creates a Model Token, as the token factory keeps it. */
export const tokenCodeHashOf = (creationCode: string) => keccak256(creationCode);

/** An immutable for people: an address, a number, or its bytes. */
export function showImmutable(type: string, value: string): string {
  if (type === "address" || type.startsWith("contract ")) {
    return /^0x0{24}/.test(value) ? getAddress(`0x${value.slice(26)}`) : value;
  }
  if (type === "bool") return value === word(true) ? "true" : value === word(false) ? "false" : value;
  return type.startsWith("uint") ? BigInt(value).toString() : value;
}

/** What is shown where this version does not know what an immutable must be. */
const UNKNOWN = "not known to this version";

/** Compares every immutable in the code of a contract with what it must be. */
export function immutableComparisons(
  contract: ProtocolContract,
  code: string,
  references: ImmutableReferences,
  declarations: ReadonlyMap<string, Declaration>,
  expected: Readonly<Record<string, string>>,
): Comparison[] {
  return [...immutablesIn(code, references)].map(([declared, values]) => {
    const { name, type } = declarations.get(declared) ?? { name: `immutable ${declared}`, type: "bytes32" };
    const wanted = expected[name];
    return {
      group: "immutables",
      key: `${contract}.${name}`,
      expected: wanted === undefined ? UNKNOWN : showImmutable(type, wanted),
      actual: values.map((value) => showImmutable(type, value)).join(" and "),
    };
  });
}
