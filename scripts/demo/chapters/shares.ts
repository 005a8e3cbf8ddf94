/** The five parts of a graduation that vest, in the order of the contract's `Share`. */
export const SHARES = {
  issuerMt: 0n,
  treasuryMt: 1n,
  incentiveReserve: 2n,
  protocolFlock: 3n,
  stakingFund: 4n,
} as const;
