import { FutureType } from "@nomicfoundation/ignition-core";
import type { Future, IgnitionModule } from "@nomicfoundation/ignition-core";
import { getBytes } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { NetworkConnection } from "hardhat/types/network";

import { show } from "../../../../sdk/src/units/show.ts";
import { highestPrice } from "../../sending/fees.ts";
import type { Fees } from "../../sending/fees.ts";
import type { Check } from "./check.ts";

/** Contracts that have been built, by their names. */
export type BuiltContracts = Pick<ArtifactManager, "readArtifact">;

/** Gas of a transaction that creates a contract before anything is in it, and of a call of the deployment. */
const CREATION_GAS = 53_000n;
const CALL_GAS = 100_000n;
/** Gas for a byte of code that stays, and for one of data; a word of init code costs 2. */
const CODE_BYTE_GAS = 200n;
const DATA_BYTE_GAS = 16n;
const INIT_WORD_GAS = 2n;
/** What a constructor writes and checks. */
const CONSTRUCTOR_GAS = 300_000n;
/** The most gas that a transaction may have on chains of this year (EIP-7825). */
const MAX_TRANSACTION_GAS = 16_777_216n;

/** The gas that the steps of a module need which are not done, generously: in all, and the largest of them. */
export async function gasOf(
  modules: IgnitionModule[],
  done: ReadonlySet<string>,
  artifacts: BuiltContracts,
): Promise<{ all: bigint; largest: bigint }> {
  const left = [...new Set(modules.flatMap(stepsOfModule))].filter(({ id }) => !done.has(id));
  const gas = await Promise.all(left.map((step) => gasOfStep(step, artifacts)));
  return { all: gas.reduce((sum, one) => sum + one, 0n), largest: gas.reduce((a, b) => (a > b ? a : b), 0n) };
}

/** All steps of a module and of those that it uses. */
export function stepsOfModule(module: IgnitionModule): Future[] {
  return [...new Set([...[...module.submodules].flatMap(stepsOfModule), ...module.futures])];
}

async function gasOfStep(step: Future, artifacts: BuiltContracts): Promise<bigint> {
  switch (step.type) {
    case FutureType.CONTRACT_DEPLOYMENT:
      return gasOfCreation(step.artifact.bytecode);
    case FutureType.NAMED_ARTIFACT_CONTRACT_DEPLOYMENT:
      return gasOfCreation((await artifacts.readArtifact(step.contractName)).bytecode);
    case FutureType.CONTRACT_CALL:
      return CALL_GAS;
    default:
      return 0n; // reads, and names
  }
}

function gasOfCreation(bytecode: string): bigint {
  const size = BigInt(getBytes(bytecode).length);
  const perWord = ((size + 31n) / 32n) * INIT_WORD_GAS;
  return CREATION_GAS + size * (CODE_BYTE_GAS + DATA_BYTE_GAS) + perWord + CONSTRUCTOR_GAS;
}

/** Checks that the deployer can pay for what is left to do, and that the chain takes its largest transaction. */
export async function checkFunds(
  connection: NetworkConnection,
  deployer: string,
  gas: { all: bigint; largest: bigint },
  fees: Fees,
  coin: string,
): Promise<Check[]> {
  const { provider } = connection.ethers;
  const needed = gas.all * highestPrice(fees);
  const balance = await provider.getBalance(deployer);
  const amount = (wei: bigint) => `${show(wei)} ${coin}`;
  const funds = {
    what: `The deployer can pay for ${gas.all.toLocaleString("en-US")} gas`,
    problem: `The deployer ${deployer} has ${amount(balance)}, but the deployment may need ${amount(needed)}: send it ${amount(needed - balance)}.`,
  };
  const block = (await provider.getBlock("latest"))!;
  const limit = block.gasLimit < MAX_TRANSACTION_GAS ? block.gasLimit : MAX_TRANSACTION_GAS;
  const size = {
    what: "The chain takes the largest transaction",
    problem: `A transaction of the deployment needs ${gas.largest.toLocaleString("en-US")} gas, but this chain takes at most ${limit.toLocaleString("en-US")} for one: deploy on another chain.`,
  };
  return [balance >= needed ? { what: funds.what } : funds, gas.largest <= limit ? { what: size.what } : size];
}
