import { globSync } from "node:fs";
import { join } from "node:path";

import type { z } from "zod";

import { parametersSchema, tierSchema } from "../../../deploy/config/parameters.ts";
import { buybackEvent } from "../../lib/documents/buyback.ts";
import { keeperEvent } from "../../lib/documents/keeper.ts";
import {
  gatewayAccount,
  gatewayReceipt,
  gatewayReceipts,
  gatewayRefusal,
  gatewaySession,
  gatewaySessionRequest,
  gatewayStart,
  gatewayStarted,
  gatewayTerms,
} from "../../lib/documents/gatewayWire.ts";
import { DOCUMENTS, done, refusal, rehearsed, written } from "../../lib/documents/index.ts";
import { launchFileSchema, metadataSchema } from "../../lib/offering/launchFile.ts";
import { signedDepositSchema } from "../../lib/usage/signedDeposit.ts";
import { signedKeySchema } from "../../lib/usage/signedKey.ts";
import { fomoTasks } from "../../tasks/index.ts";
import { docCommentsOf } from "./docComments.ts";
import type { Heading } from "./jsonSchema.ts";
import { cardRowSchema, voucherSchema } from "./usageEntries.ts";

/** A document with its schema. */
export interface Described extends Heading {
  schema: z.ZodType;
}

/** What is described where its schema is declared. */
type Declared = [title: string, schema: z.ZodType, declared: string];

/** Files that people and programs write. */
const FILES: Record<string, Declared> = {
  launch: ["Launch file", launchFileSchema, "launchFileSchema"],
  metadata: ["Metadata document", metadataSchema, "metadataSchema"],
  parameters: ["Parameter file", parametersSchema, "parametersSchema"],
  tier: ["Tier file", tierSchema, "tierSchema"],
  voucher: ["Voucher", voucherSchema, "voucherSchema"],
  cardRow: ["Card row", cardRowSchema, "cardRowSchema"],
  signedDeposit: ["Signed deposit", signedDepositSchema, "signedDepositSchema"],
  signedKey: ["Signed authorisation of a key", signedKeySchema, "signedKeySchema"],
};

/** What commands print besides a document of their own. */
const OTHERS: Record<string, Declared> = {
  "commands/refusal": ["Refusal", refusal, "refusal"],
  "commands/dryRun": ["Dry run", rehearsed, "rehearsed"],
  "commands/doneBefore": ["Done before", done, "done"],
  "commands/safeFile": ["Written for a Safe", written, "written"],
  "commands/buybackEvent": ["fomo buyback --watch", buybackEvent, "buybackEvent"],
  "commands/keeperEvent": ["fomo keeper", keeperEvent, "keeperEvent"],
};

/** What gateways and their clients send each other. */
const WIRE: Record<string, Declared> = {
  "gateway/terms": ["Terms of a gateway", gatewayTerms, "gatewayTerms"],
  "gateway/start": ["Start of a newcomer", gatewayStart, "gatewayStart"],
  "gateway/started": ["Started", gatewayStarted, "gatewayStarted"],
  "gateway/sessionRequest": ["Signed session", gatewaySessionRequest, "gatewaySessionRequest"],
  "gateway/session": ["Session", gatewaySession, "gatewaySession"],
  "gateway/receipt": ["Receipt of a gateway", gatewayReceipt, "gatewayReceipt"],
  "gateway/receipts": ["Receipts of a gateway", gatewayReceipts, "gatewayReceipts"],
  "gateway/account": ["Account with a gateway", gatewayAccount, "gatewayAccount"],
  "gateway/refusal": ["Refusal of a gateway", gatewayRefusal, "gatewayRefusal"],
};

/** Where the schemas are declared. */
const DECLARATIONS = [
  "deploy/config/parameters.ts",
  "scripts/build/docs/usageEntries.ts",
  "scripts/lib/documents/*.ts",
  "scripts/lib/offering/launchFile.ts",
  "scripts/lib/usage/signed*.ts",
];

/** All documents that have a schema. */
export function describedDocuments(): Described[] {
  const root = join(import.meta.dirname, "..", "..", "..");
  const comments = new Map(
    globSync(DECLARATIONS, { cwd: root }).flatMap((file) => [...docCommentsOf(join(root, file))]),
  );
  const declared = ([name, [title, schema, key]]: [string, Declared]): Described => ({
    ...{ name, title, schema },
    description: printed(comments.get(key)!),
  });
  return [
    ...Object.entries(FILES).map(declared),
    ...Object.entries(WIRE).map(declared),
    ...Object.entries(DOCUMENTS).map(([command, schema]) => ({
      ...{ name: `commands/${command}`, title: `fomo ${command}`, schema },
      description: `${printed(ofCommand([...comments.values()], command))} The command: ${helpOf(command)}.`,
    })),
    ...Object.entries(OTHERS).map(declared),
  ];
}

/** The doc comment of a command's document, which begins with the command. */
function ofCommand(comments: string[], command: string): string {
  const found = comments.find((comment) => comment.startsWith(`\`fomo ${command}\``));
  if (found === undefined) throw new Error(`No document in scripts/lib/documents is that of fomo ${command}.`);
  return found;
}

/** The doc comment of a document as a sentence. */
const printed = (comment: string): string =>
  comment.replace(/^`(fomo [\w -]+)`/, "What `$1 --json` prints").replace(/\.?$/, ".");

const helpOf = (command: string): string => fomoTasks.find(({ id }) => id[1] === command)?.description ?? "";
