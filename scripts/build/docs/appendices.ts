import { Interface } from "ethers";
import type { InterfaceAbi } from "ethers";

import * as abis from "../../../sdk/src/abi/index.ts";
import { REVERT_SENTENCES } from "../../../sdk/src/errors/sentences.ts";
import { EVENT_SENTENCES } from "../../../sdk/src/events/sentences.ts";
import { SDK_SOURCES } from "../sdkSources.ts";

/** What stands at the end of a page of the reference, besides the exports of its domain. */
export const APPENDICES: Record<string, () => string> = { abi: everyAbi, errors: everyError, events: everyEvent };

const AS_WRITTEN = "`{value:unit}` stands for a value in its unit.";

/** What each contract can be asked and told, and what it emits. */
function everyAbi(): string {
  const contracts = Object.entries(SDK_SOURCES).map(([name, artifact]) => {
    const solidity = /\/(\w+)\.json$/.exec(artifact)![1]!; // an artifact has the name of its contract
    const fragments = new Interface(abis[`${name}Abi` as keyof typeof abis] as InterfaceAbi).fragments
      .filter(({ type }) => type !== "error")
      .map((fragment) => fragment.format("full"));
    return `### ${name}Abi\n\n\`${solidity}\`\n\n\`\`\`text\n${fragments.join("\n")}\n\`\`\`\n`;
  });
  return `## Every contract\n\nUnits, rounding and errors of each function stand in the interfaces of \`contracts/\`. \`errorsAbi\` has the errors of all.\n\n${contracts.join("\n")}`;
}

/** What each error of the contracts means. */
function everyError(): string {
  const rows = Object.entries(REVERT_SENTENCES).map(([name, sentence]) => `| \`${name}\` | ${sentence} |`);
  return `## Every error\n\nWhat \`explainRevert\` says, behind the name of the error. ${AS_WRITTEN}\n\n| error | sentence |\n| --- | --- |\n${rows.join("\n")}\n`;
}

/** What each event of the contracts reports. */
function everyEvent(): string {
  const rows = Object.entries(EVENT_SENTENCES).flatMap(([contract, sentences]) =>
    Object.entries(sentences).map(([name, sentence]) => `| \`${contract}\` | \`${name}\` | ${sentence} |`),
  );
  return `## Every event\n\nWhat \`describeEvent\` says. ${AS_WRITTEN} The values of each event stand on [the page of the ABIs](abi.md#every-contract).\n\n| contract | event | sentence |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}
