import type { Address } from "../../../../sdk/src/codec/hex.ts";
import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { voucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import type { VoucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import type { Cryptography } from "../../../../sdk/src/signing/cryptography.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { ServedModel } from "../config/models.ts";
import { Refusal } from "../refusals/refusal.ts";

/** How many vouchers are remembered that were found good. */
const REMEMBERED = 20_000;

/** Checks vouchers. One that comes again, as with each try of a request, is checked once. */
export class VoucherGate {
  readonly #check: VoucherChecker;
  readonly #models: ReadonlyMap<bigint, ServedModel>;
  /** By user, key and model, what was found good last. */
  readonly #good = new Map<string, string>();

  constructor(deployment: Deployment, models: ReadonlyMap<bigint, ServedModel>, cryptography: Cryptography) {
    this.#check = voucherChecker(deployment, cryptography);
    this.#models = models;
  }

  /** @throws Refusal if the voucher is not good. */
  check(voucher: Voucher): void {
    const { user, key, modelId, units, list, paid, r, vs } = voucher;
    const model = this.#models.get(modelId);
    if (model === undefined)
      throw new Refusal("badVoucher", `The gateway does not serve the model ${modelId.toString()}.`);
    const series = `${user} ${key} ${modelId.toString()}`;
    const said = `${units.toString()} ${list.toString()} ${paid.toString()} ${r} ${vs}`;
    if (this.#good.get(series) === said) return;
    // Session and books have the addresses with their checksums: to look at those again would take longer than the rest.
    const plain = { ...voucher, user: user.toLowerCase() as Address, key: key.toLowerCase() as Address };
    const checked = this.#check(plain, { minimumPrice: model.prices.minimumPrice });
    if (!checked.ok) throw new Refusal("badVoucher", checked.sentence);
    if (this.#good.size >= REMEMBERED) this.#good.delete(this.#good.keys().next().value!); // the oldest
    this.#good.set(series, said);
  }
}
