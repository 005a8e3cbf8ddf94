import { APPENDICES } from "./appendices.ts";
import { DOMAINS } from "./domains.ts";
import { entryOf, firstSentence, inOrder, mentions } from "./entry.ts";
import { examplesByName } from "./examples.ts";
import { SUBPATHS, exportsOf, readSources } from "./exports.ts";
import type { Exported, Subpath } from "./exports.ts";

/** An export with the subpath and the domain that have it. */
export interface Listed extends Exported {
  subpath: Subpath;
  domain: string;
}

/** Everything that the package exports. */
export function everyExport(root: string): Listed[] {
  const sources = readSources(root);
  return (Object.keys(SUBPATHS) as Subpath[]).flatMap((subpath) =>
    exportsOf(sources, subpath).map((one) => ({ ...one, subpath, domain: one.module.split("/")[0]! })),
  );
}

/** The pages of the reference, by their path. */
export async function referencePages(root: string, all: Listed[]): Promise<[path: string, text: string][]> {
  const unknown = all.find(({ domain }) => !(domain in DOMAINS));
  if (unknown !== undefined) throw new Error(`Say in domains.ts what sdk/src/${unknown.domain} is about.`);
  const examples = examplesByName(root);
  const pages = Object.keys(DOMAINS).map(
    async (domain) => [`docs/sdk/${domain}.md`, await pageOf(domain, all, examples)] as [string, string],
  );
  return [["docs/sdk/README.md", firstPage(all)], ...(await Promise.all(pages))];
}

const WRITTEN = "`npm run docs` writes this page from the doc comments of `sdk/src`.";

const INTRODUCTION = `${WRITTEN} Types stand on the pages of their domains. [integration.md](../integration.md) is the way in, and [sdk/README.md](../../sdk/README.md) says what the package is.

Units stand in brackets: [FLOCK wei], [MT wei], [USDC units], [WAD] (1e18 is 1), [bps] (10,000 are all), [s]. Every amount is a \`bigint\`. Addresses go in as \`string\` and come out as \`Address\`. A mistake of the caller is a [\`FomoError\`](errors.md#fomoerror) with a \`code\` and one sentence that says what to change.`;

/** The first page: every function and value with its first sentence. */
function firstPage(all: Listed[]): string {
  const domains = Object.entries(DOMAINS).map(([domain, about]) => {
    const rows = all
      .filter((one) => one.domain === domain && one.kind !== "type" && one.subpath !== "./abi")
      .map((one) => `| ${linkTo(one)} | ${firstSentence(one.text).replaceAll(/\s+/g, " ").replaceAll("|", "\\|")} |`);
    const table = rows.length === 0 ? "" : `\n| | |\n| --- | --- |\n${rows.join("\n")}\n`;
    return `## [${domain}](${domain}.md)\n\n${about}\n${table}`;
  });
  return `# Reference of the SDK\n\n${INTRODUCTION}\n\n${domains.join("\n")}`;
}

/** The page of a domain: its exports by source file, and what belongs to them. */
async function pageOf(domain: string, all: Listed[], examples: ReadonlyMap<string, string[]>): Promise<string> {
  const own = all.filter((one) => one.domain === domain && one.subpath !== "./abi");
  const codes = await inOrder(own.map(({ declaration }) => declaration));
  const entries = own.map((one, index) => {
    const code = codes[index]!;
    const related = all.filter(({ name, kind }) => kind !== "function" && name !== one.name && mentions(code, name));
    return { module: one.module, text: entryOf(one, code, related.map(linkTo), examples.get(one.name) ?? []) };
  });
  const sections = [...new Set(own.map(({ module }) => module))].map((module) => {
    const texts = entries.filter((entry) => entry.module === module).map(({ text }) => text);
    return `## ${module}\n\n${texts.join("\n")}`;
  });
  const from = domain === "ethers" ? "fomo-sdk/ethers" : "fomo-sdk";
  const heading = `# ${domain}\n\n${DOMAINS[domain]!} Imported from \`${from}\`. ${WRITTEN} [All pages](README.md).\n`;
  return [heading, ...sections, ...(domain in APPENDICES ? [APPENDICES[domain]!()] : [])].join("\n");
}

/** A link to an export, as GitHub names its heading. */
const linkTo = ({ name, domain }: Listed) => `[\`${name}\`](${domain}.md#${name.toLowerCase()})`;
