import type { Output } from "../command/output.ts";
import { tableOf } from "../command/table.ts";
import type { ChangedValue } from "./settingValues.ts";

/** Values that a call replaces, for people; what stays as it is says so. */
export const changeTable = (out: Output, values: ChangedValue[]): string =>
  tableOf(
    ["", ">now", ">proposed"],
    values.map(({ key, from, to }) => [key, out.inFull(from ?? ""), from === to ? "unchanged" : out.inFull(to)]),
  );
