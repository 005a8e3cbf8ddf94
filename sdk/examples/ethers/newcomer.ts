import { hexlify, randomBytes } from "ethers";
import type { Signer } from "ethers";
import {
  authorizeKeySigned,
  callOf,
  deploymentOf,
  depositSigned,
  signDeposit,
  signKeyAuthorization,
  together,
  tokenDomain,
} from "fomo-sdk";
import type { Hex } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * Starts a newcomer who has USDC and no currency of the chain: it signs a deposit and an authorisation of a session key,
 * and a relayer, such as the platform's gateway, submits both in one transaction and pays its gas.
 * @param amount What is deposited, which is also the most that the key may spend [USDC units].
 */
export async function beginWithoutGas(user: Signer, relayer: Signer, key: string, amount: bigint) {
  const provider = relayer.provider!; // a signer that sends has one
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const contracts = connectProtocol(deployment.addresses, provider);
  const { usdc: token, meter } = deployment.addresses;
  const now = BigInt((await provider.getBlock("latest"))!.timestamp);
  const answers = {
    DOMAIN_SEPARATOR: await contracts.usdc.DOMAIN_SEPARATOR(),
    eip712Domain: await contracts.usdc.eip712Domain(),
  };
  const usdc = tokenDomain({ chainId: deployment.chainId, token }, answers);
  if (usdc === undefined) throw new Error("USDC says another domain than it uses");

  // Without gas: two signatures of the user.
  const address = await user.getAddress();
  const deposit = await signDeposit(
    user,
    { usdc, meter },
    {
      ...{ user: address, amount, validAfter: 0n, validBefore: now + 3_600n },
      nonce: hexlify(randomBytes(32)) as Hex,
    },
  );
  const authorization = await signKeyAuthorization(user, deployment, {
    ...{ user: address, key, cap: amount, expiresAt: now + 30n * 86_400n, deadline: now + 3_600n },
    nonce: await contracts.meter.nonces(address),
  });

  const begin = together("Begin", [
    depositSigned(deployment, deposit, deposit.parts ?? deposit.signature),
    authorizeKeySigned(deployment, authorization),
  ]);
  return await (await relayer.sendTransaction(callOf(begin))).wait();
}
