import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256, Wallet, parseEther, toBeHex } from "ethers";
import type { ContractTransactionResponse } from "ethers";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import type { IERC20Metadata } from "../../typechain-types/index.ts";
import { meterDomain } from "../../sdk/src/signing/domains.ts";
import type { Domain } from "../../sdk/src/signing/typedData.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import type { Voucher } from "../../sdk/src/signing/voucher.ts";
import { DEADLINE, buy, launch, passAntiSnipeWindow } from "./ground.ts";
import type { Ground } from "./ground.ts";

/** One USDC [USDC units]. */
export const USDC = 1_000_000n;
/** A day [s]. */
export const DAY = 86_400;
/** When a day of the bench begins [s]. */
const MORNING = 6n * 3_600n;
/** More than a raise is missing [FLOCK]. */
const EVERYTHING = "60000";
/** What everybody stakes, and what is prepaid for everybody. */
const STAKE = parseEther("100");
const PREPAID = 1_000n * USDC;
/** What a row of the bench stands for: 2 USDC of list spend, of which 1.9 are paid. */
const UNITS = 2_000_000n;
const LIST = 2n * USDC;
const PAID = 1_900_000n;
/** The first private key of the crowd; the others follow. */
const FIRST_KEY = 0xfeed0000n << 200n;
/** Deposits that fit into one transaction, with room to spare. */
const DEPOSITS_PER_BATCH = 250;
const BATCH_GAS = 16_000_000n;

/** A user of the bench, with the wallet that signs and a key that it may authorise. */
export interface Member {
  wallet: Wallet;
  key: Wallet;
  account: HardhatEthersSigner;
}

/** A graduated model with an API id, and people who use it. */
export interface Live {
  modelId: bigint;
  token: IERC20Metadata;
  domain: Domain;
  members: Member[];
}

/** Graduates the model that is measured and lets it go live. The first user of the ground holds nearly all of its MT. */
export async function goLive(ground: Ground): Promise<Omit<Live, "members">> {
  const { offering, lens, registry, emissions, addresses } = ground.protocol;
  await launch(ground);
  const modelId = await registry.modelCount();
  await passAntiSnipeWindow(ground);
  const [holder] = ground.users;
  await buy(ground, modelId, holder!, EVERYTHING);
  await offering.graduate(modelId);
  await offering.claim(modelId, holder!);
  await registry.connect(ground.platform).setApiId(modelId, "bench");
  const { token } = await lens.raiseOf(modelId);

  await ground.flock.approve(addresses.emissions, MaxUint256);
  await emissions.connect(ground.deployer).fund(parseEther("10000000"));
  await ground.usdc.transfer(ground.platform, 100_000_000n * USDC);
  await ground.usdc.connect(ground.platform).approve(addresses.meter, MaxUint256);
  const { chainId } = await ground.connection.ethers.provider.getNetwork();
  return { modelId, token: connectAs("modelToken", token, holder), domain: meterDomain({ chainId, addresses }) };
}

/** Users who hold FLOCK and MT, stake, have a balance, and have authorised a key. What they stake counts already. */
export async function gatherMembers(ground: Ground, live: Omit<Live, "members">, many: number): Promise<Member[]> {
  const { staking, meter, addresses } = ground.protocol;
  const { ethers, networkHelpers } = ground.connection;
  const members: Member[] = [];
  for (let index = 0; index < many; index++) {
    const [wallet, key] = [walletOf(2 * index), walletOf(2 * index + 1)];
    await networkHelpers.setBalance(wallet.address, parseEther("100"));
    const account = await ethers.getImpersonatedSigner(wallet.address);
    await live.token.transfer(wallet.address, 2n * STAKE);
    await ground.flock.transfer(wallet.address, 1n);
    await live.token.connect(account).approve(addresses.staking, MaxUint256);
    await staking.connect(account).stake(live.modelId, STAKE);
    await meter.connect(account).authorizeKey(key.address, PREPAID, DEADLINE);
    members.push({ wallet, key, account });
  }
  await prepay(
    ground,
    members.map(({ wallet }) => wallet.address),
  );
  await passDays(ground, 2); // a warm-up lasts 24 hours
  return members;
}

/** Lets days pass, to a morning: nothing that is measured within a day runs over midnight. */
export async function passDays(ground: Ground, days: number): Promise<void> {
  const today = await ground.protocol.emissions.currentEpoch();
  await ground.connection.networkHelpers.time.increaseTo((today + BigInt(days)) * BigInt(DAY) + MORNING);
}

/** A wallet of the crowd. */
export function walletOf(index: number): Wallet {
  return new Wallet(toBeHex(FIRST_KEY + BigInt(index + 1), 32));
}

/** The platform brings USDC for many users. */
export async function prepay(ground: Ground, users: string[]): Promise<void> {
  const { meter } = ground.protocol;
  for (let done = 0; done < users.length; done += DEPOSITS_PER_BATCH) {
    const calls = users
      .slice(done, done + DEPOSITS_PER_BATCH)
      .map((user) => meter.interface.encodeFunctionData("depositCredit", [user, PREPAID]));
    await meter.connect(ground.platform).multicall(calls, { gasLimit: BATCH_GAS });
  }
}

/** Signs vouchers for one more row of usage each. */
export async function vouchersOf(
  ground: Ground,
  live: Omit<Live, "members">,
  signers: { user: string; signer: Wallet }[],
): Promise<Voucher[]> {
  const { meter } = ground.protocol;
  const rows: Voucher[] = [];
  for (const { user, signer } of signers) {
    const before = await meter.usageOf(user, signer.address, live.modelId);
    rows.push(
      await signVoucher(signer, live.domain, {
        user,
        key: signer.address,
        modelId: live.modelId,
        units: before.units + UNITS,
        list: before.list + LIST,
        paid: before.paid + PAID,
      }),
    );
  }
  return rows;
}

/** Settles one more row of usage for each of some members, signed by themselves or by their keys. */
export async function settleFor(
  ground: Ground,
  live: Live,
  members: Member[],
  signedBy: "wallet" | "key" = "wallet",
): Promise<ContractTransactionResponse> {
  const signers = members.map((member) => ({ user: member.wallet.address, signer: member[signedBy] }));
  const rows = await vouchersOf(ground, live, signers);
  return await ground.protocol.meter.connect(ground.platform).settle(live.modelId, rows, { gasLimit: BATCH_GAS });
}
