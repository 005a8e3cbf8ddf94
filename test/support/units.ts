import { parseEther, parseUnits } from "ethers";

/** One, in which prices and rates are counted [WAD]. */
export const WAD = 10n ** 18n;
/** One hundred percent [bps]. */
export const BPS = 10_000n;
/** Prices and compute costs are stated for this many units of inference. */
export const MILLION = 1_000_000n;

/** The supply of every Model Token [MT wei] (section 3.2). */
export const MT_SUPPLY = 1_000_000n * WAD;
/** S, what the curve sells of it: 40% [MT wei] (sections 3.2 and 3.3.2). */
export const SALE_SUPPLY = 400_000n * WAD;

/** FLOCK or Model Tokens as wei. A fraction is a string, so that nothing is a floating-point number. */
export const tokens = (amount: bigint | number | string): bigint => parseEther(amount.toString());
/** USDC as units of a token with 6 decimals. */
export const usdc = (amount: bigint | number | string): bigint => parseUnits(amount.toString(), 6);
