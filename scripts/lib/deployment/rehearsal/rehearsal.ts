import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseEther, toQuantity } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { ProtocolAddresses } from "../../../../deploy/config/deployed.ts";
import { chainJournalOf } from "../place.ts";
import { dataFeeOf, takesDataFee } from "../../sending/dataFee.ts";
import type { Fees } from "../../sending/fees.ts";
import type { Check } from "../preflight/check.ts";
import { deployProtocol } from "../deployment.ts";
import { journalTexts, parseLine, readJournal, stepsOf } from "../journal/journal.ts";
import { checkPairFees } from "../preflight/pairFee.ts";
import type { Planned } from "../preflight/preflight.ts";
import { openForkSource } from "./forkSource.ts";

/** A transaction that a deployment would send. */
export interface RehearsedTransaction {
  /** Contract that is created, or contract and function that is called. */
  what: string;
  gas: bigint;
  /** What it costs at the chain's fees of now, what the chain takes for its data included [wei of its coin]. */
  cost: bigint;
}

/** A deployment that was played on a fork. */
export interface Rehearsal {
  transactions: RehearsedTransaction[];
  /** The addresses that the contracts get if nothing interrupts the deployment and its key signs nothing else. */
  addresses: ProtocolAddresses;
  /** What only a fork can tell: the fees of the pairs. */
  checks: Check[];
  /** The chain's fee of now [wei of its coin for one gas]. */
  feePerGas: bigint;
}

/** What the deployer has on the fork: what it has on the chain is checked before [wei]. */
const PLENTY = parseEther("1000000");

/** Chains that are made with the OP stack, whose blocks only a fork of the same kind can read. */
const OP_CHAINS = [8_453n, 84_532n];

/**
 * Plays a deployment, or what is left to do of it, on a fork of its chain in this process. The chain and the journal stay
 * as they are, and the deployer's key is not needed.
 */
export async function rehearse(hre: HardhatRuntimeEnvironment, planned: Planned): Promise<Rehearsal> {
  const { connection, chainId, parameters, deployer, fees, folder } = planned;
  const scratch = mkdtempSync(join(tmpdir(), "fomo-rehearsal-"));
  const source = await openForkSource(connection.provider);
  let fork: NetworkConnection | undefined;
  try {
    fork = await forkOf(hre, source.url, chainId);
    const copy = join(scratch, "protocol");
    const pairs = [
      [chainJournalOf(folder), chainJournalOf(copy)],
      [folder, copy],
    ] as const;
    for (const [from, to] of pairs) if (existsSync(from)) cpSync(from, to, { recursive: true });
    const { provider } = fork.ethers;
    await provider.send("hardhat_impersonateAccount", [deployer]);
    await provider.send("hardhat_setBalance", [deployer, toQuantity(PLENTY)]);
    const journal = { folder: copy, artifacts: hre.artifacts, deployer };
    const addresses = await deployProtocol(fork, parameters, undefined, journal);
    const now = await priceNow(connection, fees);
    const hasDataFee = await takesDataFee(connection);
    const transactions: RehearsedTransaction[] = [];
    for (const [from, to] of pairs) {
      for (const { what, hash } of newTransactions(from, to)) {
        const { gasUsed } = (await provider.getTransactionReceipt(hash))!;
        const dataFee = hasDataFee ? await dataFeeIn(connection, fork, hash) : 0n;
        transactions.push({ what, gas: gasUsed, cost: gasUsed * now + dataFee });
      }
    }
    const checks = await checkPairFees(fork, addresses, deployer, BigInt(parameters.pairFeeBps));
    return { transactions, addresses, checks, feePerGas: now };
  } catch (error) {
    throw source.failure() ?? error;
  } finally {
    await fork?.close();
    await source.close();
    rmSync(scratch, { recursive: true });
  }
}

/** What a gas costs now: the base fee, of which at most twice as much is offered, and the tip [wei]. */
async function priceNow({ ethers }: NetworkConnection, fees: Fees): Promise<bigint> {
  if ("gasPrice" in fees) return fees.gasPrice;
  const { baseFeePerGas } = (await ethers.provider.getBlock("latest"))!;
  return (baseFeePerGas ?? 0n) + fees.maxPriorityFeePerGas;
}

/** A fork of the chain behind a URL, in this process. */
async function forkOf(hre: HardhatRuntimeEnvironment, url: string, chainId: bigint): Promise<NetworkConnection> {
  const fork = await hre.network.create({
    chainType: OP_CHAINS.includes(chainId) ? "op" : "l1",
    override: {
      chainId: Number(chainId),
      forking: { url },
    },
  });
  // The deployment uses nothing that one kind of chain does otherwise than another.
  return fork as unknown as NetworkConnection;
}

/** The transactions that a journal has and that from which it was copied has not, in their order. */
function newTransactions(before: string, after: string): { what: string; hash: string }[] {
  const steps = stepsOf(readJournal(after));
  return journalTexts(after)
    .slice(journalTexts(before).length)
    .flatMap((text) => {
      const line = parseLine(text);
      if (line?.type !== "TRANSACTION_CONFIRM" || line.hash === undefined) return [];
      return [{ what: steps.get(line.futureId!)!.what, hash: line.hash }];
    });
}

/** What the chain takes for the data of a transaction of the rehearsal [wei]. */
async function dataFeeIn(connection: NetworkConnection, fork: NetworkConnection, hash: string): Promise<bigint> {
  const { to, data, nonce, gasLimit, chainId, maxFeePerGas, maxPriorityFeePerGas } =
    (await fork.ethers.provider.getTransaction(hash))!;
  return await dataFeeOf(connection, { to, data, nonce, gasLimit, chainId, maxFeePerGas, maxPriorityFeePerGas });
}
