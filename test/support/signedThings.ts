import { Wallet, id } from "ethers";

import type { Address, Hex } from "../../sdk/src/codec/hex.ts";
import { signDeposit } from "../../sdk/src/signing/deposit.ts";
import { signKeyAuthorization } from "../../sdk/src/signing/keyAuthorization.ts";
import { signPermit } from "../../sdk/src/signing/permit.ts";
import type { Domain } from "../../sdk/src/signing/typedData.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";

/** Addresses of nothing, for what no chain looks at. */
export const METER: Address = "0x4A679253410272dd5232B3Ff7cF5dbB88f295319";
export const OTHER: Address = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";

/** The chain on which everything here is signed. */
export const PLACE = { chainId: 31_337, network: "embedded", usdcDecimals: 6, addresses: { meter: METER } };

/** A token's domain, as USDC on Base has it. */
export const USDC_DOMAIN: Domain = { name: "USD Coin", version: "2", chainId: 31_337, verifyingContract: OTHER };
export const DEPOSIT_PLACE = { usdc: USDC_DOMAIN, meter: METER };

/** A user and a key of its own. */
export const USER = new Wallet(id("a user who signs"));
export const KEY = new Wallet(id("a key that signs"));

/** One good thing of each kind. */
export const VOUCHER = await signVoucher(KEY, PLACE, {
  ...{ user: USER.address, key: KEY.address, modelId: 7n },
  ...{ units: 2_000_000n, list: 3_000_000n, paid: 2_500_000n },
});
export const KEY_AUTHORIZATION = await signKeyAuthorization(USER, PLACE, {
  ...{ user: USER.address, key: KEY.address, cap: 5_000_000n },
  ...{ expiresAt: 2_000_000_000n, nonce: 3n, deadline: 1_900_000_000n },
});
export const DEPOSIT = await signDeposit(USER, DEPOSIT_PLACE, {
  ...{ user: USER.address, amount: 30_000_000n, validAfter: 1_700_000_000n, validBefore: 1_900_000_000n },
  nonce: id("a deposit") as Hex,
});
const PERMIT_TERMS = {
  ...{ owner: USER.address, spender: METER, value: 30_000_000n, nonce: 1n, deadline: 1_900_000_000n },
};
export const PERMIT = { ...PERMIT_TERMS, ...(await signPermit(USER, USDC_DOMAIN, PERMIT_TERMS)) };

/** When all of them are good [s]. */
export const GOOD_TIME = 1_800_000_000n;
