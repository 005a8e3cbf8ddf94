/**
 * Events that no history can meet, and views that the books do not answer, each with the reason. Everything else has to be
 * met and compared.
 *
 * In part compared are views that work something out while an epoch is over and nobody has rolled it: `claimableOf` and
 * `issuerBonusOf` of the emissions are compared where nothing waits to be rolled, and `capOf` for every epoch but a present
 * one in which nothing was settled, whose cap follows from prices. `lockOf` and `circulatingSupply` read balances and
 * supplies of tokens: liquidity that others send to the locker and MT that holders burn are told by `Transfer` of those
 * tokens only, and do not happen here. Which token of a pair is its first is told by `PairCreated` of the DEX only, and
 * under which name a seat has its credit is the convention of `Seats`. The lens and the AccessManager are left out as a whole:
 * the one stores nothing, and the other is OpenZeppelin's.
 */
export const UNREACHABLE_EVENTS: readonly string[] = [
  "meter.EIP712DomainChanged", // stands in ERC-5267; the domain is constant
];

/** Views that are written in capitals are constant: they stand in the code, and a deployment names them. */
export const isConstant = (view: string): boolean => /^\w+\.[A-Z0-9_]+$/.test(view);

/** Views that store nothing or are formulas over what is compared. */
export const FORMULAS: readonly string[] = [
  "registry.priceFloorOf", // over the compute cost of `tierOf`
  "offering.saleOf", // the fee falls with the clock: over `raiseOf` and `buyPause`
  "offering.expectToken", // a check of `tokenOf` that answers nothing
  "tokenFactory.tokenName", // transient: empty outside a deployment
  "tokenFactory.tokenSymbol",
  "staking.discountOf", // over `stakeOf`, `circulatingSupply` and the settings
  "meter.eip712Domain", // constant
  "meter.voucherHash", // over their arguments alone
  "meter.keyAuthorizationHash",
  "meter.previewVoucher", // what `settle` would do with a voucher, over account, key, usage and terms
  "buyback.averageFlockFor", // over the observations, and over the reserves that a pair of the DEX has now
  "buyback.averageMtPrice",
  "buyback.nextFlockLot",
  "buyback.nextMtLot",
  // OpenZeppelin's: whether a scheduled operation is being executed in this very call.
  ...["registry", "offering", "staking", "meter", "buyback", "emissions"].map(
    (name) => `${name}.isConsumingScheduledOp`,
  ),
];
