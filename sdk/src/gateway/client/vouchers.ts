import { signVoucher } from "../../signing/voucher.ts";
import type { UsageRow } from "../../usage/row.ts";
import { NO_USAGE } from "../cost.ts";
import { jsonOfUsage } from "../receipt.ts";
import { MOST_VOUCHERS, vouchersHeader } from "../wire.ts";
import type { Ledger } from "./ledger.ts";
import type { Series } from "./series.ts";
import type { Settings } from "./settings.ts";

/** Vouchers on their way. */
export interface SentVouchers {
  /** The header with them; empty if there is none. */
  header: string;
  /** Is to be called once the gateway has taken them. */
  taken: () => void;
}

const isSame = (one: UsageRow, other: UsageRow) =>
  one.units === other.units && one.list === other.list && one.paid === other.paid;

/** Signs what receipts bear out, and nothing else. */
export class Vouchers {
  readonly #settings: Settings;
  /** The end of the signing that goes on: a sum is signed once. */
  #signing: Promise<unknown> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Vouchers for everything that is borne out and that the gateway may not have.
   * @param first The series that matters most, if not all fit into a request.
   */
  async due(ledger: Ledger, first?: Series): Promise<SentVouchers> {
    const others = ledger.all.filter((series) => series !== first);
    const series = (first === undefined ? others : [first, ...others]).filter(isDue).slice(0, MOST_VOUCHERS);
    for (const one of series) await this.#sign(ledger, one);
    const sent = series.flatMap((one) => (one.signed === undefined ? [] : [{ one, signed: one.signed }]));
    return {
      header: vouchersHeader(
        sent.map(({ one, signed: { sums, r, vs } }) => ({ modelId: BigInt(one.modelId), ...sums, r, vs })),
      ),
      taken: () => {
        for (const { one, signed } of sent) if (signed.sums.units >= one.delivered.units) one.delivered = signed.sums;
      },
    };
  }

  /** Signs the sums of a series unless they are signed. They are remembered before anybody gets the signature. */
  #sign(ledger: Ledger, series: Series): Promise<void> {
    const signed = this.#signing.then(async () => {
      const { sums } = series.head;
      if (series.stopped !== undefined || isSame(series.signed?.sums ?? NO_USAGE, sums)) return;
      const { user, key, signer } = this.#settings;
      const unsigned = { user, key, modelId: BigInt(series.modelId), ...sums };
      const { r, vs } = await signVoucher(signer, ledger.terms.where, unsigned);
      await ledger.remember({ kind: "signed", modelId: series.modelId, sums: jsonOfUsage(sums), r, vs });
      series.signed = { sums, r, vs };
    });
    this.#signing = signed.catch(() => undefined); // who asked for it is told
    return signed;
  }
}

/** Whether the gateway may lack a signature that it is owed. */
export const isDue = ({ stopped, head, delivered }: Series): boolean =>
  stopped === undefined && !isSame(head.sums, delivered);
