/**
 * What each named error of the contracts means for the person at the terminal. `{value:unit}` stands for a value of the
 * error; `text/template.ts` has the units. A test keeps this list complete.
 */
export const REVERT_SENTENCES: Record<string, string> = {
  Offering_UnknownModel: "there is no model {modelId}; `fomo status` lists those that exist",
  Offering_DeadlinePassed: "the deadline was {deadline:time} and it is {time:time}; set a later one",
  Offering_LaunchesPaused: "launches are paused until {endsAt:time} at the latest",
  Offering_BuysPaused: "purchases are paused until {endsAt:time} at the latest",
  Offering_MetadataMissing: "a launch must name its metadata document and its hash",
  Offering_LaunchFeeAboveMax: "the launch fee is {launchFee:flock}, above the {launchFeeMax:flock} that you accept",
  Offering_BundleAboveCap:
    "the bundle would be {bundleMt:mt}, above the {max:mt} that a launch with this minimum raise allows; lower the bundle or raise the minimum",
  Offering_SaleClosed:
    "the sale of model {modelId} is over: it ended on {endsAt:time} and its outcome is {outcome:outcome}",
  Offering_ZeroAmount: "the amount is zero; name one above zero",
  Offering_ZeroRecipient: "the recipient is the zero address; name another",
  Offering_YieldsNothing: "{flockIn:flock} is too little to buy anything at the present fee and price; pay more",
  Offering_OutputBelowMin:
    "the purchase would yield {mtOut:mt}, less than the {mtOutMin:mt} that you accept; accept less or pay more",
  Offering_InputAboveMax:
    "the purchase would cost {flockIn:flock}, more than the {flockInMax:flock} that you accept; accept more or buy less",
  Offering_NotGraduatable:
    "model {modelId} cannot graduate: its outcome is {outcome:outcome}, it has raised {raised:flock} of a minimum of {minimumRaise:flock}, and its sale ends or ended on {endsAt:time}",
  Offering_NotFailable:
    "the raise of model {modelId} cannot be failed now: its outcome is {outcome:outcome}, and an open one can be failed from {failableAt:time} on",
  Offering_NotGraduated: "model {modelId} has not graduated: its outcome is {outcome:outcome}",
  Offering_NoPosition: "{account} has no position in model {modelId}, or has taken it already",
  Offering_NoBundle: "the issuer of model {modelId} has no bundle, or has taken it back already",
  Offering_NotSeatHolder: "{caller} does not hold the seat; sign as its holder {holder}",
  Offering_NoFees: "there are no fees to take",
  Offering_UnexpectedToken: "the token would be {token} and not {announced}, which the launch announced",
  Offering_AnotherToken:
    "model {modelId} is not the launch that you have seen: its token is {token} and not {expected}; look at it again with `fomo status --model {modelId}` before you buy",
  BondingCurve_Infeasible:
    "a target of {target:flock} at a start price of {startPriceWad:price} is not feasible: the target must exceed 400,000 MT times the start price",

  Registry_UnknownTier: "there is no hosting tier {tierId}; `fomo status` lists those that exist",
  Registry_UnknownModel: "there is no model {modelId}; `fomo status` lists those that exist",
  Registry_TierClosed: "hosting tier {tierId} takes no new models; choose another",
  Registry_MinimumBelowTier:
    "the minimum raise of {minimumRaise:flock} is below the {min:flock} that the hosting tier asks; raise it",
  Registry_TargetAboveTier:
    "the target of {target:flock} is above the {max:flock} that the hosting tier allows; lower it",
  Registry_PriceBelowFloor:
    "the minimum price of {minimumPrice:usdc} per million units is below the floor of {priceFloor:usdc}; raise it",
  Registry_PriceTooHigh: "the minimum price of {minimumPrice:usdc} per million units is above {max:usdc}; lower it",
  Registry_NotGraduated: "model {modelId} has not graduated, and only a graduated model is served",
  Registry_NotBuybackSeat: "{seat:seat} is no seat of the buyback, and governance names holders for no other",
  Registry_NotOffering: "only the offering registers models, not {caller}",

  Seat_NotHolder: "{caller} does not hold this seat; sign as its holder {holder}",
  Seat_NotOffered: "this seat was not offered to {caller} but to {offeredTo}",
  Seat_NoHolder: "a seat needs a first holder other than the zero address",

  Graduation_NotOffering: "only the offering graduates models, not {caller}",
  Graduation_UnexpectedReserves:
    "the pool would open with {flock:flock} and {mt:mt} instead of {flockMeant:flock} and {mtMeant:mt}: FLOCK does not transfer what it should; nothing was changed, and if it stays so supporters are refunded 30 days after the sale",
  TokenFactory_NotGraduation: "only graduation deploys tokens, not {caller}",
  Locker_NotGraduated: "model {modelId} has not graduated",
  Locker_Locked: "the liquidity of model {modelId} is locked until {unlocksAt:time}",
  Locker_NothingLocked: "the liquidity of model {modelId} was released before",
  Vault_NotGraduation: "only the graduation contract opens a vesting record, not {caller}",
  Vault_AlreadyOpen: "the vesting record of model {modelId} exists",
  Vault_NotOpen: "model {modelId} has not graduated",
  Vault_ReservedForRewards: "the share {share:share} is for usage rewards and belongs to no seat",
  Vault_NotDrawable: "only the emission distributor draws {share:share}, not {caller}",
  Vault_AboveVested:
    "of {share:share} of model {modelId} {vested:token} have vested and were not drawn, less than {amount:token}",
  Vault_NothingVested: "nothing of {share:share} of model {modelId} has vested since the last release",

  Staking_NotGraduated: "model {modelId} has not graduated, so there is nothing to stake",
  Staking_ZeroAmount: "the amount is zero; name one above zero",
  Staking_AboveStake: "{amount:mt} is more than the {staked:mt} that are staked; ask back less",
  Staking_AboveExiting: "{amount:mt} is more than the {exiting:mt} that are on their way out; put back less",
  Staking_NothingExiting: "{user} has nothing of model {modelId} on its way out; request an exit first",
  Staking_CoolingDown: "the cooldown lasts until {withdrawableAt:time}; withdraw after it",

  Meter_DepositsPaused: "deposits are paused until {endsAt:time} at the latest",
  Meter_ZeroAmount: "the amount is zero; name one above zero",
  Meter_ZeroAddress: "the zero address cannot have a balance, receive a payment or sign; name another",
  Meter_AboveDeposit: "{amount:usdc} is more than the {deposited:usdc} that are deposited; ask back less",
  Meter_NothingRequested: "{user} has requested nothing, or vouchers have used up what the request covered",
  Meter_NotWithdrawable:
    "the withdrawal can be executed from {maturesAt:time} to {lapsesAt:time}; wait, or request it again",
  Meter_AuthorizationUsed:
    "the signed deposit was submitted before or cancelled, and {user} has {deposited:usdc} deposited; have it signed again",
  Meter_WrongNonce:
    "the signed authorisation of {user} was used or cancelled, or an earlier one has to be submitted first; have it signed again",
  Meter_SignatureExpired: "the signed authorisation could be submitted until {deadline:time}; have it signed again",
  Meter_BadSignature:
    "{user} has not signed this authorisation for this chain and this meter; have it signed again, unchanged",
  Meter_OwnKey: "{user} signs for itself without any authorisation; name another key",
  Meter_UnknownKey: "{user} never authorised the key {key}",
  Meter_ExpiryPassed: "the key would expire on {expiresAt:time}, which has passed; choose a later time",

  Waterfall_NotMeter: "only the meter brings revenue, not {caller}",
  Waterfall_NotHolder: "{caller} does not hold {seat:seat}; sign as its holder {holder}",
  Waterfall_ZeroRecipient: "the recipient is the zero address; name another",
  Waterfall_ZeroAmount: "the amount is zero; name one above zero",
  Waterfall_AboveCredit: "{amount:usdc} is more than the {credit:usdc} that wait for {seat:seat}; claim less",

  Buyback_Wait: "nothing can be bought now: {wait:wait} (pair {pair})",
  Buyback_DeadlinePassed: "the deadline was {deadline:time} and it is {time:time}; set a later one",
  Buyback_OutputBelowMin:
    "the lot would buy {amountOut:token}, less than the {amountOutMin:token} that you accept; accept less or come again",
  Buyback_NotGraduated: "model {modelId} has not graduated, so it has no pool",
  Buyback_BadRouteLength: "the route has {length} pairs; use at most {max}",
  Buyback_RouteBroken: "the pair {pair} does not continue the route from the token {tokenIn}",
  Buyback_RouteEndsElsewhere: "the route ends at the token {token} and not at FLOCK",
  Buyback_PairRepeated: "the pair {pair} stands in the route twice",

  Emission_NotMeter: "only the meter records usage, not {caller}",
  Emission_ZeroAmount: "the amount is zero; name one above zero",
  Emission_ZeroRecipient: "the recipient is the zero address; name another",
  Emission_NothingToClaim: "there is nothing that {user} can claim now; `fomo rewards` says what is on its way",
  Emission_NotIssuer: "{caller} does not hold the issuer's seat; sign as its holder {issuer}",
  Emission_NotGraduated: "model {modelId} has not graduated",
  Emission_StillEarning:
    "users have used model {modelId} today, so that its pool may need what a sweep would take; try again after midnight UTC, before the day's first settlement",
  Emission_NotSweepable: "what nobody earned of model {modelId} can be swept from {sweepableAt:time} on",

  // For most values there is a sentence of its own below.
  Bounds_OutOfRange: "{name:name} is {value}; choose from {min} to {max}",
  PlainText_Malformed:
    "the {what:name} is not well-formed UTF-8: no character begins at its byte {index}, counted from 0; correct it",
  PlainText_Invisible:
    "the {what:name} contains the character {codePoint:character}, which cannot be seen, at its byte {index}, counted from 0; leave it out",
  PlainText_Spacing:
    "the {what:name} has a space at its byte {index}, counted from 0, that begins or ends it or follows another space; leave it out",
  Pause_TooSoon: "a pause cannot begin before {earliestAt:time}",
  Pause_NotPaused: "there is no pause to end",
  Permit_NoAllowance: "the permit did not take effect: {owner} has allowed {allowance:flock} of {value:flock}",
  Wiring_NotDeployer: "only the deployer {deployer} wires contracts, not {caller}",
  Wiring_AlreadyWired: "the link {link:name} is set to {target} for good",
  Wiring_NotAContract: "the link {link:name} must name a contract, and {target} is none",
  Wiring_Missing: "the link {link:name} is not set: the deployment is not finished, run `fomo deploy` again",

  Transfer_NotExact:
    "the token {token} delivered {received} of {amount} of its smallest units; only a plain ERC-20 is accepted",

  AccessManagedUnauthorized:
    "{caller} has no role that may do this; sign with --from as the platform, the guardian or the governor, whoever does it",
  AccessManagedRequiredDelay: "{caller} must schedule this {delay:duration} ahead",
  AccessManagerUnauthorizedCall: "{caller} has no role that may schedule or execute this call; sign as the governor",
  AccessManagerAlreadyScheduled: "the operation {operationId} waits already; `fomo operations` shows it",
  AccessManagerNotScheduled: "{operationId} is not scheduled by this account; sign as who scheduled it",
  AccessManagerNotReady: "the operation {operationId} cannot be executed yet; `fomo operations` says from when",
  AccessManagerExpired: "the operation {operationId} has lapsed; propose it again",
  AccessManagerUnauthorizedCancel: "{msgsender} may not cancel this; sign as who scheduled it or as the guardian",
  ERC20InsufficientBalance: "{sender} has {balance:token} and needs {needed:token} (in 18 decimals)",
  ERC20InsufficientAllowance: "{spender} is allowed {allowance:token} and needs {needed:token} (in 18 decimals)",
  ERC3009InvalidSignature:
    "the signature is not the user's for exactly this deposit; have it signed again with --sign-to",
  ERC3009UsedAuthorization: "{authorizer} has signed this deposit and it was submitted before",
  ERC3009InvalidAuthorizationTime:
    "the signed deposit was good until {validBefore:time}; have it signed again with --sign-to",
  ECDSAInvalidSignature: "the signature is none; have it signed again",
  ECDSAInvalidSignatureS: "the signature {s} is none that is accepted; have it signed again",
  ReentrancyGuardReentrantCall: "a call came back into the contract while it was at work",
  SafeERC20FailedOperation: "a transfer of the token {token} failed",
};

/** What `Bounds_OutOfRange` means, by the name of the value. A test keeps this list complete, too. */
export const BOUND_SENTENCES: Record<string, string> = {
  nameLength: "the name has {value} bytes; use {min} to {max}",
  symbolLength: "the symbol has {value} bytes; use {min} to {max}",
  apiIdLength: "the API id has {value} bytes; use {min} to {max}",
  saleDuration: "the sale would last {value:duration}; choose from {min:duration} to {max:duration}",
  target: "the target is {value:flock}; choose one above zero and at most {max:flock}",
  minimumRaise: "the minimum raise is {value:flock}; choose from {min:flock} to {max:flock}",
  startPriceWad: "the start price of {value:price} is above {max:price}, with which no target goes; lower it",
  saleAtStartPrice:
    "the sale at its start price would bring {value:flock}; choose a start price that makes it {min:flock} to {max:flock}",
  computeCost: "the compute cost is {value:usdc}; choose from {min:usdc} to {max:usdc} per million units",
  minMinimumRaise:
    "the smallest minimum raise is {value:flock}; choose from {min:flock} to {max:flock}: it is at least twice the reserve that the buyback asks of a pool, and not above the largest target",
  maxTarget: "the largest target is {value:flock}; choose from {min:flock} to {max:flock}",
  launchFee: "the launch fee is {value:flock}; choose from {min:flock} to {max:flock}",
  creatorFeeBps: "the creator fee is {value:bps}; choose from {min:bps} to {max:bps}",
  protocolFeeBps: "the protocol fee is {value:bps}; choose from {min:bps} to {max:bps}",
  antiSnipeStartBps:
    "the anti-sniping fee begins at {value:bps}; choose from {min:bps}, creator and protocol fee together, to {max:bps}",
  antiSnipeWindow: "the anti-sniping fee falls for {value:duration}; choose from {min:duration} to {max:duration}",
  bundleCapBps:
    "the cap of a bundle is {value:bps} of what the minimum raise would sell; choose from {min:bps} to {max:bps}",
  capBps: "the largest discount is {value:bps}; choose from {min:bps} to {max:bps}",
  multiplier: "the multiplier of the discount is {value}; choose from {min} to {max}",
  dailyRate: "the daily emission is {value:flock}; choose from {min:flock} to {max:flock}",
  maxFlockPerUsdc: "the fixed cap is {value:flock} per USDC; choose from {min:flock} to {max:flock}",
  maxRewardBps:
    "rewards may be worth {value:bps} of net revenue; choose from {min:bps} to {max:bps}, 0 for no such bound",
  minimumStake: "the minimum stake is {value:mt}; choose from {min:mt} to {max:mt}",
  pairFeeBps: "the fee of the DEX's pairs is {value:bps}; choose from {min:bps} to {max:bps}",
  bucketBps: "a lot takes up to {value:bps} of a pool; choose from {min:bps} to {max:bps}",
  bandBps: "a lot gives at least {value:bps} of its average price; choose from {min:bps} to {max:bps}",
  routeRefillDuration:
    "the bucket of a pair of the route empties in {value:duration}; choose from {min:duration} to {max:duration}",
  modelRefillDuration:
    "the bucket of a model's pool empties in {value:duration}; choose from {min:duration} to {max:duration}",
  modelMinReserve:
    "the smallest reserve of a model's pool is {value:flock}; choose from {min:flock} to {max:flock}, half of the smallest minimum raise that a tier has ever allowed",
};
