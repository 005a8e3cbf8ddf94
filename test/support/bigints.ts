/** The smaller of two. */
export const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
/** The larger of two. */
export const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The integer square root, as the pair computes its liquidity. */
export function sqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let x = value;
  let next = (x + 1n) / 2n;
  while (next < x) {
    x = next;
    next = (x + value / x) / 2n;
  }
  return x;
}
