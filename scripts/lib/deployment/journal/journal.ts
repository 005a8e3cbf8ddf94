import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { CommandError } from "../../command/commandError.ts";
import { shownPath } from "../../command/textFile.ts";

/** Ignition's name of the journal in the folder of a deployment. */
const JOURNAL = "journal.jsonl";

/** The file with the journal of a deployment. */
export const journalFileOf = (folder: string) => join(folder, JOURNAL);

const whole = z.int().nonnegative();
const bigintValue = z.looseObject({ value: z.string() }).transform(({ value }) => BigInt(value));

/** A line of Ignition's journal: what of it is used here. */
const lineSchema = z.looseObject({
  type: z.string(),
  futureId: z.string().optional(),
  from: z.string().optional(),
  artifactId: z.string().optional(),
  contractName: z.string().optional(),
  contractAddress: z.string().optional(),
  functionName: z.string().optional(),
  networkInteractionId: whole.optional(),
  networkInteraction: z
    .looseObject({
      id: whole,
      type: z.string(),
      to: z.string().optional(),
      data: z.string().optional(),
      value: bigintValue.optional(),
    })
    .optional(),
  nonce: whole.optional(),
  hash: z.string().optional(),
  transaction: z.looseObject({ hash: z.string() }).optional(),
  result: z.looseObject({ type: z.string().optional(), address: z.string().optional() }).optional(),
});

/** A line of Ignition's journal. */
export type JournalLine = z.infer<typeof lineSchema>;

/** A transaction that a step of a deployment needs: what it says and what became of it. */
export interface Interaction {
  id: number;
  from: string;
  /** Undefined for the creation of a contract. */
  to: string | undefined;
  data: string;
  /** [wei] */
  value: bigint;
  /** The nonce under which it was sent, or was about to be. */
  nonce: number | undefined;
  /** Hashes under which it was sent; the last one with the highest fee. */
  hashes: string[];
  confirmed: boolean;
}

/** A step of a deployment, which Ignition calls a future: what the journal says about it. */
export interface Step {
  id: string;
  /** In words, such as `ModelRegistry` for its creation and `ModelRegistry.addTier` for a call. */
  what: string;
  /** Who sends its transactions; empty if it only reads. */
  from: string;
  /** Its latest transaction, if it has one. */
  interaction: Interaction | undefined;
  state: "begun" | "done" | "failed";
  /** The address of a contract that it has created or named. */
  address: string | undefined;
}

/** The lines of a journal as they stand, without the empty ones. */
export function journalTexts(folder: string): string[] {
  const file = journalFileOf(folder);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** A line of a journal, or undefined if it is none: cut off, or somebody else's. */
export function parseLine(text: string): JournalLine | undefined {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Reads the journal of a deployment.
 * @throws CommandError if a line of it cannot be read.
 */
export function readJournal(folder: string): JournalLine[] {
  return journalTexts(folder).map((text, index) => {
    const line = parseLine(text);
    if (line === undefined) {
      throw new CommandError(
        `The journal ${shownPath(journalFileOf(folder))} is damaged in line ${(index + 1).toString()}: put back a copy of it from before.`,
      );
    }
    return line;
  });
}

/** The steps of a deployment, in the order in which they began; none if it has no journal. */
export const stepsIn = (folder: string): Step[] => [...stepsOf(readJournal(folder)).values()];

/** The steps that a journal knows, by their ids, in the order in which they began. */
export function stepsOf(lines: JournalLine[]): Map<string, Step> {
  const steps = new Map<string, Step>();
  for (const line of lines) {
    const { type, futureId: id } = line;
    if (id === undefined) continue;
    if (type.endsWith("_EXECUTION_STATE_INITIALIZE")) {
      // What only names a contract is done at once.
      const state = type.startsWith("CONTRACT_AT") ? "done" : "begun";
      const address = state === "done" ? line.contractAddress : undefined;
      steps.set(id, { id, what: whatOf(line), from: line.from ?? "", interaction: undefined, state, address });
    }
    if (type === "WIPE_APPLY") steps.delete(id);
    const step = steps.get(id);
    if (step !== undefined) apply(line, step);
  }
  return steps;
}

function apply(line: JournalLine, step: Step): void {
  const { interaction, from } = step;
  switch (line.type) {
    case "NETWORK_INTERACTION_REQUEST": {
      const { id, type, to, data = "0x", value = 0n } = line.networkInteraction!;
      if (type !== "ONCHAIN_INTERACTION") return;
      step.interaction = { id, from, to, data, value, nonce: undefined, hashes: [], confirmed: false };
      return;
    }
    case "TRANSACTION_PREPARE_SEND":
      interaction!.nonce = line.nonce;
      return;
    case "TRANSACTION_SEND":
      interaction!.nonce = line.nonce;
      interaction!.hashes.push(line.transaction!.hash);
      return;
    case "TRANSACTION_CONFIRM":
      interaction!.confirmed = true;
      return;
    case "ONCHAIN_INTERACTION_REPLACED_BY_USER":
      interaction!.nonce = undefined;
      interaction!.hashes = [];
      return;
  }
  if (line.type.endsWith("_EXECUTION_STATE_COMPLETE")) {
    step.state = line.result?.type === "SUCCESS" ? "done" : "failed";
    step.address = line.result?.address ?? step.address;
  }
}

/** What a step does, in words. */
function whatOf({ type, contractName, artifactId, functionName }: JournalLine): string {
  if (functionName === undefined) return contractName ?? type;
  return `${artifactId?.split("#").at(-1) ?? "?"}.${functionName}`;
}
