/** A Uniswap v2 pool of two tokens, from Uniswap's own description: x·y may not fall, and 0.3% of the input stays. */
export class PaperPool {
  /** @param reserveIn Of the token that is paid [wei]. @param reserveOut Of the token that is bought [wei]. */
  constructor(
    public reserveIn: bigint,
    public reserveOut: bigint,
  ) {}

  /** Pays `amountIn` and returns what comes out, rounded down. */
  swap(amountIn: bigint): bigint {
    const product = this.reserveIn * this.reserveOut;
    const counted = this.reserveIn * 1_000n + amountIn * 997n;
    // The least reserve that keeps the product, rounded up.
    const left = (product * 1_000n + counted - 1n) / counted;
    const amountOut = this.reserveOut - left;
    this.reserveIn += amountIn;
    this.reserveOut = left;
    return amountOut;
  }
}
