/** How long a requested withdrawal of prepaid USDC matures, and how long it can be executed then [s]. */
export const WITHDRAWAL_DELAY = 172_800n;

/**
 * When a withdrawal that was requested can be executed [s]: from `maturesAt` on, and before `lapsesAt`.
 * @param requestedAt `requestedAt` of the meter's `accountOf` [s].
 */
export function withdrawalTimes(requestedAt: bigint): { maturesAt: bigint; lapsesAt: bigint } {
  const maturesAt = requestedAt + WITHDRAWAL_DELAY;
  return { maturesAt, lapsesAt: maturesAt + WITHDRAWAL_DELAY };
}
