export { addressOf, ZERO_ADDRESS } from "./codec/address.ts";
export { bytesOf } from "./codec/bytes.ts";
export type { Address, Hex } from "./codec/hex.ts";
export type { Told } from "./codec/told.ts";
export {
  BPS,
  DECIMALS,
  exact,
  MAX_AMOUNT,
  MAX_MOMENT,
  MAX_UNITS,
  rateOfBps,
  unitsOfDecimal,
  WAD,
} from "./units/numbers.ts";
export {
  show,
  showCount,
  showDistance,
  showDuration,
  showEther,
  showFlock,
  showMt,
  showPercent,
  showPrice,
  showShare,
  showTime,
  showUsdc,
} from "./units/show.ts";
export { isPlain, plain } from "./text/plainText.ts";
export { nameOf, OPENING_MODES, OUTCOMES, SHARES, SKIP_WORDS, SKIPS, WAIT_WORDS, WAITS } from "./names/enums.ts";
export { describeSeat, kindOf, providerSeatsTo, SEAT_KINDS, seatOf } from "./names/seats.ts";
export type { SeatKind } from "./names/seats.ts";
export { deploymentOf, deploymentOfRecord, knownChains } from "./deployments/deployment.ts";
export type { ChainContract, Deployment, DeploymentRecord, ProtocolContract } from "./deployments/deployment.ts";
export { KNOWN_DEPLOYMENTS } from "./deployments/known.ts";
export { explainError, explainRevert, revertDataOf } from "./errors/explain.ts";
export type { Refusal, RefusalContext } from "./errors/explain.ts";
export { FomoError } from "./errors/fomoError.ts";
export type { FomoErrorCode } from "./errors/fomoError.ts";
export { viewTimeAt } from "./raise/clock.ts";
export type { ClockReading } from "./raise/clock.ts";
export { MT_SUPPLY, pointAt, priceAt, raisedAt, SALE_SUPPLY, soldAt, virtualFlock, virtualMt } from "./raise/curve.ts";
export type { CurvePoint, CurveTerms, OpeningMode } from "./raise/curve.ts";
export { baseRateOf, feeOn, feeRateAt, feesOf, grossFor, priceWithFee } from "./raise/fees.ts";
export type { FeeTerms } from "./raise/fees.ts";
export { quoteExactIn, quoteExactOut, quoteOf, quotePurchase } from "./raise/fill.ts";
export type { Fill, PurchaseQuote, Sale, Wish } from "./raise/fill.ts";
export { checkLaunch, checkPayment, launchConditionsOf, MAX_TARGET, previewLaunch } from "./raise/launch.ts";
export type { LaunchConditions, LaunchPlan, LaunchPreview } from "./raise/launch.ts";
export { launchPlanOf } from "./raise/launchFile.ts";
export type { LaunchFileTerms } from "./raise/launchFile.ts";
export { purchaseLimit } from "./raise/limit.ts";
export type { PurchaseLimit, Tolerance } from "./raise/limit.ts";
export { aboveOpeningFrom, openingPrices, openingTermsOf } from "./raise/opening.ts";
export type { OpeningPrices, OpeningTerms } from "./raise/opening.ts";
export { phaseOf } from "./raise/phase.ts";
export type { Phase, RaiseProgress } from "./raise/phase.ts";
export { saleAt } from "./raise/sale.ts";
export type { RaiseOnSale, SaleMoment } from "./raise/sale.ts";
export { sharesAt } from "./raise/shares.ts";
export type { RaiseShares, ShareTerms } from "./raise/shares.ts";
export {
  COOLDOWN,
  discountOf,
  MIN_PAID_BPS,
  paidAt,
  stakeForCap,
  stakeForDiscount,
  stakeThatCounts,
  WARM_UP,
} from "./staking/discount.ts";
export type { DiscountTerms, StakeRecord } from "./staking/discount.ts";
export { releasableAt, unvestedAt, vestedAt, VESTING_DURATION } from "./vesting/vesting.ts";
export type { VestingShare } from "./vesting/vesting.ts";
export {
  computeCostOf,
  divideNet,
  hasUnits,
  keepsDiscountCap,
  keepsPriceFloor,
  netOf,
  partOfRow,
  PRICED_UNITS,
  priceFloorOf,
  weightOf,
} from "./usage/row.ts";
export type { NetShares, UsageRow } from "./usage/row.ts";
export { WITHDRAWAL_DELAY, withdrawalTimes } from "./usage/withdrawal.ts";
export { closeEpoch } from "./emissions/close.ts";
export type { ClosedEpoch, EpochContext, OpenModel } from "./emissions/close.ts";
export { dayOf, endOfEpoch, EPOCH_DURATION, epochAt } from "./emissions/epochs.ts";
export { ALLOWANCE_DIVISOR, allowanceOf, releaseOf, rewardOf, worthOf } from "./emissions/pool.ts";
export type { OwnUse, PoolRelease, PoolSources, Reward, RewardPool } from "./emissions/pool.ts";
export { ageFactor, ageFactorWad, emissionFor, MAX_AGE_FACTOR, shareOf } from "./emissions/score.ts";
export { isWashingExcluded, largestSafeCap, WASH_CIRCLES, washGain } from "./emissions/washTrading.ts";
export { emptyAt, levelAt, roomAt } from "./buyback/bucket.ts";
export type { Bucket, BucketTerms } from "./buyback/bucket.ts";
export { flockOrder, isWholeLot, leastOutOf, lotOf, mtOrder, planLot } from "./buyback/lot.ts";
export type { BuybackSettings, Lot, LotCircumstances, LotHop, LotOrder, Wait } from "./buyback/lot.ts";
export { isTouched, isUsable, OBSERVATION_AGE, observationDueAt, worthAt } from "./buyback/observation.ts";
export type { Observation, PairState } from "./buyback/observation.ts";
export { pairInFor, pairOut } from "./buyback/pair.ts";
export type { PairReserves } from "./buyback/pair.ts";
export { checkVoucher, voucherChecker } from "./signing/checkVoucher.ts";
export type { VoucherChecker, VoucherTerms } from "./signing/checkVoucher.ts";
export type { Cryptography } from "./signing/cryptography.ts";
export { checkDeposit, depositTypedData, signDeposit } from "./signing/deposit.ts";
export type { DepositPlace, SignedDeposit } from "./signing/deposit.ts";
export { meterDomain, tokenDomain, tokenDomainAbi } from "./signing/domains.ts";
export type { MeterPlace, TokenDomainAnswers } from "./signing/domains.ts";
export type { UsageEntry } from "./signing/entries.ts";
export type { Flaw, FlawReason, Signed } from "./signing/flaw.ts";
export { checkKeyAuthorization, keyAuthorizationTypedData, signKeyAuthorization } from "./signing/keyAuthorization.ts";
export type { KeyAuthorization } from "./signing/keyAuthorization.ts";
export { checkPermit, permitTypedData, signPermit } from "./signing/permit.ts";
export type { PermitTerms, SignedPermit } from "./signing/permit.ts";
export { recoverSigner } from "./signing/recover.ts";
export { longForm, readSignature } from "./signing/signature.ts";
export type { SignatureForms, WellFormed } from "./signing/signature.ts";
export { signTyped } from "./signing/signer.ts";
export type { EthersSigner, TypedDataSigner, ViemSigner } from "./signing/signer.ts";
export type { TypedDataField } from "./signing/structs.ts";
export { domainSeparator, hashTypedData, typedDataJson } from "./signing/typedData.ts";
export type { Domain, TypedData } from "./signing/typedData.ts";
export { signatureOf, signVoucher, voucherHasher, voucherTypedData } from "./signing/voucher.ts";
export type { UnsignedVoucher, Voucher } from "./signing/voucher.ts";
export { jsonOfVoucher, voucherOfJson } from "./signing/voucherJson.ts";
export type { VoucherEntry, VoucherPlace } from "./signing/voucherJson.ts";
export { isAccepted, walletAbi } from "./signing/wallet.ts";
export type { CheckOptions, NeedsChain, WalletQuestion } from "./signing/wallet.ts";
export { abiOf } from "./reads/abis.ts";
export type { Abis, ContractName } from "./reads/abis.ts";
export { accountOf, dueOf, previewedVouchers, quotedExactIn, quotedExactOut, raiseOf, seriesOf } from "./reads/lens.ts";
export type { AccountView, DueView, RaiseView, SeriesId, SeriesView } from "./reads/lens.ts";
export { answerOf, readAt, readOf, requestOf } from "./reads/read.ts";
export type { DeployedContract, Read, ReadArguments, ReadName, ReadResult } from "./reads/read.ts";
export { callOf, together } from "./actions/action.ts";
export type { Action, Call, PaidAction, Payment, WriteArguments, WriteName } from "./actions/action.ts";
export { buyFlock, buyMt, pokeModel, pokeRoute } from "./actions/buyback.ts";
export type { LotTerms } from "./actions/buyback.ts";
export { claimsOf } from "./actions/claims.ts";
export type { Claimant } from "./actions/claims.ts";
export { dryRun, dryRunOf } from "./actions/dryRun.ts";
export type { DryRun } from "./actions/dryRun.ts";
export { DUE_KINDS, dueActions, dueWork } from "./actions/due.ts";
export type { DueKind, DueWork, KeeperTerms } from "./actions/due.ts";
export { collectIssuerBonus, collectRewards, fund, roll, sweep } from "./actions/emissions.ts";
export { actionOf } from "./actions/generic.ts";
export { cancelScheduled, executeScheduled, liftPause, PAUSABLE, pause, schedule } from "./actions/governance.ts";
export type { GovernedCall } from "./actions/governance.ts";
export {
  buyExactIn,
  buyExactOut,
  claimCreatorFee,
  claimLaunchFees,
  claimPosition,
  claimProtocolFee,
  fail,
  graduate,
  launch,
  refund,
  refundBundle,
} from "./actions/offering.ts";
export type { PurchaseTerms } from "./actions/offering.ts";
export { approvalOf, callsOf, withPermit } from "./actions/payment.ts";
export type { PermitValues } from "./actions/payment.ts";
export {
  cancelWithdrawal,
  deposit,
  depositCredit,
  depositSigned,
  requestWithdrawal,
  withdrawPrepaid,
} from "./actions/prepaid.ts";
export type { DepositAuthorization, SignatureParts } from "./actions/prepaid.ts";
export { safeBatch, safeCallsOf } from "./actions/safe.ts";
export type { SafeBatch, SafeCall, SafeTransaction } from "./actions/safe.ts";
export { acceptSeat, claimCredit, offerSeat, recordApiId, releaseLiquidity, releaseShare } from "./actions/seats.ts";
export { cancelExit, claimAndStake, requestExit, stake, withdrawStake } from "./actions/staking.ts";
export type { StakeTerms } from "./actions/staking.ts";
export { authorizeKey, authorizeKeySigned, cancelSignedKey, revokeKey, settle, settleCard } from "./actions/usage.ts";
export type { KeyTerms, SignedKeyTerms } from "./actions/usage.ts";
export { sendCallsOf, transactionOf } from "./actions/wallet.ts";
export type { RpcTransaction, SendCalls } from "./actions/wallet.ts";
export { decodeLog, decodeLogs, eventOf, eventsIn, eventsOf } from "./events/decode.ts";
export type { Addresses, Log, ModelContracts, Receipt } from "./events/decode.ts";
export { describeEvent } from "./events/describe.ts";
export type { EventContract, EventName, EventOf, IndexedName, IndexedValues, ProtocolEvent } from "./events/event.ts";
export { eventFilter, eventFilterAt, protocolFilter } from "./events/filter.ts";
export type { EventFilter } from "./events/filter.ts";
export type { Events, Reads, Writes } from "./abi/types.ts";
export { costOf, minusUsage, NO_USAGE, plusUsage, pricesProblem, TOKEN_KINDS } from "./gateway/cost.ts";
export type { TokenCounts, TokenPrices } from "./gateway/cost.ts";
export { gatewayDomain } from "./gateway/domain.ts";
export {
  checkReceipt,
  jsonOfReceipt,
  jsonOfUsage,
  NO_RECEIPT,
  receiptDigester,
  receiptOfJson,
} from "./gateway/receipt.ts";
export type { ReceiptEntry, SignedReceipt, UsageReceipt, UsageSums } from "./gateway/receipt.ts";
export { MOST_SIGNED_TOGETHER, receiptsDigester } from "./gateway/signedTogether.ts";
export { receiptFileChecker } from "./gateway/receiptFile.ts";
export type {
  Contradiction,
  ReceiptFile,
  ReceiptFileChecker,
  ReceiptPlace,
  ReceiptSeries,
} from "./gateway/receiptFile.ts";
export { checkSession, LONGEST_SESSION, sessionTypedData, signSession } from "./gateway/session.ts";
export type { SessionTerms, SignedSession } from "./gateway/session.ts";
export {
  GATEWAY_HEADERS,
  MOST_VOUCHERS,
  RECEIPT_EVENT,
  requestHeader,
  requestOfHeader,
  signedText,
  vouchersHeader,
  vouchersOfHeader,
} from "./gateway/wire.ts";
export type {
  AccountDocument,
  ModelDocument,
  ReceiptsDocument,
  RefusalCode,
  RefusalDetails,
  RefusalDocument,
  SeriesDocument,
  SessionDocument,
  SignedParts,
  StartDocument,
  StartedDocument,
  TermsDocument,
} from "./gateway/wire.ts";
export { gatewayClient } from "./gateway/client/gatewayClient.ts";
export type { GatewayClient, SeriesStanding } from "./gateway/client/gatewayClient.ts";
export type { Fetch } from "./gateway/client/fetch.ts";
export { memoryOfProcess } from "./gateway/client/memory.ts";
export type {
  Answered,
  AnswerUsage,
  Asked,
  GatewayMemory,
  MemoryEntry,
  MemoryPlace,
  OpenMemory,
} from "./gateway/client/memory.ts";
export type { GatewayClientSettings, GatewayTolerance } from "./gateway/client/settings.ts";
export type { ChainQuestion, StartTerms } from "./gateway/client/start.ts";
