import { addressOf } from "../codec/address.ts";
import type { Address, Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import type { Cryptography } from "../signing/cryptography.ts";
import { checkSigner } from "../signing/recover.ts";
import { readCompact } from "../signing/signature.ts";
import { gatewayDomainOf } from "./domain.ts";
import type { MeterPlace } from "../signing/domains.ts";
import type { Flaw, Signed } from "../signing/flaw.ts";
import { flaw } from "../signing/flaw.ts";
import { structHasher } from "../signing/structs.ts";
import type { TypedDataField } from "../signing/structs.ts";
import { digester } from "../signing/typedData.ts";
import type { Domain } from "../signing/typedData.ts";
import { typesFlaw } from "../signing/values.ts";
import type { UsageRow } from "../usage/row.ts";
import type { TokenCounts } from "./cost.ts";
import { MOST_SIGNED_TOGETHER, isSignedWith, receiptsDigester } from "./signedTogether.ts";

/** What a gateway says that it has served for one request, and what is to be signed for everything up to it. */
export interface UsageReceipt {
  /** 32 bytes that the client chose. */
  requestId: Hex;
  user: Address;
  key: Address;
  modelId: bigint;
  /** Its place among the receipts of this user, key and model; the first is 1. */
  number: bigint;
  /** The digest of the receipt before it; zeros for the first. */
  previous: Hex;
  tokens: TokenCounts;
  /** What this request cost. */
  used: UsageRow;
  /** The sums of user, key and model after it: what the next voucher says. */
  sums: UsageRow;
  /** SHA-256 of the body of the request, and of the body of the answer up to where the receipt stands. */
  requestHash: Hex;
  answerHash: Hex;
  /** When the answer ended [s]. */
  servedAt: bigint;
}

/** A receipt as it is sent: with the compact signature of the gateway (EIP-2098). */
export interface SignedReceipt extends UsageReceipt {
  /** The digests of all receipts that the signature is for, in their order, with its own among them: eight at most. */
  signedWith: readonly Hex[];
  r: Hex;
  vs: Hex;
}

/** What the first receipt of a series chains to. */
export const NO_RECEIPT: Hex = `0x${"00".repeat(32)}`;

/** The EIP-712 type of a receipt. */
export const RECEIPT_TYPE = "GatewayReceipt";

/** Its fields, all of them one word. */
export const RECEIPT_FIELDS: readonly TypedDataField[] = [
  { name: "requestId", type: "bytes32" },
  { name: "user", type: "address" },
  { name: "key", type: "address" },
  { name: "modelId", type: "uint256" },
  { name: "number", type: "uint64" },
  { name: "previous", type: "bytes32" },
  { name: "inputTokens", type: "uint64" },
  { name: "cachedTokens", type: "uint64" },
  { name: "outputTokens", type: "uint64" },
  { name: "units", type: "uint64" },
  { name: "list", type: "uint96" },
  { name: "paid", type: "uint96" },
  { name: "unitsSum", type: "uint64" },
  { name: "listSum", type: "uint96" },
  { name: "paidSum", type: "uint96" },
  { name: "requestHash", type: "bytes32" },
  { name: "answerHash", type: "bytes32" },
  { name: "servedAt", type: "uint64" },
];

/** A receipt as the values of its EIP-712 type. */
export const receiptValues = ({ tokens, used, sums, ...rest }: UsageReceipt): Record<string, string | bigint> => ({
  ...{ requestId: rest.requestId, user: rest.user, key: rest.key, modelId: rest.modelId, number: rest.number },
  previous: rest.previous,
  ...{ inputTokens: BigInt(tokens.input), cachedTokens: BigInt(tokens.cached), outputTokens: BigInt(tokens.output) },
  ...{ units: used.units, list: used.list, paid: used.paid },
  ...{ unitsSum: sums.units, listSum: sums.list, paidSum: sums.paid },
  ...{ requestHash: rest.requestHash, answerHash: rest.answerHash, servedAt: rest.servedAt },
});

/**
 * Makes a function that gives the digest of receipts, which the next receipt names and the gateway signs together with
 * others: for many of them what they have in common is worked out once. It does not look at the values.
 * @param where The deployment, or the gateway's domain.
 * @param cryptography Faster than that of ethers, if there is one.
 */
export function receiptDigester(
  where: MeterPlace | Domain,
  cryptography?: Pick<Cryptography, "keccak256">,
): (receipt: UsageReceipt) => Hex {
  const hashStruct = structHasher(RECEIPT_TYPE, RECEIPT_FIELDS, cryptography);
  const digest = digester(gatewayDomainOf(where), cryptography);
  return (receipt) => digest(hashStruct(receiptValues(receipt)));
}

/**
 * Checks that a gateway has signed a receipt. It throws for none, whatever stands in its place.
 * @param gateway The gateway's address.
 */
export function checkReceipt(where: MeterPlace | Domain, receipt: SignedReceipt, gateway: string): Signed | Flaw {
  const found = receiptFlaw(receipt);
  if (found !== undefined) return found;
  const { signedWith, r, vs } = receipt;
  if (!isSignedWith(signedWith, receiptDigester(where)(receipt))) {
    return flaw("otherSigner", "The receipt is not among those that its signature is for.");
  }
  return checkSigner(receiptsDigester(where)(signedWith), readCompact(r, vs), gateway, "the gateway");
}

/** What a receipt lacks; undefined if it has a value of its kind in each place. */
function receiptFlaw(receipt: UsageReceipt): Flaw | undefined {
  try {
    return typesFlaw(RECEIPT_FIELDS, receiptValues(receipt));
  } catch {
    return flaw("unreadable", NO_VALUES);
  }
}

const NO_VALUES = "It is no receipt of a gateway: a key is missing, or has another kind of value.";

/** A receipt in JSON: amounts as decimal text of USDC units, so that nothing is rounded. */
export interface ReceiptEntry {
  requestId: string;
  user: string;
  key: string;
  modelId: number;
  number: number;
  previous: string;
  tokens: TokenCounts;
  used: UsageSums;
  sums: UsageSums;
  requestHash: string;
  answerHash: string;
  servedAt: number;
  signedWith: string[];
  r: string;
  vs: string;
}

/** A usage in JSON [units, USDC units, USDC units]. */
export interface UsageSums {
  units: string;
  list: string;
  paid: string;
}

/** A usage in JSON. */
export const jsonOfUsage = ({ units, list, paid }: UsageRow): UsageSums => ({
  units: units.toString(),
  list: list.toString(),
  paid: paid.toString(),
});

/** A receipt in JSON. */
export const jsonOfReceipt = (receipt: SignedReceipt): ReceiptEntry => ({
  ...{ requestId: receipt.requestId, user: receipt.user, key: receipt.key, modelId: Number(receipt.modelId) },
  ...{ number: Number(receipt.number), previous: receipt.previous, tokens: receipt.tokens },
  ...{ used: jsonOfUsage(receipt.used), sums: jsonOfUsage(receipt.sums) },
  ...{ requestHash: receipt.requestHash, answerHash: receipt.answerHash, servedAt: Number(receipt.servedAt) },
  ...{ signedWith: [...receipt.signedWith], r: receipt.r, vs: receipt.vs },
});

/** Reads a receipt from JSON. It throws for none, whatever stands in its place; who has signed it, `checkReceipt` says. */
export function receiptOfJson(entry: unknown): { ok: true; receipt: SignedReceipt } | Flaw {
  try {
    const { tokens, used, sums, ...rest } = entry as ReceiptEntry;
    const receipt: SignedReceipt = {
      ...{ requestId: hexIn(rest.requestId), user: addressOf(rest.user), key: addressOf(rest.key) },
      ...{ modelId: wholeIn(rest.modelId), number: wholeIn(rest.number), previous: hexIn(rest.previous) },
      tokens: { input: countIn(tokens.input), cached: countIn(tokens.cached), output: countIn(tokens.output) },
      ...{ used: usageIn(used), sums: usageIn(sums) },
      ...{ requestHash: hexIn(rest.requestHash), answerHash: hexIn(rest.answerHash), servedAt: wholeIn(rest.servedAt) },
      ...{ signedWith: listIn(rest.signedWith).map(hexIn), r: hexIn(rest.r), vs: hexIn(rest.vs) },
    };
    const found = typesFlaw(RECEIPT_FIELDS, receiptValues(receipt));
    return found ?? { ok: true, receipt };
  } catch {
    return flaw("unreadable", NO_VALUES);
  }
}

const DIGITS = /^\d{1,30}$/;

function unreadable(): never {
  throw new FomoError("badValue", "It is no value of a receipt.");
}

const hexIn = (value: unknown): Hex =>
  typeof value === "string" && value.startsWith("0x") ? (value as Hex) : unreadable();

const listIn = (value: unknown): unknown[] =>
  Array.isArray(value) && value.length <= MOST_SIGNED_TOGETHER ? value : unreadable();

const countIn = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : unreadable();

const wholeIn = (value: unknown): bigint => BigInt(countIn(value));

const amountIn = (value: unknown): bigint =>
  typeof value === "string" && DIGITS.test(value) ? BigInt(value) : unreadable();

/** A usage of JSON. */
const usageIn = ({ units, list, paid }: UsageSums): UsageRow => ({
  units: amountIn(units),
  list: amountIn(list),
  paid: amountIn(paid),
});
