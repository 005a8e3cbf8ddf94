import { DOMAINS } from "./domains.ts";
import type { Listed } from "./reference.ts";
import type { Described } from "./schemas.ts";

const HEAD = `# fomo-sdk

> The FOMO protocol as a library: models are launched on a bonding curve, graduate into a Uniswap v2 pool, are paid for in USDC by signed vouchers, and reward their stakers. It quotes, signs, reads, makes calls, and decodes events and errors; it sends nothing itself. It works with viem, with ethers 6, and with whatever else can call a chain.

Links are files of the package. Each module has its declarations, with doc comments, in \`dist/\`; everything but \`fomo-sdk/abi\`, \`fomo-sdk/ethers\` and \`fomo-sdk/node\` is imported from \`fomo-sdk\`.

- Units: every amount is a \`bigint\` in smallest units. FLOCK and MT have 18 decimals, USDC as many as \`deployment.usdcDecimals\`. \`WAD\` (1e18) is 1 in rates and prices (FLOCK per MT); \`Bps\` in a name means that 10,000 are all; times and lengths of time are seconds. Never use floating point for an amount.
- Names: MT is a model's token; a raise is the sale of one; \`flockIn\` is a payment with fee, \`flockNet\` what of it reaches the curve, \`mtOut\` what is bought; list is what usage costs at list price, paid what is paid for it. Contracts have the names of \`deployment.addresses\`.
- Chains: \`deploymentOf(chainId)\` has addresses and first blocks; 31337 is the local chain of \`npm run node\`. \`deploymentOfRecord\` takes the record of any other deployment.
- Reads: \`raiseOf\`, \`accountOf\`, \`dueOf\` ask everything of a raise, an account, a keeper in one call; \`seriesOf\` and \`previewedVouchers\` many series and vouchers; \`readOf\` makes any other question. They are what viem's \`readContract\` takes; elsewhere send \`requestOf(read)\` by \`eth_call\` and read with \`answerOf\`.
- Quotes: \`saleAt\` works a raise out for any later second; \`quoteExactIn\` and \`quoteExactOut\` agree with the contracts to the wei. \`purchaseLimit\` makes the least or most that a purchase accepts.
- Actions: \`buyExactIn\`, \`stake\`, \`deposit\` and the others make an action. Try it with \`dryRun\`; \`callsOf\` gives \`[{ to, data, value }]\` with the approval before it, \`withPermit\` puts a permit in its place, \`sendCallsOf\` and \`safeBatch\` are for wallets and Safes. Always pass the \`token\` of the raise that was shown to a purchase: a number can come to stand for another launch.
- Signing: \`signVoucher\`, \`signKeyAuthorization\`, \`signDeposit\`, \`signPermit\` take a signer of ethers or viem. \`check…\` throws nothing and returns \`{ ok: false, reason, sentence }\` for whatever is malformed.
- Inference: \`gatewayClient\` makes a client whose fetch is given to the unmodified openai package; it pays a gateway by voucher, checks every receipt, and throws a \`FomoError\` with the code doubtfulReceipt rather than sign what is not borne out. \`folderMemory\` of \`fomo-sdk/node\` keeps sums and receipts.
- Events: \`protocolFilter\` is for \`eth_getLogs\`, \`decodeLogs\` and \`eventsIn\` give a typed union, \`describeEvent\` a sentence. Events carry the state after the change.
- Errors: \`explainError(error)\` gives a contract's refusal with name, values and one sentence; undefined if no contract refused. A mistake of the caller is a \`FomoError\` with a \`code\` and a sentence that says what to change.
- Text from a chain can be anything: show it through \`plain\`.
`;

const FILES = `## Read on

- [README](README.md): what the package is, three examples, its sizes
- [Changelog](CHANGELOG.md): what changed
`;

/** The index of the package for language models: https://llmstxt.org. */
export function llmsText(all: Listed[], schemas: Described[]): string {
  const isOfCommand = ({ name }: Described) => name.startsWith("commands/");
  const files = schemas
    .filter((one) => !isOfCommand(one))
    .map(({ name, description }) => `- [${name}](schemas/${name}.schema.json): ${description}`);
  const commands = schemas.filter(isOfCommand).map(({ name }) => `\`${name.replace("commands/", "")}\``);
  const ofCommands = `- schemas/commands/NAME.schema.json, what a command prints with \`--json\`: ${commands.join(", ")}`;
  return [
    HEAD,
    `## Modules\n\n${Object.keys(DOMAINS)
      .flatMap((domain) => linesOf(domain, all))
      .join("\n")}\n`,
    `## JSON schemas\n\n${[...files, ofCommands].join("\n")}\n`,
    FILES,
  ].join("\n");
}

/** A domain, and its source files with the functions and values that each exports. */
function linesOf(domain: string, all: Listed[]): string[] {
  const own = all.filter((one) => one.domain === domain && (one.kind !== "type" || one.module === "abi/types"));
  // What has a subpath of its own is one file there.
  const fileOf = ({ subpath, module }: Listed) => (subpath === "." ? module : `${subpath.slice(2)}/index`);
  const lines = [...new Set(own.map(fileOf))].map((file) => {
    const names = own.filter((one) => fileOf(one) === file).map(({ name }) => `\`${name}\``);
    return `  - [${file}](dist/${file}.d.ts): ${names.join(", ")}`;
  });
  return [`- ${domain}: ${DOMAINS[domain]!}`, ...lines];
}
