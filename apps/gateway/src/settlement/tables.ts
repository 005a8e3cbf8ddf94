import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";

import { typedText } from "../../../../sdk/src/text/plainText.ts";
import { OperatorError } from "../config/operatorError.ts";
import type { LogFile } from "./logFiles.ts";
import type { JsonLog } from "./reduce.ts";

/** The columns that a log must have if it is a table, and those that it may have. */
const COLUMNS = ["chainId", "meter", "user", "key", "modelId", "units", "listUsdc", "paidUsdc", "signature"];
const OPTIONAL = ["collectedUsdc", "openedAt"];

/** The first line of a CSV file has its columns; they fit into so much [bytes]. */
const HEADER = 1 << 16;

const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Writes logs that are tables (CSV, Parquet) as JSON lines, row by row.
 * @param memory Of the database that reads them [MB].
 * @throws OperatorError if a column is missing, or a file is not what its name says.
 */
export async function tablesAsJson(files: readonly LogFile[], folder: string, memory: number): Promise<JsonLog[]> {
  if (files.length === 0) return [];
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memory.toString()}MB`,
    temp_directory: join(folder, "spilled"),
  });
  const database = await instance.connect();
  try {
    const logs: JsonLog[] = [];
    for (const [index, file] of files.entries()) {
      const path = join(folder, `table-${index.toString()}.jsonl`);
      await writeAsJson(database, file, path);
      logs.push({ path, name: file.path, size: statSync(path).size });
    }
    return logs;
  } finally {
    database.closeSync();
    instance.closeSync();
  }
}

async function writeAsJson(database: DuckDBConnection, file: LogFile, path: string): Promise<void> {
  try {
    const columns = file.kind === "csv" ? csvColumns(file.path) : await parquetColumns(database, file.path);
    const missing = COLUMNS.filter((name) => !columns.includes(name));
    if (missing.length !== 0) {
      throw new OperatorError(`"${typedText(file.path)}" has no column ${missing.join(", ")}: name a log of vouchers.`);
    }
    // Quotes are taken off here: see `csvRows`.
    const textOf = (name: string) =>
      file.kind === "csv" ? `trim(${sqlName(name)}, '" ')` : `${sqlName(name)}::VARCHAR`;
    const values = [...COLUMNS, ...OPTIONAL.filter((name) => columns.includes(name))].map(
      (name) => `nullif(${textOf(name)}, '') as ${sqlName(name)}`,
    );
    const rows = file.kind === "csv" ? csvRows(file.path, columns) : `read_parquet(${sqlText(file.path)})`;
    await database.run(`copy (select ${values.join(", ")} from ${rows}) to ${sqlText(path)} (format json)`);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new OperatorError(`"${typedText(file.path)}" cannot be read as ${file.kind}: ${reason!}`); // one line at least
  }
}

/**
 * The rows of a CSV file. No value of a voucher has a comma in it, so quotes do not matter: one that is not closed must not
 * swallow the rows behind it.
 */
function csvRows(path: string, columns: readonly string[]): string {
  const types = columns.map(
    (name, index) => `${sqlText(name === "" ? `column ${index.toString()}` : name)}: 'VARCHAR'`,
  );
  return `read_csv(${sqlText(path)}, auto_detect = false, header = true, delim = ',', quote = '', escape = '',
    strict_mode = false, null_padding = true, ignore_errors = true, columns = {${types.join(", ")}})`;
}

function csvColumns(path: string): string[] {
  const [file, bytes] = [openSync(path, "r"), Buffer.alloc(HEADER)];
  try {
    const read = readSync(file, bytes, 0, HEADER, 0);
    const [line] = bytes.toString("utf8", 0, read).split(/\r?\n/);
    return line!
      .replace(/^\ufeff/, "")
      .split(",")
      .map((name) => name.trim().replace(/^"(.*)"$/, "$1")); // one line at least
  } finally {
    closeSync(file);
  }
}

async function parquetColumns(database: DuckDBConnection, path: string): Promise<string[]> {
  return (await database.runAndReadAll(`select * from read_parquet(${sqlText(path)}) limit 0`)).columnNames();
}
