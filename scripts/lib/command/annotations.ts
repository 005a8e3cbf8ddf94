import { showDistance } from "../../../sdk/src/units/show.ts";

/** What a command has learnt about its chain, and a reader would look up. */
export interface Known {
  /** Whose an address is; addresses in small letters. */
  names: ReadonlyMap<string, string>;
  /** The chain's time now [s]. */
  time: () => bigint;
}

/** An address, and what stands behind it: a name already, perhaps. */
const ADDRESS = /(?<![0-9a-zA-Z])0x[0-9a-fA-F]{40}(?![0-9a-zA-Z]| \()/g;
/** A moment as `showTime` writes it, which nobody has explained yet. */
const MOMENT = /(?<!\d)(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC(?! \()/g;
/** A line of a table, whose columns must stay as wide as they are. */
const ROW = /^\s*[│┌├└]/;

/**
 * Prose with the names of the addresses that are known, and with the distance of every moment from now. An address that
 * stands after its own name is left alone, and so are tables, in which a cell is completed before it is drawn.
 */
export const annotated = (text: string, known: Known): string =>
  text
    .split("\n")
    .map((line) => (ROW.test(line) ? line : annotatedLine(line, known)))
    .join("\n");

function annotatedLine(line: string, { names, time }: Known): string {
  return line
    .replace(ADDRESS, (address, place: number) => {
      const name = names.get(address.toLowerCase());
      const before = line.slice(0, place).trimEnd().toLowerCase();
      return name === undefined || before.endsWith(name.toLowerCase()) ? address : `${address} (${name})`;
    })
    .replace(MOMENT, (moment, day: string, hour: string) => {
      const milliseconds = Date.parse(`${day}T${hour}Z`);
      // Somebody else's text may look like a moment and be none.
      return Number.isNaN(milliseconds) ? moment : `${moment} (${showDistance(BigInt(milliseconds / 1_000), time())})`;
    });
}
