import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { getAddress, isAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { DEFAULT_NETWORK, namedNetwork } from "../command/context.ts";
import type { CommandContext } from "../command/context.ts";
import type { Output } from "../command/output.ts";
import { CommandError } from "../command/commandError.ts";
import { placeOf } from "../deployment/place.ts";
import { readRecord } from "../deployment/record.ts";
import { linkTo } from "../rpc/nodeLink.ts";
import type { NodeLink } from "../rpc/nodeLink.ts";
import { takeUpEarlierRuns } from "../sending/earlierRuns.ts";
import { journalOf } from "../sending/journal.ts";
import type { Sending } from "../sending/sending.ts";
import { hasKeys, requireKeys } from "./signingKeys.ts";
import { knownNames } from "./knownNames.ts";
import { LOCAL_ACTORS, LOCAL_ALIASES } from "./localActors.ts";
import { isLocal } from "./identity.ts";
import { deploymentOfRecord } from "../../../sdk/src/deployments/deployment.ts";
import type { Deployment } from "../../../sdk/src/deployments/deployment.ts";
import { connectProtocol } from "../../../sdk/src/ethers/connect.ts";
import type { Protocol } from "../../../sdk/src/ethers/connect.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";

/** A command's connection to the protocol on one network. */
export interface Session {
  /** Where the command's words go. */
  out: Output;
  connection: NetworkConnection;
  networkName: string;
  chainId: bigint;
  /** Where the protocol is; what the SDK makes calls of. */
  deployment: Deployment;
  /** The protocol's contracts, for reading; `protocol.offering.connect(signer)` writes. */
  protocol: Protocol;
  /** Decimals of the network's USDC. */
  usdcDecimals: number;
  /** The first block in which anything of the protocol happened. */
  firstBlock: number;
  /** For views that depend on the time: how they would be answered in the next block. */
  now: { blockTag: "latest" | "pending" };
  /** What it knows of the node that it talks to. */
  node: NodeLink;
  /** What the command sends. */
  sending: Sending;
  /** The project's folder. */
  root: string;
  /** The network's accounts, over a connection that can sign. The keys of a public network are asked for only now. */
  signing(): Promise<Signing>;
}

/** A connection that can sign, and its accounts. */
export interface Signing {
  connection: NetworkConnection;
  signers: Signer[];
}

/**
 * Connects to the network of `--network`, or to the chain of `npm run node`. Only what signs asks for the network's keys:
 * reading needs none.
 */
export async function connectNetwork({ hre, out }: CommandContext, needsSigner = false) {
  const networkName = namedNetwork(hre) ?? DEFAULT_NETWORK;
  const accounts = accountsOf({ hre }, networkName);
  if (needsSigner && hasKeys(accounts)) await requireKeys(accounts);
  const override = needsSigner || !hasKeys(accounts) ? {} : { accounts: [] };
  const connection = await hre.network.create({ network: networkName, override });
  if (connection.networkConfig.type !== "http") {
    throw new CommandError(
      `The network ${networkName} lives in one process only: start a chain with \`npm run node\` and leave --network out.`,
    );
  }
  let manyNodes = true;
  const node = linkTo(connection.provider, {
    tell: (sentence) => {
      out.note(sentence);
    },
    name: networkName,
    manyNodes: () => manyNodes,
  });
  const { chainId } = await connection.ethers.provider.getNetwork();
  manyNodes = !isLocal(chainId);
  return { connection, networkName, chainId, node };
}

/** The accounts of a network, as they are configured. */
function accountsOf({ hre }: Pick<CommandContext, "hre">, networkName: string) {
  const config = hre.config.networks[networkName];
  return config?.type === "http" ? config.accounts : undefined;
}

/** Connects to the protocol. */
export async function openSession(context: CommandContext): Promise<Session> {
  const { connection, networkName, chainId, node } = await connectNetwork(context);
  const { ignition } = context.hre.config.paths;
  const record = readRecord(await placeOf(ignition, { networkName, chainId }, connection.provider));
  const deployment = deploymentOfRecord(record);
  const { addresses } = deployment;
  const { provider } = connection.ethers;
  if ((await provider.getCode(addresses.offering)) === "0x") {
    throw new CommandError(
      `The chain has no contract at ${addresses.offering}, where the deployment's record says the offering is: the record belongs to another chain with id ${chainId.toString()}; start that chain or deploy again.`,
    );
  }
  const protocol = connectProtocol(addresses, provider);
  const usdcDecimals = Number(await protocol.usdc.decimals());
  context.usdcDecimals = usdcDecimals;
  // A local chain makes blocks only for transactions, so that its newest block may be old. Public chains have no such
  // gap, and some of their nodes do not answer for the pending block.
  const blockTag = isLocal(chainId) ? "pending" : "latest";
  const { out, sending, hre } = context;
  const root = hre.config.paths.root;
  const ownKeys = hasKeys(accountsOf(context, networkName));
  const links = [node];
  let signing: Promise<Signing> | undefined;
  const connectSigning = async (): Promise<Signing> => {
    const connected = ownKeys ? await connectNetwork(context, true) : { connection, node };
    if (ownKeys) links.push(connected.node);
    return { connection: connected.connection, signers: await connected.connection.ethers.getSigners() };
  };
  const session: Session = {
    ...{ out, sending, root, connection, networkName, chainId, deployment, protocol, usdcDecimals, now: { blockTag } },
    firstBlock: record.firstBlock,
    node: {
      mustKnow: (block) => {
        for (const link of links) link.mustKnow(block);
      },
    },
    signing: () => (signing ??= connectSigning()),
  };
  const [names, time] = await Promise.all([knownNames(session, isLocal(chainId) && !ownKeys), timeOf(session)]);
  const learntAt = performance.now();
  context.out.learn({ names, time: () => time + BigInt(Math.floor((performance.now() - learntAt) / 1_000)) });
  return session;
}

/**
 * The signer that `--from` names: an index or an address among the network's accounts. What interrupted commands of the
 * same signer have sent is found out first, so that nothing is read before it is settled and nothing sent twice.
 */
export async function signerOf(session: Session, from: string | undefined): Promise<Signer> {
  const signer = await namedSigner(session, from);
  await takeUpEarlierRuns(session, signer, await journalOf(session, signer.address));
  return signer;
}

async function namedSigner(session: Session, from: string | undefined): Promise<Signer> {
  const { networkName, chainId } = session;
  const { signers } = await session.signing();
  const first = signers[0];
  if (first === undefined) {
    throw new CommandError(
      `The network ${networkName} has no account to sign with: put a key into Hardhat's keystore.`,
    );
  }
  if (from === undefined) return first;
  const signer = find(signers, from, chainId);
  if (signer === undefined) {
    const last = (signers.length - 1).toString();
    throw new CommandError(
      `--from is "${typedText(from)}": name an index from 0 to ${last} or the address of one of the network's accounts.`,
    );
  }
  return signer;
}

/** The address that an option names: any address, or the index of one of the network's accounts. */
export async function addressOf(session: Session, option: string, typed: string): Promise<string> {
  const isValid: boolean = isAddress(typed);
  if (isValid) return getAddress(typed);
  const mayBeAccount = /^\d+$/.test(typed) || isLocal(session.chainId);
  const signer = mayBeAccount ? find((await session.signing()).signers, typed, session.chainId) : undefined;
  if (signer !== undefined) return signer.address;
  throw new CommandError(
    `${option} is "${typedText(typed)}": name an address with a valid checksum, or the index of one of the network's accounts.`,
  );
}

/** Time of the block that would come next, for deadlines [s]. */
export async function timeOf({ connection, now }: Session): Promise<bigint> {
  // Not `getBlock`: it takes a pending block, which has no number yet, for a mistake of the node.
  const block = (await connection.ethers.provider.send("eth_getBlockByNumber", [now.blockTag, false])) as {
    timestamp: string;
  };
  return BigInt(block.timestamp);
}

/** An account by its index, its address or, on a local chain, its name. */
function find(signers: HardhatEthersSigner[], typed: string, chainId: bigint): HardhatEthersSigner | undefined {
  if (/^\d+$/.test(typed)) return signers[Number(typed)];
  const index = isLocal(chainId) ? LOCAL_ACTORS.findIndex((name) => name === (LOCAL_ALIASES[typed] ?? typed)) : -1;
  return signers[index] ?? signers.find(({ address }) => address.toLowerCase() === typed.toLowerCase());
}

/** A signer of the network. */
export type Signer = HardhatEthersSigner;
