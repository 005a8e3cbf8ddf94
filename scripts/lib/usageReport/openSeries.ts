import type { Voucher } from "../../../sdk/src/signing/voucher.ts";
import type { Session } from "../chain/session.ts";
import { SERIES_AT_ONCE } from "../settlement/survey.ts";
import { ReducedFile } from "../settlement/reducedFile.ts";
import { previewVouchers } from "../usage/voucherCheck.ts";
import type { Previewed } from "../usage/voucherCheck.ts";
import type { Asked } from "./settledDays.ts";

/** How many series are told one by one; the sums are over all of them. */
const MAX_TOLD = 1_000;

/** A series of which something that was signed is not collected. */
export interface OpenSeries {
  voucher: Voucher;
  /** What was collected of it [USDC units]. */
  collectedPaid: bigint;
  /** What is open [USDC units]. */
  open: bigint;
  /** Why the meter would collect nothing of it now; "none" if it would. */
  skip: Previewed["skip"];
  /** What it would collect now [USDC units]. */
  collectable: bigint;
}

/** What is signed, collected and open of a model [USDC units]. */
export interface ModelSums {
  series: number;
  signed: bigint;
  collected: bigint;
  open: bigint;
  /** What the meter would collect now. */
  collectable: bigint;
}

/** Where the vouchers of a store stand. */
export interface OpenUsage {
  models: Map<bigint, ModelSums>;
  /** Those with the most open, the highest first. */
  open: OpenSeries[];
}

/** Asks the chain about all vouchers of a file. */
export async function openUsage(
  session: Session,
  path: string,
  { modelId, user }: Pick<Asked, "modelId" | "user">,
): Promise<OpenUsage> {
  const usage: OpenUsage = { models: new Map(), open: [] };
  const ask = async (vouchers: Voucher[]) => {
    const views = await session.protocol.lens.seriesOf(
      vouchers.map(({ user: who, key, modelId: id }) => ({ user: who, key, modelId: id })),
      session.now,
    );
    const previews = await previewVouchers(
      session,
      vouchers.map((value, index) => ({ row: index, value })),
    );
    for (const [index, voucher] of vouchers.entries()) {
      const [{ collected }, preview] = [views[index]!, previews[index]!]; // one each
      const open = voucher.paid > collected.paid ? voucher.paid - collected.paid : 0n;
      const before = usage.models.get(voucher.modelId) ?? NOTHING;
      usage.models.set(voucher.modelId, {
        series: before.series + 1,
        signed: before.signed + voucher.paid,
        collected: before.collected + collected.paid,
        open: before.open + open,
        collectable: before.collectable + preview.collected.paid,
      });
      if (open === 0n) continue;
      const { skip } = preview;
      usage.open.push({ voucher, collectedPaid: collected.paid, open, skip, collectable: preview.collected.paid });
    }
    usage.open.sort((one, other) => (one.open > other.open ? -1 : 1)).splice(MAX_TOLD);
  };
  const file = new ReducedFile(path);
  try {
    let some: Voucher[] = [];
    for (const { voucher } of file.vouchers()) {
      if (modelId !== undefined && voucher.modelId !== modelId) continue;
      if (user !== undefined && voucher.user !== user.toLowerCase()) continue;
      some.push(voucher);
      if (some.length < SERIES_AT_ONCE) continue;
      await ask(some);
      some = [];
    }
    if (some.length !== 0) await ask(some);
  } finally {
    file.close();
  }
  return usage;
}

const NOTHING: ModelSums = { series: 0, signed: 0n, collected: 0n, open: 0n, collectable: 0n };
