import { HardhatError } from "@nomicfoundation/hardhat-errors";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import { withLogsTo } from "../command/foreignLog.ts";
import { quoted } from "../../../sdk/src/text/plainText.ts";
import { PROTOCOL_CONTRACTS } from "./recordFormat.ts";
import type { ContractRecord, DeploymentRecord, ProtocolContract } from "./recordFormat.ts";

/** What became of the sources of a contract on the explorer. */
export interface Verification {
  contract: ProtocolContract;
  address: string;
  outcome: "verified" | "already verified" | "failed";
  /** Why it failed, in the words of the explorer or of the plugin; null if it did not. */
  reason: string | null;
}

/**
 * Publishes the sources of every contract in a record, one after the other; one that fails does not keep the others.
 * @param tell Hears of each as soon as it is known.
 */
export async function verifyDeployment(
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  record: DeploymentRecord,
  tell: (verification: Verification) => void,
): Promise<Verification[]> {
  // A key that is missing is missing for all of them.
  await connection.verification.etherscan.getApiKey();
  const here = onConnection(hre, connection);
  const all: Verification[] = [];
  for (const contract of PROTOCOL_CONTRACTS) {
    const recorded = record.contracts[contract];
    const { address } = recorded;
    const [outcome, reason] = await publish(here, connection, recorded);
    const verification = { contract, address, outcome, reason };
    all.push(verification);
    tell(verification);
  }
  return all;
}

async function publish(
  hre: HardhatRuntimeEnvironment,
  { verification: { etherscan } }: NetworkConnection,
  { name, address, constructorArguments }: ContractRecord,
): Promise<[Verification["outcome"], string | null]> {
  // Loaded here: it brings the whole plugin along.
  const { verifyContract } = await import("@nomicfoundation/hardhat-verify/verify");
  try {
    if (await etherscan.isVerified(address)) return ["already verified", null];
    const { sourceName } = await hre.artifacts.readArtifact(name);
    const contract = `${sourceName}:${name}`;
    // The plugin tells every step; what is of interest is said here.
    await withLogsTo(
      () => undefined,
      () => verifyContract({ address, constructorArgs: constructorArguments, contract }, hre),
    );
    return ["verified", null];
  } catch (error) {
    if (HardhatError.isHardhatError(error, HardhatError.ERRORS.HARDHAT_VERIFY.GENERAL.CONTRACT_ALREADY_VERIFIED)) {
      return ["already verified", null];
    }
    if (HardhatError.isHardhatError(error)) return ["failed", quoted(error.formattedMessage)];
    throw error;
  }
}

/** The same environment, whose connection is one that is there: the plugin would open its own, which asks for a key. */
const onConnection = (hre: HardhatRuntimeEnvironment, connection: NetworkConnection): HardhatRuntimeEnvironment => ({
  ...hre,
  network: { ...hre.network, create: () => Promise.resolve(connection as never) },
});
