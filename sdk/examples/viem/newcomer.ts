import {
  authorizeKeySigned,
  callOf,
  deploymentOf,
  depositSigned,
  readOf,
  signDeposit,
  signKeyAuthorization,
  together,
  tokenDomain,
} from "fomo-sdk";
import { toHex } from "viem";
import type { Account, Address, Chain, LocalAccount, PublicClient, Transport, WalletClient } from "viem";

/**
 * Starts a newcomer who has USDC and no currency of the chain: it signs a deposit and an authorisation of a session key,
 * and a relayer, such as the platform's gateway, submits both in one transaction and pays its gas.
 * @param amount What is deposited, which is also the most that the key may spend [USDC units].
 */
export async function beginWithoutGas(
  client: PublicClient,
  user: LocalAccount,
  relayer: WalletClient<Transport, Chain, Account>,
  key: Address,
  amount: bigint,
) {
  const deployment = deploymentOf(relayer.chain.id);
  const { usdc: token, meter } = deployment.addresses;
  const now = (await client.getBlock()).timestamp;
  const answers = {
    DOMAIN_SEPARATOR: await client.readContract(readOf(deployment, "usdc", "DOMAIN_SEPARATOR", [])),
    eip712Domain: await client.readContract(readOf(deployment, "usdc", "eip712Domain", [])),
  };
  const usdc = tokenDomain({ chainId: deployment.chainId, token }, answers);
  if (usdc === undefined) throw new Error("USDC says another domain than it uses");

  // Without gas: two signatures of the user.
  const deposit = await signDeposit(
    user,
    { usdc, meter },
    {
      ...{ user: user.address, amount, validAfter: 0n, validBefore: now + 3_600n },
      nonce: toHex(crypto.getRandomValues(new Uint8Array(32))),
    },
  );
  const authorization = await signKeyAuthorization(user, deployment, {
    ...{ user: user.address, key, cap: amount, expiresAt: now + 30n * 86_400n, deadline: now + 3_600n },
    nonce: await client.readContract(readOf(deployment, "meter", "nonces", [user.address])),
  });

  const begin = together("Begin", [
    depositSigned(deployment, deposit, deposit.parts ?? deposit.signature),
    authorizeKeySigned(deployment, authorization),
  ]);
  return await client.waitForTransactionReceipt({ hash: await relayer.sendTransaction(callOf(begin)) });
}
