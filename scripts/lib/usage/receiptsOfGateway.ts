import { gatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import type { AccountDocument } from "../../../sdk/src/gateway/wire.ts";
import type { TypedDataSigner } from "../../../sdk/src/signing/signer.ts";
import type { Found, FoundSeries } from "./receiptFolder.ts";

/** Who asks a gateway. */
export interface Asker {
  url: string;
  /** The address of the key, and who signs for it. */
  key: string;
  signer: TypedDataSigner;
}

/** Asks a gateway what it knows of series of one key, and says what contradicts their receipts. */
export async function gatewayContradictions(
  { url, key, signer }: Asker,
  all: readonly FoundSeries[],
): Promise<Found[]> {
  const own = all.filter(({ place }) => place.key === key);
  const users = [...new Set(own.map(({ place }) => place.user))];
  const found: Found[] = [];
  for (const user of users) {
    const client = gatewayClient({ url, user, key, signer, settleAfterSeconds: Infinity });
    const account = await client.account();
    for (const series of own) if (series.place.user === user) found.push(...differencesOf(account, series));
  }
  return found;
}

function differencesOf({ series }: AccountDocument, { file, modelId, receipts, head, signed }: FoundSeries): Found[] {
  const found = (sentence: string): Found => ({ file, line: null, modelId, sentence });
  const theirs = series.find((one) => one.modelId === modelId);
  if (theirs === undefined) return [found("The gateway knows of no receipts for this model.")];
  const count = BigInt(theirs.receipts);
  if (count < receipts) {
    return [found(`The gateway knows of ${count.toString()} receipts, and ${receipts.toString()} are here.`)];
  }
  if (count === receipts && theirs.head !== head) {
    return [found(`The gateway's receipt ${receipts.toString()} is another one than the one that is here.`)];
  }
  if (BigInt(theirs.signed.paid) > signed.paid)
    return [found("The gateway has a voucher for more than was signed here.")];
  return [];
}
