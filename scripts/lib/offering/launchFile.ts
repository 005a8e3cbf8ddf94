import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";

import { z } from "zod";

import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { CommandError } from "../command/commandError.ts";
import { isPlain } from "../../../sdk/src/text/plainText.ts";
import { FomoError } from "../../../sdk/src/errors/fomoError.ts";
import { OPENING_MODES } from "../../../sdk/src/names/enums.ts";
import type { LaunchPlan } from "../../../sdk/src/raise/launch.ts";
import { launchPlanOf } from "../../../sdk/src/raise/launchFile.ts";
import { amountText } from "../command/schemas.ts";
import { readJson5, readNamedFile, shownPath } from "../command/textFile.ts";

const INVISIBLE = "contains a character that cannot be seen, such as a control or a mark of direction: leave it out";

const amount = amountText(MAX_AMOUNT);
const text = z
  .string({ error: "must be a text" })
  .refine((value) => Buffer.byteLength(value) >= 1 && Buffer.byteLength(value) <= 31, "must have 1 to 31 bytes")
  .refine(isPlain, INVISIBLE)
  .meta({ minLength: 1, maxLength: 31 }); // for JSON Schema, which counts characters
const sha256 = z
  .string({ error: "must be 0x and 64 hexadecimal digits" })
  .regex(/^0x[0-9a-fA-F]{64}$/, "must be 0x and 64 hexadecimal digits");

/** A launch file: what an issuer decides, amounts in the unit that the key names. The chain's bounds come on top. */
export const launchFileSchema = z.strictObject({
  name: text.describe("The name of the model and its token, in UTF-8."),
  symbol: text.describe("The symbol of the token, in UTF-8."),
  tierId: z
    .int({ error: "must be a whole number" })
    .min(1, "must be at least 1")
    .max(65_535, "must be at most 65535")
    .describe("The hosting tier."),
  minimumPriceUsdcPerMillionUnits: amount.describe("The floor of the list price [USDC for a million units]."),
  targetFlock: amount.describe("The most that the raise takes, net of fees [FLOCK]."),
  minimumRaiseFlock: amount.describe("What makes the raise a success [FLOCK]."),
  startPriceFlockPerMt: amount.describe("The first price of the curve [FLOCK per MT]."),
  saleDurationDays: z
    .int({ error: "must be a whole number of days" })
    .min(1, "must be at least 1 day")
    .max(30, "must be at most 30 days")
    .default(7)
    .describe("How long the sale lasts [days]."),
  // No default: with the first, whoever buys late pays more than the pool opens at, and the issuer has to know that.
  openingMode: z
    .enum(OPENING_MODES, {
      error:
        'must be "averagePrice", with which whoever buys late pays more than the pool opens at, or "curvePrice", with which the pool opens where the curve ended',
    })
    .describe("At which price the pool opens: the average of the raise, or the curve's last."),
  bundleFlock: amount.default("0").describe("What the issuer pays for its bundle, with the fee [FLOCK]."),
  bundleMinimumMt: amount.default("0").describe("The least that the bundle must yield [MT]."),
  maximumLaunchFeeFlock: amount.describe("The launch is refused if its fee is higher [FLOCK]."),
  metadata: z
    .strictObject({
      uri: z
        .string({ error: "must say where the document can be read" })
        .min(1, "must not be empty")
        .refine(isPlain, INVISIBLE)
        .describe("Where everybody can read it."),
      file: z
        .string({ error: "must be the path of a local document" })
        .optional()
        .describe("Its path, relative to the launch file."),
      sha256: sha256.optional().describe("The SHA-256 of exactly that document."),
    })
    .refine(
      ({ file, sha256: hash }) => file !== undefined || hash !== undefined,
      "must name the local document (file) or its hash (sha256)",
    )
    .meta({
      description: "The document that describes the deployment.",
      anyOf: [{ required: ["file"] }, { required: ["sha256"] }],
    }),
});

/** What the document that describes a deployment must tell (decision 7); more is welcome. */
export const metadataSchema = z.looseObject({
  name: z.string({ error: "is missing" }),
  architecture: z.looseObject({}, { error: "is missing" }),
  inference: z.looseObject({}, { error: "is missing" }),
  origin: z.looseObject({}, { error: "is missing" }),
  guarantees: z.looseObject({}, { error: "is missing" }),
  links: z.looseObject({}, { error: "is missing" }),
});

/** A launch file that has been read and checked. */
export interface LaunchFile {
  path: string;
  terms: z.infer<typeof launchFileSchema>;
  metadataHash: string;
}

/**
 * Reads and checks a launch file. If it names a local metadata document, that is checked too and its hash computed.
 * @throws CommandError naming the key and what to change.
 */
export function readLaunchFile(path: string): LaunchFile {
  const terms = readJson5("launch file", path, launchFileSchema);
  return { path, terms, metadataHash: hashOf(terms.metadata, dirname(path)) };
}

/**
 * The plan of a launch file for a network whose USDC has that many decimals.
 * @throws CommandError if the file has more.
 */
export function planOf({ path, terms, metadataHash }: LaunchFile, usdcDecimals: number): LaunchPlan {
  try {
    return launchPlanOf(terms, metadataHash, usdcDecimals);
  } catch (error) {
    if (!(error instanceof FomoError)) throw error;
    throw new CommandError(`The launch file ${shownPath(path)} needs a change: ${error.message}`);
  }
}

/** The hash of the metadata document; a local document is read and checked for it. */
function hashOf(metadata: z.infer<typeof launchFileSchema>["metadata"], folder: string): string {
  if (metadata.file === undefined) return metadata.sha256!; // the schema asks for one of the two
  const file = resolve(folder, metadata.file);
  readJson5("metadata document", file, metadataSchema);
  const hash = `0x${createHash("sha256").update(readNamedFile("metadata document", file)).digest("hex")}`;
  if (metadata.sha256 !== undefined && metadata.sha256.toLowerCase() !== hash) {
    throw new CommandError(
      `The metadata document ${shownPath(file)} has the hash ${hash}, not the one in the launch file: correct \`metadata.sha256\` or leave it out.`,
    );
  }
  return hash;
}
