import type { EventContract, EventName } from "./event.ts";

/** Events that several contracts have. */
const AUTHORITY = { AuthorityUpdated: "The contract's AccessManager is {authority} from now on" };
const WIRED = { Wired: "The link {link:name} of the contract names {target} for good" };
const DOMAIN = { EIP712DomainChanged: "The contract's domain of signatures has changed" };
const TOKEN = {
  Approval: "{owner} allows {spender} to take {value:token} of its tokens",
  Transfer: "{from} sent {value:token} tokens to {to}",
};

/** A sentence for every event of every contract. */
type Sentences = { readonly [Contract in EventContract]: Readonly<Record<EventName<Contract>, string>> };

/**
 * What each event says, as one sentence. `{value:unit}` stands for a value of the event; `text/template.ts` has the units.
 * The compiler keeps this list complete, and a test what it names.
 */
export const EVENT_SENTENCES: Sentences = {
  offering: {
    ...AUTHORITY,
    ModelLaunched:
      '{issuer} launched model {modelId}, "{terms.identity.name}" ("{terms.identity.symbol}"): it needs {terms.minimumRaise:flock}, aims at {terms.target:flock}, starts at {terms.startPriceWad:price} and ends on {endsAt:time}; its token will be {token}',
    BundleBought: "{issuer} bought {mtOut:mt} of model {modelId} in the launch, for {flockIn:flock} with fees",
    Bought:
      "{payer} bought {mtOut:mt} of model {modelId} for {recipient}, for {flockIn:flock} with fees; the raise has {raised:flock}",
    TargetReached: "The raise of model {modelId} has reached its target of {raised:flock} and is over",
    RaiseGraduated: "Model {modelId} has graduated with {raised:flock} raised and {sold:mt} sold; its token is {token}",
    RaiseFailed: "The raise of model {modelId} has failed with {raised:flock}, all of which can be refunded",
    Claimed: "{account} got the {mt:mt} of its position in model {modelId}",
    Refunded: "{account} got the {flock:flock} back that it had contributed to model {modelId}",
    BundleRefunded: "{to} got the {flock:flock} of the issuer's bundle of model {modelId} back",
    CreatorFeeClaimed: "{to} got {amount:flock} of the issuer's fees of model {modelId}, {claimed:flock} in all",
    ProtocolFeeClaimed: "{to} got {amount:flock} of the protocol's fees of model {modelId}, {claimed:flock} in all",
    LaunchFeesClaimed: "{to} got {amount:flock} of launch fees, {claimed:flock} in all",
    BuysPaused: "Purchases are paused until {endsAt:time} at the latest",
    BuysUnpaused: "Purchases are no longer paused",
    LaunchesPaused: "Launches are paused until {endsAt:time} at the latest",
    LaunchesUnpaused: "Launches are no longer paused",
    OfferingSettingsChanged:
      "Later launches cost {settings.launchFee:flock}, and purchases {settings.creatorFeeBps:bps} for the issuer and {settings.protocolFeeBps:bps} for the protocol; the anti-sniping fee falls from {settings.antiSnipeStartBps:bps} within {settings.antiSnipeWindow:duration}, and a bundle is at most {settings.bundleCapBps:bps} of what the minimum raise would sell",
  },
  graduation: {
    ...WIRED,
    Graduated:
      "Model {modelId} has its token {token} and its pool {pair}: {flock.pool:flock} and {mt.pool:mt} are in the pool, {mt.claimable:mt} wait for supporters, and {mt.burned:mt} were burned",
  },
  tokenFactory: { ...WIRED, TokenDeployed: 'The token of model {modelId}, "{name}" ("{symbol}"), is {token}' },
  locker: { LiquidityReleased: "The liquidity of model {modelId} in the pool {pair} was released to {to}" },
  vault: {
    ...WIRED,
    VestingOpened:
      "The shares of model {modelId} vest from {startAt:time} on: {totals.0:mt} of the issuer, {totals.1:mt} of the treasury, {totals.2:mt} for incentives, {totals.3:flock} of the protocol and {totals.4:flock} for stakers",
    Released: "{to} got {amount:token} of the share {share:share} of model {modelId}, {released:token} in all",
  },
  registry: {
    ...AUTHORITY,
    ...WIRED,
    ModelRegistered:
      'Model {modelId} is "{identity.name}" ("{identity.symbol}") of {issuer}, hosted in tier {tierId} at {minimumPrice:usdc} per million units at least',
    ApiIdRecorded: 'Model {modelId} is served as "{apiId}"',
    TierAdded:
      "Hosting tier {tierId} of {provider} costs {terms.computeCost:usdc} per million units, and asks for a minimum raise of {terms.minMinimumRaise:flock}",
    TierChanged:
      "Hosting tier {tierId} costs {terms.computeCost:usdc} per million units now, before {previousTerms.computeCost:usdc}, and asks for a minimum raise of {terms.minMinimumRaise:flock}",
    ProviderNamed: "Hosting tier {tierId} has another compute provider, {provider}",
    SeatFilled: "{holder} is the first holder of {seat:seat}",
    SeatOffered: "{holder} offers {seat:seat} to {to}; the zero address means that an offer was withdrawn",
    SeatHandedOver: "{seat:seat} went from {previousHolder} to {holder}",
  },
  staking: {
    ...AUTHORITY,
    Staked:
      "{user} staked {amount:mt} of model {modelId}; {stake.active:mt} are active, and {stake.warming:mt} warm up",
    ExitRequested:
      "{user} asked for {amount:mt} of its stake in model {modelId}; {stake.exiting:mt} can be withdrawn from {stake.withdrawableAt:time} on",
    ExitCancelled: "{user} put {amount:mt} back that was on its way out of its stake in model {modelId}",
    Withdrawn: "{user} withdrew {amount:mt} of its stake in model {modelId}",
    DiscountSettingsChanged: "The largest discount is {settings.capBps:bps} now, before {previousSettings.capBps:bps}",
  },
  meter: {
    ...AUTHORITY,
    ...DOMAIN,
    Deposited: "{amount:usdc} came in for {user}, whose deposit is {deposited:usdc}",
    CreditDeposited: "{platform} brought {amount:usdc} for {user}, whose credit by card is {credit:usdc}",
    WithdrawalRequested:
      "{user} wants {amount:usdc} back and can withdraw it from {maturesAt:time} until {lapsesAt:time}",
    WithdrawalLowered: "Vouchers of {user} used what it wanted back: {requested:usdc} of it are left",
    WithdrawalCancelled: "{user} no longer wants USDC back",
    Withdrawn: "{user} withdrew {amount:usdc} to {to}; {deposited:usdc} are left of its deposit",
    KeyChanged:
      "The key {key} of {user} may sign for {record.cap:usdc} until {record.expiresAt:time}, of which {record.spent:usdc} are spent",
    NonceRaised: "The next authorisation that {user} signs has the nonce {nonce}",
    VoucherCollected:
      "{user} paid {collected.paid:usdc} for {collected.units:count} units of model {modelId}, signed by the key {key}",
    VoucherSkipped: "A voucher of {user} for model {modelId}, signed by the key {key}, was skipped: {reason:skip}",
    CardRowSkipped: "The card row {row} of model {modelId} was skipped: {reason:skip}",
    UsageSettled:
      "{units:count} units of model {modelId} were settled: {list:usdc} at list price and {paid:usdc} paid, of which {net:usdc} are left after compute cost",
    DepositsPaused: "Deposits are paused until {endsAt:time} at the latest",
    DepositsUnpaused: "Deposits are no longer paused",
  },
  waterfall: {
    ...WIRED,
    RevenueSplit:
      "Of the usage of model {modelId}, {opex:usdc} went to compute, {parts.flockBuyback:usdc} to the FLOCK buyback, {parts.mtBuyback:usdc} to the MT buyback, {parts.treasury:usdc} to the treasury and {parts.issuer:usdc} to the issuer",
    CreditClaimed: "{to} got {amount:usdc} of the credit of {seat:seat}; {credit:usdc} are left",
  },
  buyback: {
    ...AUTHORITY,
    FlockBought:
      "{usdcIn:usdc} bought {flockOut:flock} for the buyback of model {modelId} (0 is that of FLOCK): {flockBurned:flock} were burned, and {flockKept:flock} wait to buy MT",
    MtBurned:
      "{flockIn:flock} bought {mtOut:mt} of model {modelId}, all of which were burned; {flockLeft:flock} still wait",
    BucketFilled: "A lot has passed through the pair {pair}, whose bucket holds {level} of the token that went in",
    Poked: "The pair {pair} was observed at {newerAt:time} for those who bring {tokenIn}",
    RouteChanged: "The route from USDC to FLOCK has {route.length} pairs now, before {previousRoute.length}",
    BuybackSettingsChanged:
      "A lot takes up to {settings.bucketBps:bps} of a pool and gives at least {settings.bandBps:bps} of its average price; the bucket of a pair of the route empties in {settings.routeRefillDuration:duration}, and in {settings.modelRefillDuration:duration} that of a model's pool, which must hold {settings.modelMinReserve:flock}",
    BuybacksPaused: "Buybacks are paused until {endsAt:time} at the latest",
    BuybacksUnpaused: "Buybacks are no longer paused",
  },
  emissions: {
    ...WIRED,
    ...AUTHORITY,
    Funded: "{from} gave {amount:flock} to the budget of emissions; no epoch has reserved {unreserved:flock} of it",
    UsageRecorded:
      "In epoch {epoch}, model {modelId} has an eligible weight of {weight:usdc} and eligible net revenue of {net:usdc}",
    WeightAdded:
      "In epoch {epoch}, {user} has a weight of {weight:usdc} and net revenue of {net:usdc} in model {modelId}",
    ModelRolled:
      "Epoch {epoch} of model {modelId} is closed: {pool.flock:flock} and {pool.mt:mt} for its users, {issuerBonus:flock} for its issuer",
    UserRolled: "{user} can claim {claimable.flock:flock} and {claimable.mt:mt} of rewards of model {modelId}",
    RewardCut:
      "{flock:flock} and {mt:mt} were cut from the reward of {user} in epoch {epoch} of model {modelId}, as its own net revenue earns no more",
    RewardClaimed: "{user} got {flock:flock} and {mt:mt} of rewards of model {modelId}",
    IssuerBonusClaimed: "{to} got the issuer's bonus of {flock:flock} of model {modelId}",
    ModelSwept:
      "What nobody earned of model {modelId} is gone: {flockBurned:flock} and {mtBurned:mt} were burned, and {flockReturned:flock} went back to the budget",
    MinimumStakeChanged: "The minimum stake is {minimumStake:mt} now, before {previousStake:mt}",
    EmissionSettingsChanged:
      "From epoch {settings.nextFromEpoch} on, {settings.nextDailyRate:flock} are emitted a day; rewards are at most {settings.nextMaxFlockPerUsdc:flock} per USDC of net revenue, and worth at most {settings.nextMaxRewardBps:bps} of it (0% is no such bound)",
  },
  accessManager: {
    OperationScheduled:
      "{caller} scheduled the operation {operationId} on {target}, which can be executed from {schedule:time} on",
    OperationExecuted: "The operation {operationId} was executed",
    OperationCanceled: "The operation {operationId} was cancelled",
    RoleGranted: "{account} has the role {roleId} from {since:time} on, with a delay of {delay:duration}",
    RoleRevoked: "{account} no longer has the role {roleId}",
    RoleLabel: 'The role {roleId} is called "{label}"',
    RoleAdminChanged: "The role {roleId} is granted by the role {admin} from now on",
    RoleGuardianChanged: "What the role {roleId} schedules can be cancelled by the role {guardian} from now on",
    RoleGrantDelayChanged: "A grant of the role {roleId} takes {delay:duration} from {since:time} on",
    TargetAdminDelayUpdated: "A change of who may call {target} takes {delay:duration} from {since:time} on",
    TargetClosed: "Whether nobody may call the restricted functions of {target}: {closed}",
    TargetFunctionRoleUpdated: "The function {selector} of {target} may be called by the role {roleId}",
  },
  flock: { ...TOKEN, ...DOMAIN },
  usdc: {
    ...DOMAIN,
    Approval: "{owner} allows {spender} to take {value:usdc}",
    Transfer: "{from} sent {value:usdc} to {to}",
    AuthorizationUsed: "What {authorizer} had signed with the nonce {nonce} was done",
    AuthorizationCanceled: "{authorizer} cancelled what it had signed with the nonce {nonce}",
    Blacklisted: "{account} can no longer move USDC",
    UnBlacklisted: "{account} can move USDC again",
  },
  modelToken: { ...TOKEN, ...DOMAIN },
  dexFactory: { PairCreated: "{pair} is the pair of {token0} and {token1}" },
  pair: {
    ...TOKEN,
    Mint: "{sender} added {amount0} and {amount1} of the pair's tokens",
    Burn: "{sender} took {amount0} and {amount1} of the pair's tokens out to {to}",
    Swap: "{sender} gave {amount0In} and {amount1In} of the pair's tokens, and {to} got {amount0Out} and {amount1Out}",
    Sync: "The pair's reserves are {reserve0} and {reserve1}",
  },
};
