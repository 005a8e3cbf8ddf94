import { pairOut } from "../../sdk/src/buyback/pair.ts";

/** Fee of the pools of the embedded chain, a real Uniswap v2 [bps]. */
const PAIR_FEE_BPS = 30n;

/** A pool of two tokens as trades leave it, for what they must have given. */
export class TradedPool {
  /** @param reserveIn Of the token that is paid [wei]. @param reserveOut Of the token that is bought [wei]. */
  constructor(
    public reserveIn: bigint,
    public reserveOut: bigint,
  ) {}

  /** Pays `amountIn` and returns what comes out, rounded down. */
  swap(amountIn: bigint): bigint {
    const amountOut = pairOut(amountIn, this, PAIR_FEE_BPS);
    this.reserveIn += amountIn;
    this.reserveOut -= amountOut;
    return amountOut;
  }
}
