import type { Session } from "../chain/session.ts";
import { timeOf } from "../chain/session.ts";
import { hurryOf, isWorth } from "./due.ts";
import type { Thresholds } from "./due.ts";
import type { FiledVoucher, ReducedFile } from "./reducedFile.ts";

/** Series that are asked about at once: a public node answers a call that takes so much gas. */
export const SERIES_AT_ONCE = 300;

/** A voucher that is to be collected: where it stands in its file, and what is open of it [USDC units]. */
export interface DueVoucher extends Pick<FiledVoucher, "offset" | "length"> {
  open: bigint;
}

/** What is to be collected now, and what is not. */
export interface Survey {
  /** By model, the models with the most open first; of each the highest open value first. */
  due: { modelId: bigint; vouchers: DueVoucher[] }[];
  /** Vouchers of which everything was collected before. */
  collectedBefore: number;
  /** Vouchers of users who owe too little for now. */
  waiting: number;
  /** What is open of those [USDC units]. */
  waitingOpen: bigint;
  /** Vouchers that are collected because money or a signature would be out of reach later. */
  hurried: number;
}

interface User {
  open: bigint;
  openedAt: bigint | undefined;
}

interface Series extends DueVoucher {
  modelId: bigint;
  user: User;
  isHurried: boolean;
}

/** Asks the lens about all vouchers of a file, and finds those that are to be collected now. */
export async function survey(
  session: Session,
  file: ReducedFile,
  thresholds: Thresholds,
  announce: (step: string) => void,
): Promise<Survey> {
  const now = await timeOf(session);
  const [users, series] = [new Map<string, User>(), [] as Series[]];
  let [asked, collectedBefore] = [0, 0];
  const ask = async (some: FiledVoucher[]) => {
    const views = await session.protocol.lens.seriesOf(
      some.map(({ voucher: { user, key, modelId } }) => ({ user, key, modelId })),
      session.now,
    );
    for (const [index, { voucher, openedAt, offset, length }] of some.entries()) {
      const view = views[index]!; // one each
      const open = voucher.paid - view.collected.paid;
      if (open <= 0n) {
        ++collectedBefore;
        continue;
      }
      const user = users.get(voucher.user) ?? { open: 0n, openedAt: undefined };
      users.set(voucher.user, user);
      user.open += open;
      if (openedAt !== undefined && openedAt < (user.openedAt ?? openedAt + 1n)) user.openedAt = openedAt;
      const isHurried = hurryOf(view, now) !== undefined;
      series.push({ offset, length, open, modelId: voucher.modelId, user, isHurried });
    }
    announce(`Asking what is open, ${(asked += some.length).toString()} vouchers`);
  };
  let some: FiledVoucher[] = [];
  for (const one of file.vouchers()) {
    some.push(one);
    if (some.length < SERIES_AT_ONCE) continue;
    await ask(some);
    some = [];
  }
  if (some.length !== 0) await ask(some);

  const result: Survey = { due: [], collectedBefore, waiting: 0, waitingOpen: 0n, hurried: 0 };
  const models = new Map<bigint, DueVoucher[]>();
  for (const { modelId, user, isHurried, ...voucher } of series) {
    const isEnough = isWorth(user, thresholds, now);
    if (!isEnough && !isHurried) {
      ++result.waiting;
      result.waitingOpen += voucher.open;
      continue;
    }
    if (!isEnough) ++result.hurried;
    const vouchers = models.get(modelId) ?? [];
    models.set(modelId, vouchers);
    vouchers.push(voucher);
  }
  const total = (vouchers: DueVoucher[]) => vouchers.reduce((sum, { open }) => sum + open, 0n);
  result.due = [...models]
    .map(([modelId, vouchers]) => ({ modelId, vouchers: vouchers.sort(highestFirst), open: total(vouchers) }))
    .sort(highestFirst);
  return result;
}

const highestFirst = (one: { open: bigint }, other: { open: bigint }) =>
  one.open === other.open ? 0 : one.open > other.open ? -1 : 1;
