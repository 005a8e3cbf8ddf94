// Written by `npm run build` from the contracts: do not edit.
import type { Address, Hex } from "../codec/hex.ts";

/** What each view function of a contract takes, as viem's types have it, and what it answers. */
export interface Reads {
  accessManager: {
    ADMIN_ROLE: { args: readonly []; result: bigint };
    PUBLIC_ROLE: { args: readonly []; result: bigint };
    canCall: { args: readonly [caller: Address, target: Address, selector: Hex]; result: readonly [immediate: boolean, delay: bigint] };
    expiration: { args: readonly []; result: bigint };
    getAccess: { args: readonly [roleId: bigint, account: Address]; result: readonly [since: bigint, currentDelay: bigint, pendingDelay: bigint, effect: bigint] };
    getNonce: { args: readonly [id: Hex]; result: bigint };
    getRoleAdmin: { args: readonly [roleId: bigint]; result: bigint };
    getRoleGrantDelay: { args: readonly [roleId: bigint]; result: bigint };
    getRoleGuardian: { args: readonly [roleId: bigint]; result: bigint };
    getSchedule: { args: readonly [id: Hex]; result: bigint };
    getTargetAdminDelay: { args: readonly [target: Address]; result: bigint };
    getTargetFunctionRole: { args: readonly [target: Address, selector: Hex]; result: bigint };
    hasRole: { args: readonly [roleId: bigint, account: Address]; result: readonly [isMember: boolean, executionDelay: bigint] };
    hashOperation: { args: readonly [caller: Address, target: Address, data: Hex]; result: Hex };
    isTargetClosed: { args: readonly [target: Address]; result: boolean };
    minSetback: { args: readonly []; result: bigint };
  };
  registry: {
    DEPLOYER: { args: readonly []; result: Address };
    MAX_COMPUTE_COST: { args: readonly []; result: bigint };
    MIN_COMPUTE_COST: { args: readonly []; result: bigint };
    apiIdOf: { args: readonly [modelId: bigint]; result: string };
    authority: { args: readonly []; result: Address };
    buyback: { args: readonly []; result: Address };
    computeCostOf: { args: readonly [modelId: bigint]; result: bigint };
    holderOf: { args: readonly [seat: Hex]; result: Address };
    identityOf: { args: readonly [modelId: bigint]; result: { name: string; symbol: string; metadataHash: Hex } };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    issuerOf: { args: readonly [modelId: bigint]; result: Address };
    issuerSeatOf: { args: readonly [modelId: bigint]; result: Hex };
    leastMinimumRaise: { args: readonly []; result: bigint };
    modelCount: { args: readonly []; result: bigint };
    modelOf: { args: readonly [modelId: bigint]; result: { tierId: bigint; minimumPrice: bigint } };
    offeredTo: { args: readonly [seat: Hex]; result: Address };
    offering: { args: readonly []; result: Address };
    priceFloorOf: { args: readonly [tierId: bigint]; result: bigint };
    providerSeatOf: { args: readonly [tierId: bigint]; result: Hex };
    requireWired: { args: readonly []; result: boolean };
    tierCount: { args: readonly []; result: bigint };
    tierOf: { args: readonly [tierId: bigint]; result: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex } };
    treasury: { args: readonly []; result: Address };
    treasurySeat: { args: readonly []; result: Hex };
    usageTermsOf: { args: readonly [modelId: bigint]; result: { minimumPrice: bigint; computeCost: bigint; liveAt: bigint; providerSeat: Hex } };
  };
  tokenFactory: {
    DEPLOYER: { args: readonly []; result: Address };
    TOKEN_CODE_HASH: { args: readonly []; result: Hex };
    graduation: { args: readonly []; result: Address };
    predict: { args: readonly [salt: Hex]; result: Address };
    requireWired: { args: readonly []; result: boolean };
    tokenName: { args: readonly []; result: string };
    tokenSymbol: { args: readonly []; result: string };
  };
  vault: {
    DEPLOYER: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    allocationOf: { args: readonly [modelId: bigint, share: number]; result: { total: bigint; released: bigint } };
    emissions: { args: readonly []; result: Address };
    graduation: { args: readonly []; result: Address };
    recordOf: { args: readonly [modelId: bigint]; result: readonly [token: Address, startAt: bigint] };
    releasable: { args: readonly [modelId: bigint, share: number]; result: bigint };
    requireWired: { args: readonly []; result: boolean };
    unvested: { args: readonly [modelId: bigint]; result: bigint };
  };
  waterfall: {
    DEPLOYER: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    USDC: { args: readonly []; result: Address };
    creditOf: { args: readonly [seat: Hex]; result: bigint };
    meter: { args: readonly []; result: Address };
    requireWired: { args: readonly []; result: boolean };
  };
  buyback: {
    DEX_FACTORY: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    FLOCK_BURNS: { args: readonly []; result: boolean };
    PAIR_FEE_BPS: { args: readonly []; result: bigint };
    REGISTRY: { args: readonly []; result: Address };
    USDC: { args: readonly []; result: Address };
    VAULT: { args: readonly []; result: Address };
    WATERFALL: { args: readonly []; result: Address };
    authority: { args: readonly []; result: Address };
    averageFlockFor: { args: readonly [usdcIn: bigint]; result: bigint };
    averageMtPrice: { args: readonly [modelId: bigint]; result: bigint };
    bucketOf: { args: readonly [pair: Address, tokenIn: Address]; result: readonly [level: bigint, filledAt: bigint] };
    buybackSettings: { args: readonly []; result: { bucketBps: bigint; bandBps: bigint; modelMinReserve: bigint; routeRefillDuration: bigint; modelRefillDuration: bigint } };
    buybacksPausedUntil: { args: readonly []; result: bigint };
    flockOf: { args: readonly [modelId: bigint]; result: bigint };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    modelMinReserve: { args: readonly []; result: bigint };
    nextFlockLot: { args: readonly [modelId: bigint]; result: { wait: bigint; pair: Address; credit: bigint; amountIn: bigint; amountOut: bigint; amountOutMin: bigint; nextAt: bigint } };
    nextMtLot: { args: readonly [modelId: bigint]; result: { wait: bigint; pair: Address; credit: bigint; amountIn: bigint; amountOut: bigint; amountOutMin: bigint; nextAt: bigint } };
    observationOf: { args: readonly [pair: Address, tokenIn: Address]; result: readonly [observedAt: bigint, averageSince: bigint, notedReserve: bigint] };
    routePairs: { args: readonly []; result: readonly ({ pair: Address; minReserve: bigint })[] };
  };
  locker: {
    DEX_FACTORY: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    LOCK_DURATION: { args: readonly []; result: bigint };
    REGISTRY: { args: readonly []; result: Address };
    VAULT: { args: readonly []; result: Address };
    lockOf: { args: readonly [modelId: bigint]; result: readonly [pair: Address, liquidity: bigint, unlocksAt: bigint] };
  };
  graduation: {
    BUYBACK: { args: readonly []; result: Address };
    DEPLOYER: { args: readonly []; result: Address };
    DEX_FACTORY: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    LOCKER: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    TOKEN_FACTORY: { args: readonly []; result: Address };
    VAULT: { args: readonly []; result: Address };
    offering: { args: readonly []; result: Address };
    openingReservesOf: { args: readonly [modelId: bigint]; result: { flock: bigint; mt: bigint } };
    requireWired: { args: readonly []; result: boolean };
  };
  offering: {
    FLOCK: { args: readonly []; result: Address };
    GRADUATION: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    authority: { args: readonly []; result: Address };
    buyPause: { args: readonly []; result: { startedAt: bigint; endsAt: bigint; pausedBefore: bigint } };
    buysPausedUntil: { args: readonly []; result: bigint };
    expectToken: { args: readonly [modelId: bigint, token: Address]; result: undefined };
    hasGraduated: { args: readonly [modelId: bigint]; result: boolean };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    launchesPausedUntil: { args: readonly []; result: bigint };
    offeringSettings: { args: readonly []; result: { launchFee: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint; antiSnipeStartBps: bigint; antiSnipeWindow: bigint; bundleCapBps: bigint } };
    outcomeOf: { args: readonly [modelId: bigint]; result: bigint };
    positionOf: { args: readonly [modelId: bigint, account: Address]; result: { mt: bigint; flockNet: bigint } };
    raiseOf: { args: readonly [modelId: bigint]; result: { running: { raised: bigint; gross: bigint; endsAt: bigint; outcome: bigint; antiSnipeStartBps: bigint; openingMode: bigint }; curve: { target: bigint; virtualFlock: bigint; startAt: bigint; antiSnipeWindow: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint }; terms: { minimumRaise: bigint; commitment: Hex; bundleNet: bigint }; claimedFees: { creator: bigint; protocol: bigint } } };
    saleOf: { args: readonly [modelId: bigint]; result: { raised: bigint; gross: bigint; target: bigint; virtualFlock: bigint; feeRate: bigint; time: bigint } };
    tokenOf: { args: readonly [modelId: bigint]; result: Address };
    unclaimedFeesOf: { args: readonly [modelId: bigint]; result: readonly [creatorFee: bigint, protocolFee: bigint] };
    unclaimedLaunchFees: { args: readonly []; result: bigint };
  };
  staking: {
    COOLDOWN: { args: readonly []; result: bigint };
    OFFERING: { args: readonly []; result: Address };
    VAULT: { args: readonly []; result: Address };
    WARM_UP: { args: readonly []; result: bigint };
    authority: { args: readonly []; result: Address };
    circulatingSupply: { args: readonly [modelId: bigint]; result: bigint };
    discountOf: { args: readonly [modelId: bigint, user: Address]; result: bigint };
    discountSettings: { args: readonly []; result: { capBps: bigint; multiplier: bigint } };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    stakeOf: { args: readonly [modelId: bigint, user: Address]; result: bigint };
    stakeRecordOf: { args: readonly [modelId: bigint, user: Address]; result: { active: bigint; warming: bigint; warmAt: bigint; exiting: bigint; withdrawableAt: bigint } };
  };
  emissions: {
    BUYBACK: { args: readonly []; result: Address };
    DEPLOYER: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    FLOCK_BURNS: { args: readonly []; result: boolean };
    GRADUATION: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    STAKING: { args: readonly []; result: Address };
    SWEEP_DELAY: { args: readonly []; result: bigint };
    USDC_UNIT: { args: readonly []; result: bigint };
    VAULT: { args: readonly []; result: Address };
    authority: { args: readonly []; result: Address };
    capOf: { args: readonly [epoch: bigint]; result: bigint };
    claimableOf: { args: readonly [user: Address, modelId: bigint]; result: { flock: bigint; mt: bigint } };
    currentEpoch: { args: readonly []; result: bigint };
    emissionSettings: { args: readonly []; result: { dailyRate: bigint; maxFlockPerUsdc: bigint; maxRewardBps: bigint; nextDailyRate: bigint; nextMaxFlockPerUsdc: bigint; nextMaxRewardBps: bigint; nextFromEpoch: bigint } };
    epochTotalsOf: { args: readonly [epoch: bigint]; result: { totalScore: bigint; emission: bigint; cap: bigint } };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    issuerBonusOf: { args: readonly [modelId: bigint]; result: bigint };
    meter: { args: readonly []; result: Address };
    minimumStake: { args: readonly []; result: bigint };
    modelRewardsOf: { args: readonly [modelId: bigint]; result: { openEpoch: bigint; sweptEpoch: bigint; openScore: bigint; openWeight: bigint; openNet: bigint; openPrice: bigint; openCap: bigint; carriedEmission: bigint; issuerBonus: bigint; releasedFund: bigint; releasedReserve: bigint; cutFlock: bigint; cutMt: bigint } };
    poolOf: { args: readonly [modelId: bigint, epoch: bigint]; result: { flock: bigint; mt: bigint; weight: bigint; price: bigint; cap: bigint } };
    requireWired: { args: readonly []; result: boolean };
    unreserved: { args: readonly []; result: bigint };
    weightOf: { args: readonly [user: Address, modelId: bigint]; result: readonly [epoch: bigint, weight: bigint, net: bigint] };
  };
  meter: {
    EMISSIONS: { args: readonly []; result: Address };
    KEY_DELAY: { args: readonly []; result: bigint };
    REGISTRY: { args: readonly []; result: Address };
    USDC: { args: readonly []; result: Address };
    WATERFALL: { args: readonly []; result: Address };
    WITHDRAWAL_DELAY: { args: readonly []; result: bigint };
    accountOf: { args: readonly [user: Address]; result: { deposited: bigint; credit: bigint; requestedAt: bigint; requested: bigint } };
    authority: { args: readonly []; result: Address };
    availableOf: { args: readonly [user: Address]; result: bigint };
    depositsPausedUntil: { args: readonly []; result: bigint };
    eip712Domain: { args: readonly []; result: readonly [fields: Hex, name: string, version: string, chainId: bigint, verifyingContract: Address, salt: Hex, extensions: readonly (bigint)[]] };
    isConsumingScheduledOp: { args: readonly []; result: Hex };
    keyAuthorizationHash: { args: readonly [user: Address, key: Address, cap: bigint, expiresAt: number, nonce: bigint, deadline: bigint]; result: Hex };
    keyOf: { args: readonly [user: Address, key: Address]; result: { cap: bigint; spent: bigint; expiresAt: bigint; capFalls: boolean; nextCap: bigint; nextCapAt: bigint; collectedUntil: bigint } };
    nonces: { args: readonly [user: Address]; result: bigint };
    previewVoucher: { args: readonly [modelId: bigint, row: { user: Address; key: Address; units: bigint; list: bigint; paid: bigint; r: Hex; vs: Hex }]; result: readonly [reason: bigint, collected: { units: bigint; list: bigint; paid: bigint }] };
    usageOf: { args: readonly [user: Address, key: Address, modelId: bigint]; result: { units: bigint; list: bigint; paid: bigint } };
    voucherHash: { args: readonly [user: Address, key: Address, modelId: bigint, units: bigint, list: bigint, paid: bigint]; result: Hex };
  };
  lens: {
    BUYBACK: { args: readonly []; result: Address };
    EMISSIONS: { args: readonly []; result: Address };
    FLOCK: { args: readonly []; result: Address };
    GRADUATION: { args: readonly []; result: Address };
    LOCKER: { args: readonly []; result: Address };
    METER: { args: readonly []; result: Address };
    OFFERING: { args: readonly []; result: Address };
    REGISTRY: { args: readonly []; result: Address };
    STAKING: { args: readonly []; result: Address };
    USDC: { args: readonly []; result: Address };
    VAULT: { args: readonly []; result: Address };
    accountOf: { args: readonly [user: Address, modelIds: readonly (bigint)[]]; result: { flock: bigint; usdc: bigint; prepaid: { deposited: bigint; credit: bigint; requestedAt: bigint; requested: bigint }; available: bigint; models: readonly ({ modelId: bigint; outcome: bigint; position: { mt: bigint; flockNet: bigint }; claimable: bigint; refundable: bigint; mt: bigint; stake: { active: bigint; warming: bigint; warmAt: bigint; exiting: bigint; withdrawableAt: bigint }; stakeThatCounts: bigint; discountWad: bigint; usage: { units: bigint; list: bigint; paid: bigint }; weightEpoch: bigint; weight: bigint; weightNet: bigint; reward: { flock: bigint; mt: bigint }; isIssuer: boolean; issuerBonus: bigint; bundleRefundable: bigint })[] } };
    dueOf: { args: readonly [modelIds: readonly (bigint)[]]; result: { pokeRoute: boolean; flockLot: { wait: bigint; pair: Address; credit: bigint; amountIn: bigint; amountOut: bigint; amountOutMin: bigint; nextAt: bigint }; models: readonly ({ modelId: bigint; graduate: boolean; fail: boolean; roll: boolean; poke: boolean; flockLot: { wait: bigint; pair: Address; credit: bigint; amountIn: bigint; amountOut: bigint; amountOutMin: bigint; nextAt: bigint }; mtLot: { wait: bigint; pair: Address; credit: bigint; amountIn: bigint; amountOut: bigint; amountOutMin: bigint; nextAt: bigint } })[] } };
    previewVouchers: { args: readonly [modelId: bigint, rows: readonly ({ user: Address; key: Address; units: bigint; list: bigint; paid: bigint; r: Hex; vs: Hex })[]]; result: readonly [reasons: readonly (bigint)[], collected: readonly ({ units: bigint; list: bigint; paid: bigint })[]] };
    quoteExactIn: { args: readonly [modelId: bigint, flockIn: bigint]; result: { flockIn: bigint; flockNet: bigint; mtOut: bigint } };
    quoteExactOut: { args: readonly [modelId: bigint, mtOut: bigint]; result: { flockIn: bigint; flockNet: bigint; mtOut: bigint } };
    raiseOf: { args: readonly [modelId: bigint]; result: { outcome: bigint; openingMode: bigint; raised: bigint; gross: bigint; sold: bigint; target: bigint; minimumRaise: bigint; virtualFlock: bigint; virtualMt: bigint; priceWad: bigint; feeRateWad: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint; antiSnipeStartBps: bigint; antiSnipeEndsAt: bigint; startsAt: bigint; endsAt: bigint; failableAt: bigint; bundleMt: bigint; bundleNet: bigint; creatorFee: bigint; protocolFee: bigint; token: Address; metadataHash: Hex; name: string; symbol: string; issuer: Address; tierId: bigint; minimumPrice: bigint; computeCost: bigint; liveAt: bigint; apiId: string; pool: { graduatedAt: bigint; pair: Address; flock: bigint; mt: bigint; openingFlock: bigint; openingMt: bigint; lockedLiquidity: bigint; unlocksAt: bigint; unvested: bigint; shares: readonly [{ total: bigint; released: bigint; releasable: bigint }, { total: bigint; released: bigint; releasable: bigint }, { total: bigint; released: bigint; releasable: bigint }, { total: bigint; released: bigint; releasable: bigint }, { total: bigint; released: bigint; releasable: bigint }] } } };
    seriesOf: { args: readonly [ids: readonly ({ user: Address; key: Address; modelId: bigint })[]]; result: readonly ({ collected: { units: bigint; list: bigint; paid: bigint }; account: { deposited: bigint; credit: bigint; requestedAt: bigint; requested: bigint }; available: bigint; record: { cap: bigint; spent: bigint; expiresAt: bigint; capFalls: boolean; nextCap: bigint; nextCapAt: bigint; collectedUntil: bigint }; discount: bigint })[] };
  };
  flock: {
    DOMAIN_SEPARATOR: { args: readonly []; result: Hex };
    allowance: { args: readonly [owner: Address, spender: Address]; result: bigint };
    balanceOf: { args: readonly [account: Address]; result: bigint };
    decimals: { args: readonly []; result: bigint };
    eip712Domain: { args: readonly []; result: readonly [fields: Hex, name: string, version: string, chainId: bigint, verifyingContract: Address, salt: Hex, extensions: readonly (bigint)[]] };
    name: { args: readonly []; result: string };
    nonces: { args: readonly [owner: Address]; result: bigint };
    symbol: { args: readonly []; result: string };
    totalSupply: { args: readonly []; result: bigint };
  };
  usdc: {
    BLACKLISTER: { args: readonly []; result: Address };
    DOMAIN_SEPARATOR: { args: readonly []; result: Hex };
    allowance: { args: readonly [owner: Address, spender: Address]; result: bigint };
    authorizationState: { args: readonly [authorizer: Address, nonce: Hex]; result: boolean };
    balanceOf: { args: readonly [account: Address]; result: bigint };
    decimals: { args: readonly []; result: bigint };
    eip712Domain: { args: readonly []; result: readonly [fields: Hex, name: string, version: string, chainId: bigint, verifyingContract: Address, salt: Hex, extensions: readonly (bigint)[]] };
    isBlacklisted: { args: readonly [account: Address]; result: boolean };
    name: { args: readonly []; result: string };
    nonces: { args: readonly [owner: Address]; result: bigint };
    symbol: { args: readonly []; result: string };
    totalSupply: { args: readonly []; result: bigint };
  };
  dexFactory: {
    allPairs: { args: readonly [arg0: bigint]; result: Address };
    allPairsLength: { args: readonly []; result: bigint };
    feeTo: { args: readonly []; result: Address };
    feeToSetter: { args: readonly []; result: Address };
    getPair: { args: readonly [tokenA: Address, tokenB: Address]; result: Address };
  };
  modelToken: {
    DOMAIN_SEPARATOR: { args: readonly []; result: Hex };
    allowance: { args: readonly [owner: Address, spender: Address]; result: bigint };
    balanceOf: { args: readonly [account: Address]; result: bigint };
    decimals: { args: readonly []; result: bigint };
    eip712Domain: { args: readonly []; result: readonly [fields: Hex, name: string, version: string, chainId: bigint, verifyingContract: Address, salt: Hex, extensions: readonly (bigint)[]] };
    name: { args: readonly []; result: string };
    nonces: { args: readonly [owner: Address]; result: bigint };
    symbol: { args: readonly []; result: string };
    totalSupply: { args: readonly []; result: bigint };
  };
  pair: {
    DOMAIN_SEPARATOR: { args: readonly []; result: Hex };
    MINIMUM_LIQUIDITY: { args: readonly []; result: bigint };
    PERMIT_TYPEHASH: { args: readonly []; result: Hex };
    allowance: { args: readonly [owner: Address, spender: Address]; result: bigint };
    balanceOf: { args: readonly [owner: Address]; result: bigint };
    decimals: { args: readonly []; result: bigint };
    factory: { args: readonly []; result: Address };
    getReserves: { args: readonly []; result: readonly [reserve0: bigint, reserve1: bigint, blockTimestampLast: bigint] };
    kLast: { args: readonly []; result: bigint };
    name: { args: readonly []; result: string };
    nonces: { args: readonly [owner: Address]; result: bigint };
    price0CumulativeLast: { args: readonly []; result: bigint };
    price1CumulativeLast: { args: readonly []; result: bigint };
    symbol: { args: readonly []; result: string };
    token0: { args: readonly []; result: Address };
    token1: { args: readonly []; result: Address };
    totalSupply: { args: readonly []; result: bigint };
  };
}

/** What each function of a contract takes that changes something. */
export interface Writes {
  accessManager: {
    cancel: readonly [caller: Address, target: Address, data: Hex];
    consumeScheduledOp: readonly [caller: Address, data: Hex];
    execute: readonly [target: Address, data: Hex];
    grantRole: readonly [roleId: bigint, account: Address, executionDelay: bigint | number];
    labelRole: readonly [roleId: bigint, label: string];
    multicall: readonly [data: readonly (Hex)[]];
    renounceRole: readonly [roleId: bigint, callerConfirmation: Address];
    revokeRole: readonly [roleId: bigint, account: Address];
    schedule: readonly [target: Address, data: Hex, when: bigint | number];
    setGrantDelay: readonly [roleId: bigint, newDelay: bigint | number];
    setRoleAdmin: readonly [roleId: bigint, admin: bigint];
    setRoleGuardian: readonly [roleId: bigint, guardian: bigint];
    setTargetAdminDelay: readonly [target: Address, newDelay: bigint | number];
    setTargetClosed: readonly [target: Address, closed: boolean];
    setTargetFunctionRole: readonly [target: Address, selectors: readonly (Hex)[], roleId: bigint];
    updateAuthority: readonly [target: Address, newAuthority: Address];
  };
  registry: {
    acceptSeat: readonly [seat: Hex];
    addTier: readonly [terms: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex }, provider: Address, guaranteesUri: string];
    changeTier: readonly [tierId: bigint, terms: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex }, guaranteesUri: string];
    nameBuybackHolder: readonly [seat: Hex, holder: Address];
    nameProvider: readonly [tierId: bigint, provider: Address];
    offerSeat: readonly [seat: Hex, to: Address];
    register: readonly [issuer: Address, identity: { name: string; symbol: string; metadataHash: Hex }, terms: { tierId: bigint; minimumPrice: bigint }, minimumRaise: bigint, target: bigint];
    setApiId: readonly [modelId: bigint, apiId: string];
    setAuthority: readonly [newAuthority: Address];
    wire: readonly [offering_: Address, buyback_: Address];
  };
  tokenFactory: {
    deploy: readonly [modelId: bigint, salt: Hex, name: string, symbol: string];
    wire: readonly [graduation_: Address];
  };
  vault: {
    draw: readonly [modelId: bigint, share: bigint | number, amount: bigint, to: Address];
    open: readonly [modelId: bigint, token: Address, totals: readonly [bigint, bigint, bigint, bigint, bigint]];
    release: readonly [modelId: bigint, share: bigint | number];
    wire: readonly [graduation_: Address, emissions_: Address];
  };
  waterfall: {
    claim: readonly [seat: Hex, amount: bigint, to: Address];
    split: readonly [modelId: bigint, providerSeat: Hex, opex: bigint, netRevenue: bigint];
    wire: readonly [meter_: Address];
  };
  buyback: {
    buyFlock: readonly [modelId: bigint, amountOutMin: bigint, deadline: bigint];
    buyMt: readonly [modelId: bigint, amountOutMin: bigint, deadline: bigint];
    observeMtPrice: readonly [modelId: bigint];
    pauseBuybacks: readonly [];
    pokeModel: readonly [modelId: bigint];
    pokeRoute: readonly [];
    setAuthority: readonly [newAuthority: Address];
    setBuybackSettings: readonly [settings: { bucketBps: bigint | number; bandBps: bigint | number; modelMinReserve: bigint; routeRefillDuration: bigint | number; modelRefillDuration: bigint | number }];
    setRoute: readonly [route: readonly ({ pair: Address; minReserve: bigint })[]];
    unpauseBuybacks: readonly [];
  };
  locker: {
    release: readonly [modelId: bigint];
  };
  graduation: {
    graduate: readonly [raise: { modelId: bigint; raised: bigint; sold: bigint; bundleMt: bigint; virtualFlock: bigint; openingMode: bigint | number; tokenSalt: Hex }];
    wire: readonly [offering_: Address];
  };
  offering: {
    buyExactIn: readonly [modelId: bigint, flockIn: bigint, mtOutMin: bigint, recipient: Address, deadline: bigint];
    buyExactOut: readonly [modelId: bigint, mtOut: bigint, flockInMax: bigint, recipient: Address, deadline: bigint];
    claim: readonly [modelId: bigint, account: Address];
    claimCreatorFee: readonly [modelId: bigint, to: Address];
    claimLaunchFees: readonly [to: Address];
    claimProtocolFee: readonly [modelId: bigint, to: Address];
    fail: readonly [modelId: bigint];
    graduate: readonly [modelId: bigint];
    launch: readonly [terms: { identity: { name: string; symbol: string; metadataHash: Hex }; metadataUri: string; usage: { tierId: bigint; minimumPrice: bigint }; minimumRaise: bigint; target: bigint; startPriceWad: bigint; saleDuration: bigint; openingMode: bigint | number }, payment: { launchFeeMax: bigint; bundleFlock: bigint; bundleMtMin: bigint; deadline: bigint }];
    multicall: readonly [data: readonly (Hex)[]];
    pauseBuys: readonly [];
    pauseLaunches: readonly [];
    permitFlock: readonly [value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    refund: readonly [modelId: bigint, account: Address];
    refundBundle: readonly [modelId: bigint];
    setAuthority: readonly [newAuthority: Address];
    setOfferingSettings: readonly [settings: { launchFee: bigint; creatorFeeBps: bigint | number; protocolFeeBps: bigint | number; antiSnipeStartBps: bigint | number; antiSnipeWindow: bigint | number; bundleCapBps: bigint | number }];
    unpauseBuys: readonly [];
    unpauseLaunches: readonly [];
  };
  staking: {
    cancelExit: readonly [modelId: bigint, amount: bigint];
    claimAndStake: readonly [modelId: bigint, amount: bigint];
    multicall: readonly [data: readonly (Hex)[]];
    permitMt: readonly [modelId: bigint, value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    requestExit: readonly [modelId: bigint, amount: bigint];
    setAuthority: readonly [newAuthority: Address];
    setDiscountSettings: readonly [settings: { capBps: bigint | number; multiplier: bigint | number }];
    stake: readonly [modelId: bigint, amount: bigint];
    withdraw: readonly [modelId: bigint];
  };
  emissions: {
    claim: readonly [user: Address, modelIds: readonly (bigint)[]];
    claimIssuerBonus: readonly [modelId: bigint, to: Address];
    fund: readonly [amount: bigint];
    record: readonly [modelId: bigint, liveAt: bigint, netRevenue: bigint, spends: readonly ({ user: Address; list: bigint; paid: bigint; net: bigint })[]];
    roll: readonly [modelId: bigint];
    setAuthority: readonly [newAuthority: Address];
    setEmissionSettings: readonly [dailyRate: bigint, maxFlockPerUsdc: bigint, maxRewardBps: bigint | number];
    setMinimumStake: readonly [minimumStake_: bigint];
    sweep: readonly [modelId: bigint];
    wire: readonly [meter_: Address];
  };
  meter: {
    authorizeKey: readonly [key: Address, cap: bigint, expiresAt: bigint | number];
    authorizeKeyBySig: readonly [user: Address, key: Address, cap: bigint, expiresAt: bigint | number, nonce: bigint, deadline: bigint, signature: Hex];
    cancelWithdrawal: readonly [];
    deposit: readonly [amount: bigint];
    depositCredit: readonly [user: Address, amount: bigint];
    "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,bytes)": readonly [user: Address, amount: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, signature: Hex];
    "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)": readonly [user: Address, amount: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, v: bigint | number, r: Hex, s: Hex];
    multicall: readonly [data: readonly (Hex)[]];
    pauseDeposits: readonly [];
    permitUsdc: readonly [value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    raiseNonce: readonly [];
    requestWithdrawal: readonly [amount: bigint];
    revokeKey: readonly [key: Address];
    setAuthority: readonly [newAuthority: Address];
    settle: readonly [modelId: bigint, rows: readonly ({ user: Address; key: Address; units: bigint; list: bigint; paid: bigint; r: Hex; vs: Hex })[]];
    settleCard: readonly [rows: readonly ({ modelId: bigint; units: bigint; list: bigint; paid: bigint })[]];
    unpauseDeposits: readonly [];
    withdraw: readonly [to: Address];
  };
  lens: {
  };
  flock: {
    approve: readonly [spender: Address, value: bigint];
    burn: readonly [value: bigint];
    burnFrom: readonly [account: Address, value: bigint];
    permit: readonly [owner: Address, spender: Address, value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    transfer: readonly [to: Address, value: bigint];
    transferFrom: readonly [from: Address, to: Address, value: bigint];
  };
  usdc: {
    approve: readonly [spender: Address, value: bigint];
    blacklist: readonly [account: Address];
    "cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)": readonly [authorizer: Address, nonce: Hex, v: bigint | number, r: Hex, s: Hex];
    "cancelAuthorization(address,bytes32,bytes)": readonly [authorizer: Address, nonce: Hex, signature: Hex];
    "permit(address,address,uint256,uint256,bytes)": readonly [owner: Address, spender: Address, value: bigint, deadline: bigint, signature: Hex];
    "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)": readonly [owner: Address, spender: Address, value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)": readonly [from: Address, to: Address, value: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, signature: Hex];
    "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)": readonly [from: Address, to: Address, value: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, v: bigint | number, r: Hex, s: Hex];
    transfer: readonly [to: Address, value: bigint];
    transferFrom: readonly [from: Address, to: Address, value: bigint];
    "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)": readonly [from: Address, to: Address, value: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, signature: Hex];
    "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)": readonly [from: Address, to: Address, value: bigint, validAfter: bigint, validBefore: bigint, nonce: Hex, v: bigint | number, r: Hex, s: Hex];
    unBlacklist: readonly [account: Address];
  };
  dexFactory: {
    createPair: readonly [tokenA: Address, tokenB: Address];
    setFeeTo: readonly [arg0: Address];
    setFeeToSetter: readonly [arg0: Address];
  };
  modelToken: {
    approve: readonly [spender: Address, value: bigint];
    burn: readonly [value: bigint];
    burnFrom: readonly [account: Address, value: bigint];
    permit: readonly [owner: Address, spender: Address, value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    transfer: readonly [to: Address, value: bigint];
    transferFrom: readonly [from: Address, to: Address, value: bigint];
  };
  pair: {
    approve: readonly [spender: Address, value: bigint];
    burn: readonly [to: Address];
    initialize: readonly [arg0: Address, arg1: Address];
    mint: readonly [to: Address];
    permit: readonly [owner: Address, spender: Address, value: bigint, deadline: bigint, v: bigint | number, r: Hex, s: Hex];
    skim: readonly [to: Address];
    swap: readonly [amount0Out: bigint, amount1Out: bigint, to: Address, data: Hex];
    sync: readonly [];
    transfer: readonly [to: Address, value: bigint];
    transferFrom: readonly [from: Address, to: Address, value: bigint];
  };
}

/** The values of each event of a contract. */
export interface Events {
  accessManager: {
    OperationCanceled: { operationId: Hex; nonce: bigint };
    OperationExecuted: { operationId: Hex; nonce: bigint };
    OperationScheduled: { operationId: Hex; nonce: bigint; schedule: bigint; caller: Address; target: Address; data: Hex };
    RoleAdminChanged: { roleId: bigint; admin: bigint };
    RoleGrantDelayChanged: { roleId: bigint; delay: bigint; since: bigint };
    RoleGranted: { roleId: bigint; account: Address; delay: bigint; since: bigint; newMember: boolean };
    RoleGuardianChanged: { roleId: bigint; guardian: bigint };
    RoleLabel: { roleId: bigint; label: string };
    RoleRevoked: { roleId: bigint; account: Address };
    TargetAdminDelayUpdated: { target: Address; delay: bigint; since: bigint };
    TargetClosed: { target: Address; closed: boolean };
    TargetFunctionRoleUpdated: { target: Address; selector: Hex; roleId: bigint };
  };
  registry: {
    ApiIdRecorded: { modelId: bigint; previousApiId: string; apiId: string; liveAt: bigint };
    AuthorityUpdated: { authority: Address };
    ModelRegistered: { modelId: bigint; issuer: Address; tierId: bigint; minimumPrice: bigint; identity: { name: string; symbol: string; metadataHash: Hex }; seat: Hex };
    ProviderNamed: { tierId: bigint; previousSeat: Hex; seat: Hex; provider: Address };
    SeatFilled: { seat: Hex; holder: Address };
    SeatHandedOver: { seat: Hex; previousHolder: Address; holder: Address };
    SeatOffered: { seat: Hex; holder: Address; to: Address };
    TierAdded: { tierId: bigint; terms: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex }; seat: Hex; provider: Address; guaranteesUri: string; leastMinimumRaise: bigint };
    TierChanged: { tierId: bigint; previousTerms: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex }; terms: { computeCost: bigint; minMinimumRaise: bigint; open: boolean; maxTarget: bigint; guaranteesHash: Hex }; guaranteesUri: string; leastMinimumRaise: bigint };
    Wired: { link: Hex; target: Address };
  };
  tokenFactory: {
    TokenDeployed: { modelId: bigint; token: Address; salt: Hex; name: string; symbol: string };
    Wired: { link: Hex; target: Address };
  };
  vault: {
    Released: { modelId: bigint; share: bigint; to: Address; amount: bigint; released: bigint };
    VestingOpened: { modelId: bigint; token: Address; startAt: bigint; totals: readonly [bigint, bigint, bigint, bigint, bigint] };
    Wired: { link: Hex; target: Address };
  };
  waterfall: {
    CreditClaimed: { seat: Hex; holder: Address; to: Address; amount: bigint; credit: bigint };
    RevenueSplit: { modelId: bigint; providerSeat: Hex; opex: bigint; parts: { flockBuyback: bigint; treasury: bigint; issuer: bigint; mtBuyback: bigint }; providerCredit: bigint; credits: { flockBuyback: bigint; treasury: bigint; issuer: bigint; mtBuyback: bigint } };
    Wired: { link: Hex; target: Address };
  };
  buyback: {
    AuthorityUpdated: { authority: Address };
    BucketFilled: { pair: Address; inIsFirst: boolean; level: bigint };
    BuybackSettingsChanged: { previousSettings: { bucketBps: bigint; bandBps: bigint; modelMinReserve: bigint; routeRefillDuration: bigint; modelRefillDuration: bigint }; settings: { bucketBps: bigint; bandBps: bigint; modelMinReserve: bigint; routeRefillDuration: bigint; modelRefillDuration: bigint } };
    BuybacksPaused: { endsAt: bigint };
    BuybacksUnpaused: {  };
    FlockBought: { modelId: bigint; caller: Address; usdcIn: bigint; flockOut: bigint; flockBurned: bigint; flockKept: bigint };
    MtBurned: { modelId: bigint; caller: Address; flockIn: bigint; mtOut: bigint; flockLeft: bigint };
    Poked: { pair: Address; tokenIn: Address; olderAt: bigint; olderCumulative: bigint; newerAt: bigint; newerCumulative: bigint; notedReserve: bigint; averagePrice: bigint };
    RouteChanged: { previousRoute: readonly ({ pair: Address; minReserve: bigint })[]; route: readonly ({ pair: Address; minReserve: bigint })[] };
  };
  locker: {
    LiquidityReleased: { modelId: bigint; pair: Address; to: Address; liquidity: bigint };
  };
  graduation: {
    Graduated: { modelId: bigint; token: Address; pair: Address; mt: { claimable: bigint; pool: bigint; incentiveReserve: bigint; issuer: bigint; treasury: bigint; burned: bigint }; flock: { protocol: bigint; stakingFund: bigint; pool: bigint }; lockedLiquidity: bigint };
    Wired: { link: Hex; target: Address };
  };
  offering: {
    AuthorityUpdated: { authority: Address };
    Bought: { modelId: bigint; payer: Address; recipient: Address; flockIn: bigint; flockNet: bigint; mtOut: bigint; raised: bigint; gross: bigint; creatorFees: bigint; protocolFees: bigint };
    BundleBought: { modelId: bigint; issuer: Address; flockIn: bigint; flockNet: bigint; mtOut: bigint; creatorFees: bigint; protocolFees: bigint };
    BundleRefunded: { modelId: bigint; to: Address; flock: bigint };
    BuysPaused: { endsAt: bigint; pausedBefore: bigint };
    BuysUnpaused: {  };
    Claimed: { modelId: bigint; account: Address; mt: bigint };
    CreatorFeeClaimed: { modelId: bigint; to: Address; amount: bigint; claimed: bigint };
    LaunchFeesClaimed: { to: Address; amount: bigint; claimed: bigint };
    LaunchesPaused: { endsAt: bigint };
    LaunchesUnpaused: {  };
    ModelLaunched: { modelId: bigint; issuer: Address; token: Address; terms: { identity: { name: string; symbol: string; metadataHash: Hex }; metadataUri: string; usage: { tierId: bigint; minimumPrice: bigint }; minimumRaise: bigint; target: bigint; startPriceWad: bigint; saleDuration: bigint; openingMode: bigint }; settings: { launchFee: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint; antiSnipeStartBps: bigint; antiSnipeWindow: bigint; bundleCapBps: bigint }; commitment: Hex; virtualFlock: bigint; startsAt: bigint; endsAt: bigint; launchFees: bigint };
    OfferingSettingsChanged: { previousSettings: { launchFee: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint; antiSnipeStartBps: bigint; antiSnipeWindow: bigint; bundleCapBps: bigint }; settings: { launchFee: bigint; creatorFeeBps: bigint; protocolFeeBps: bigint; antiSnipeStartBps: bigint; antiSnipeWindow: bigint; bundleCapBps: bigint } };
    ProtocolFeeClaimed: { modelId: bigint; to: Address; amount: bigint; claimed: bigint };
    RaiseFailed: { modelId: bigint; raised: bigint };
    RaiseGraduated: { modelId: bigint; token: Address; raised: bigint; sold: bigint };
    Refunded: { modelId: bigint; account: Address; flock: bigint };
    TargetReached: { modelId: bigint; raised: bigint; endsAt: bigint };
  };
  staking: {
    AuthorityUpdated: { authority: Address };
    DiscountSettingsChanged: { previousSettings: { capBps: bigint; multiplier: bigint }; settings: { capBps: bigint; multiplier: bigint } };
    ExitCancelled: { modelId: bigint; user: Address; amount: bigint; stake: { active: bigint; warming: bigint; warmAt: bigint; exiting: bigint; withdrawableAt: bigint } };
    ExitRequested: { modelId: bigint; user: Address; amount: bigint; stake: { active: bigint; warming: bigint; warmAt: bigint; exiting: bigint; withdrawableAt: bigint } };
    Staked: { modelId: bigint; user: Address; amount: bigint; stake: { active: bigint; warming: bigint; warmAt: bigint; exiting: bigint; withdrawableAt: bigint } };
    Withdrawn: { modelId: bigint; user: Address; amount: bigint };
  };
  emissions: {
    AuthorityUpdated: { authority: Address };
    EmissionSettingsChanged: { previousSettings: { dailyRate: bigint; maxFlockPerUsdc: bigint; maxRewardBps: bigint; nextDailyRate: bigint; nextMaxFlockPerUsdc: bigint; nextMaxRewardBps: bigint; nextFromEpoch: bigint }; settings: { dailyRate: bigint; maxFlockPerUsdc: bigint; maxRewardBps: bigint; nextDailyRate: bigint; nextMaxFlockPerUsdc: bigint; nextMaxRewardBps: bigint; nextFromEpoch: bigint } };
    Funded: { from: Address; amount: bigint; unreserved: bigint };
    IssuerBonusClaimed: { modelId: bigint; to: Address; flock: bigint };
    MinimumStakeChanged: { previousStake: bigint; minimumStake: bigint };
    ModelRolled: { modelId: bigint; epoch: bigint; share: bigint; issuerBonus: bigint; fund: bigint; emission: bigint; pool: { flock: bigint; mt: bigint; weight: bigint; price: bigint; cap: bigint }; totals: { carriedEmission: bigint; issuerBonus: bigint; releasedFund: bigint; releasedReserve: bigint } };
    ModelSwept: { modelId: bigint; epoch: bigint; flockBurned: bigint; mtBurned: bigint; flockReturned: bigint; unreserved: bigint };
    RewardClaimed: { modelId: bigint; user: Address; flock: bigint; mt: bigint };
    RewardCut: { modelId: bigint; user: Address; epoch: bigint; flock: bigint; mt: bigint; cutFlock: bigint; cutMt: bigint };
    UsageRecorded: { modelId: bigint; epoch: bigint; score: bigint; weight: bigint; net: bigint; price: bigint; totals: { totalScore: bigint; emission: bigint; cap: bigint }; unreserved: bigint };
    UserRolled: { modelId: bigint; user: Address; claimable: { flock: bigint; mt: bigint }; own: { epoch: bigint; weight: bigint; net: bigint } };
    WeightAdded: { modelId: bigint; user: Address; epoch: bigint; weight: bigint; net: bigint };
    Wired: { link: Hex; target: Address };
  };
  meter: {
    AuthorityUpdated: { authority: Address };
    CardRowSkipped: { modelId: bigint; row: bigint; reason: bigint };
    CreditDeposited: { platform: Address; user: Address; amount: bigint; credit: bigint };
    Deposited: { user: Address; amount: bigint; deposited: bigint };
    DepositsPaused: { endsAt: bigint };
    DepositsUnpaused: {  };
    EIP712DomainChanged: {  };
    KeyChanged: { user: Address; key: Address; record: { cap: bigint; spent: bigint; expiresAt: bigint; capFalls: boolean; nextCap: bigint; nextCapAt: bigint; collectedUntil: bigint } };
    NonceRaised: { user: Address; nonce: bigint };
    UsageSettled: { modelId: bigint; byCard: boolean; units: bigint; list: bigint; paid: bigint; net: bigint };
    VoucherCollected: { modelId: bigint; user: Address; key: Address; collected: { units: bigint; list: bigint; paid: bigint }; paidSoFar: bigint; fromCredit: bigint; credit: bigint; deposited: bigint };
    VoucherSkipped: { modelId: bigint; user: Address; key: Address; reason: bigint };
    WithdrawalCancelled: { user: Address };
    WithdrawalLowered: { user: Address; requested: bigint };
    WithdrawalRequested: { user: Address; amount: bigint; maturesAt: bigint; lapsesAt: bigint };
    Withdrawn: { user: Address; to: Address; amount: bigint; deposited: bigint };
  };
  lens: {
  };
  flock: {
    Approval: { owner: Address; spender: Address; value: bigint };
    EIP712DomainChanged: {  };
    Transfer: { from: Address; to: Address; value: bigint };
  };
  usdc: {
    Approval: { owner: Address; spender: Address; value: bigint };
    AuthorizationCanceled: { authorizer: Address; nonce: Hex };
    AuthorizationUsed: { authorizer: Address; nonce: Hex };
    Blacklisted: { account: Address };
    EIP712DomainChanged: {  };
    Transfer: { from: Address; to: Address; value: bigint };
    UnBlacklisted: { account: Address };
  };
  dexFactory: {
    PairCreated: { token0: Address; token1: Address; pair: Address; arg3: bigint };
  };
  modelToken: {
    Approval: { owner: Address; spender: Address; value: bigint };
    EIP712DomainChanged: {  };
    Transfer: { from: Address; to: Address; value: bigint };
  };
  pair: {
    Approval: { owner: Address; spender: Address; value: bigint };
    Burn: { sender: Address; amount0: bigint; amount1: bigint; to: Address };
    Mint: { sender: Address; amount0: bigint; amount1: bigint };
    Swap: { sender: Address; amount0In: bigint; amount1In: bigint; amount0Out: bigint; amount1Out: bigint; to: Address };
    Sync: { reserve0: bigint; reserve1: bigint };
    Transfer: { from: Address; to: Address; value: bigint };
  };
}
