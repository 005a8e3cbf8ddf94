import { HDNodeWallet, Mnemonic } from "ethers";
import type { Provider } from "ethers";

import { CHAIN_CONTRACTS } from "../../../../deploy/config/deployed.ts";
import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { LOCAL } from "../../../../deploy/config/parameters.ts";
import type { Check } from "./check.ts";

/** Who has a role or a seat, by the keys of the parameter file. */
export function holdersOf({ administrator, governor, guardian, platform, treasury, firstTier }: Parameters) {
  return { administrator, governor, guardian, platform, treasury, "firstTier.provider": firstTier.provider };
}

/** The key of somebody with a role or a seat. */
type Holder = keyof ReturnType<typeof holdersOf>;

/**
 * Who must not be somebody else as well, and why. The administrator may be the governor, which it is above in any case,
 * and either may hold the treasury: one multisig to begin with.
 */
const APART: { holder: Holder; from: readonly Holder[]; why: string }[] = [
  {
    holder: "guardian",
    from: ["administrator", "governor", "platform", "treasury", "firstTier.provider"],
    why: "the guardian watches over the others, and its veto over the governor would be worth nothing",
  },
  {
    holder: "platform",
    from: ["administrator", "governor", "treasury", "firstTier.provider"],
    why: "the platform's key is in use every day and decides what is settled, by which the others are paid",
  },
  {
    holder: "firstTier.provider",
    from: ["administrator", "governor"],
    why: "the governor decides what the provider is paid",
  },
];

/** Checks that those with a role or a seat are apart, are not the deployer, and are no contract of the chain. */
export function checkHolders(parameters: Parameters, deployer: string): Check[] {
  const holders = holdersOf(parameters);
  const all = Object.entries(holders) as [Holder, string][];
  const apart = APART.flatMap(({ holder, from, why }) =>
    from
      .filter((other) => holders[other] === holders[holder])
      .map((other) => `\`${holder}\` and \`${other}\` are one account, ${holders[holder]}: name two, because ${why}.`),
  );
  const deploying = all
    .filter(([, address]) => address === deployer)
    .map(([key]) => `\`${key}\` is the deployer, which keeps nothing at the end: name another account.`);

  const route =
    parameters.route === LOCAL ? [] : parameters.route.map(({ pair }, i) => [`route[${i.toString()}].pair`, pair]);
  const contracts = [...CHAIN_CONTRACTS.map((key) => [key, parameters[key]]), ...route] as [string, string][];
  const mistaken = all.flatMap(([key, address]) =>
    contracts
      .filter(([, contract]) => contract === address)
      .map(([name]) => `\`${key}\` is the contract of \`${name}\`, which can do nothing with it: name an account.`),
  );
  return [
    ...checksOf("Roles and seats that watch each other are apart", apart),
    ...checksOf("The deployer has no role and no seat", deploying),
    ...checksOf("No role and no seat is given to a contract of the chain", mistaken),
  ];
}

/** Hardhat's and Foundry's well-known accounts: everybody has their keys. */
const TEST_PHRASE = "test test test test test test test test test test test junk";
const TEST_ACCOUNTS = 20;

/** The addresses of the well-known test accounts. */
function testAccounts(): string[] {
  const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(TEST_PHRASE), "m/44'/60'/0'/0");
  return Array.from({ length: TEST_ACCOUNTS }, (_, index) => root.deriveChild(index).address);
}

/** Checks for a public chain that nothing on it is a stand-in, and nobody an account whose key everybody has. */
export function checkPublic(parameters: Parameters, deployer: string): Check[] {
  const standIns = [...CHAIN_CONTRACTS, "route" as const]
    .filter((key) => parameters[key] === LOCAL)
    .map(
      (key) =>
        `\`${key}\` is "local", a stand-in that only a local chain may have: name ${key === "route" ? "the pairs" : "the contract"} of this chain.`,
    );
  const known = testAccounts();
  const everybodys = Object.entries({ ...holdersOf(parameters) })
    .filter(([, address]) => known.includes(address))
    .map(([key, address]) => `\`${key}\` is ${address}, a test account whose key everybody has: name another account.`);
  if (known.includes(deployer)) {
    everybodys.push(`The deployer is ${deployer}, a test account whose key everybody has: deploy with another key.`);
  }
  return [
    ...checksOf("Nothing is a stand-in", standIns),
    ...checksOf("Nobody is a well-known test account", everybodys),
  ];
}

/** Notes for a public chain if the administrator is a single key. */
export async function checkAdministrator(provider: Provider, { administrator }: Parameters): Promise<Check> {
  const what = "The administrator is a contract, such as a multisig";
  if ((await provider.getCode(administrator)) !== "0x") return { what };
  return { what, note: `\`administrator\` is a single key, ${administrator}: whoever gets it gets everything.` };
}

/** A check that passes, or one for each problem. */
const checksOf = (what: string, problems: string[]): Check[] =>
  problems.length === 0 ? [{ what }] : problems.map((problem) => ({ what, problem }));
