import { Wallet } from "ethers";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { callOf } from "../../../../sdk/src/actions/action.ts";
import type { Action } from "../../../../sdk/src/actions/action.ts";
import { depositCredit } from "../../../../sdk/src/actions/prepaid.ts";
import { approvalOf } from "../../../../sdk/src/actions/payment.ts";
import type { LocalChain } from "../../../../sdk/test/chain.ts";
import { DEPLOYMENT } from "./chain.ts";

/** Somebody with a key and prepaid USDC. */
export type User = Wallet;

/** Sends an action from an account that the node knows, and waits until it is in a block. */
export async function act(chain: LocalChain, from: string, action: Action): Promise<void> {
  const { to, data } = callOf(action);
  const hash = (await chain.ask("eth_sendTransaction", { from, to, data })) as Hex;
  const receipt = (await chain.ask("eth_getTransactionReceipt", hash)) as { status: string };
  if (receipt.status !== "0x1") throw new Error(`${action.what} was refused`);
}

/** A new user to whom the platform has brought USDC [USDC units]. */
export async function newUser(chain: LocalChain, usdc: bigint): Promise<User> {
  const user = new Wallet(Wallet.createRandom().privateKey);
  if (usdc !== 0n) {
    const credit = depositCredit(DEPLOYMENT, user.address, usdc);
    const { alice } = chain.actors; // she is the platform too
    const approval = approvalOf(credit.payment);
    const hash = await chain.ask("eth_sendTransaction", { from: alice.address, to: approval.to, data: approval.data });
    await chain.ask("eth_getTransactionReceipt", hash);
    await act(chain, alice.address, credit);
  }
  return user;
}
