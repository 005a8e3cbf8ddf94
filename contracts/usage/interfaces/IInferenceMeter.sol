// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Usage} from "../libraries/UsageVoucher.sol";

/// @notice A user's prepaid USDC.
/// @param deposited What the user can withdraw [USDC units].
/// @param credit What the platform deposited for card payments; it can be spent, not withdrawn [USDC units].
/// @param requestedAt When a withdrawal was requested [s]; 0 if none is. One that has lapsed stands until it is replaced.
/// @param requested How much of `deposited` it covers [USDC units].
struct Account {
    uint96 deposited;
    uint96 credit;
    uint40 requestedAt;
    uint96 requested;
}

/// @notice A key that signs vouchers for a user.
/// @param cap The most that may ever be collected with it [USDC units].
/// @param spent What has been collected with it [USDC units]; survives re-authorisation.
/// @param expiresAt From when its vouchers are refused [s].
/// @param capFalls Whether a lower cap is on its way.
/// @param nextCap The lower cap [USDC units].
/// @param nextCapAt When the lower cap takes effect [s].
struct Key {
    uint96 cap;
    uint96 spent;
    uint40 expiresAt;
    bool capFalls;
    uint96 nextCap;
    uint40 nextCapAt;
}

/// @notice A signed voucher of one model, as the platform submits it. Sums are cumulative for user, key and model.
/// @param user Who pays.
/// @param key Who signed: the user, or a key that it authorised.
/// @param units Units of inference [units].
/// @param list Cost at list price [USDC units].
/// @param paid What the user pays [USDC units].
/// @param r Signature, r.
/// @param vs Signature, y parity and s (EIP-2098).
struct VoucherRow {
    address user;
    address key;
    uint64 units;
    uint96 list;
    uint96 paid;
    bytes32 r;
    bytes32 vs;
}

/// @notice Usage that was paid by card, by nobody who has a wallet. Not cumulative.
/// @param modelId The model.
/// @param units Units of inference [units].
/// @param list Cost at list price [USDC units].
/// @param paid What was paid [USDC units]; the platform brings it.
struct CardRow {
    uint256 modelId;
    uint64 units;
    uint96 list;
    uint96 paid;
}

/// @notice Why a row was skipped.
enum Skip {
    None,
    ModelNotLive,
    BadSignature,
    KeyNotAuthorized,
    KeyExpired,
    BelowPriceFloor,
    AboveDiscountCap,
    NothingNew,
    KeyCapReached,
    NoBalance
}

/// @title IInferenceMeter
/// @notice Users prepay USDC and sign vouchers for what they use; the platform settles them (section 3.5,
/// decisions 9 to 12). Neither side can invent usage alone: a voucher needs the user's signature and the platform's
/// submission. Holds the USDC of users.
///
/// Trust: the platform decides when a voucher is collected, never how much: that is signed. It cannot touch a balance
/// without a voucher. The guardian can pause deposits, never withdrawals.
interface IInferenceMeter {
    /// @notice USDC has come in for a user. `deposited` is the balance after it [USDC units].
    /// @param amount What has come in [USDC units].
    event Deposited(address indexed user, uint256 amount, uint256 deposited);
    /// @notice The platform has brought USDC that the user paid by card. `credit` is the credit after it [USDC units].
    /// @param amount What it has brought [USDC units].
    event CreditDeposited(address indexed platform, address indexed user, uint256 amount, uint256 credit);
    /// @notice A user wants USDC back, from `maturesAt` to `lapsesAt` [s].
    /// @param amount How much of the deposit [USDC units].
    event WithdrawalRequested(address indexed user, uint256 amount, uint256 maturesAt, uint256 lapsesAt);
    /// @notice A user has withdrawn the request.
    event WithdrawalCancelled(address indexed user);
    /// @notice A user has taken USDC back. `deposited` is the balance after it [USDC units].
    /// @param amount What was sent [USDC units].
    event Withdrawn(address indexed user, address indexed to, uint256 amount, uint256 deposited);
    /// @notice What a key may sign for a user has changed: authorisation, or revocation, by which it expires in 48 hours.
    event KeyChanged(address indexed user, address indexed key, Key record);
    /// @notice A voucher was collected, in full or in part: what was collected now, and the sum of paid so far. The user is
    /// charged card credit first, then its deposit; a request is lowered to what is left of that.
    /// @param paidSoFar What was ever collected for user, key and model [USDC units].
    event VoucherCollected(
        uint256 indexed modelId,
        address indexed user,
        address indexed key,
        Usage collected,
        uint256 paidSoFar
    );
    /// @notice A voucher was skipped; nothing changed for it.
    event VoucherSkipped(uint256 indexed modelId, address indexed user, address indexed key, Skip reason);
    /// @notice A card row was skipped; nothing changed for it.
    /// @param row Its place in the list that was submitted, from 0.
    event CardRowSkipped(uint256 indexed modelId, uint256 row, Skip reason);
    /// @notice Usage of a model has been settled: sums of what was collected, and what is left after compute cost.
    /// @param units Units of inference [units].
    /// @param list Cost at list price [USDC units].
    /// @param paid What was paid [USDC units].
    /// @param net What of it is left after compute cost [USDC units].
    event UsageSettled(uint256 indexed modelId, bool byCard, uint256 units, uint256 list, uint256 paid, uint256 net);
    /// @notice Deposits are paused until `endsAt` [s] at most.
    event DepositsPaused(uint256 endsAt);
    /// @notice Deposits go on.
    event DepositsUnpaused();

    /// @notice Deposits are paused until `endsAt` at most [s].
    error Meter_DepositsPaused(uint256 endsAt);
    /// @notice An amount of zero.
    error Meter_ZeroAmount();
    /// @notice The zero address cannot have a balance, receive a payment or sign.
    error Meter_ZeroAddress();
    /// @notice More was requested than is deposited [USDC units].
    error Meter_AboveDeposit(uint256 amount, uint256 deposited);
    /// @notice There is no request, or vouchers have used up what it covered.
    error Meter_NothingRequested(address user);
    /// @notice The request matures at `maturesAt` and lapses at `lapsesAt` [s].
    error Meter_NotWithdrawable(uint256 maturesAt, uint256 lapsesAt);
    /// @notice A user needs no authorisation to sign for itself.
    error Meter_OwnKey(address user);
    /// @notice The key was never authorised.
    error Meter_UnknownKey(address user, address key);
    /// @notice A key must expire in the future [s].
    error Meter_ExpiryPassed(uint256 expiresAt);

    /// @notice Deposits USDC of the caller.
    /// @dev Errors: `Meter_ZeroAmount`, `Meter_DepositsPaused`, `Transfer_NotExact`.
    /// @param amount How much [USDC units].
    function deposit(uint256 amount) external;

    /// @notice Deposits USDC of `user` with its EIP-3009 authorisation, which names this contract as the receiver. Anyone
    /// may submit it; it can only ever become the deposit of the user who signed it.
    /// @dev Errors: as `deposit`, and those of the token.
    /// @param user Who signed, and whose USDC it is.
    /// @param amount How much [USDC units].
    /// @param validAfter The authorisation holds after this moment [s].
    /// @param validBefore The authorisation holds before this moment [s].
    /// @param nonce What the token knows the authorisation by; each is good for once.
    function depositWithAuthorization(
        address user,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Sets the caller's USDC allowance for this contract with an EIP-2612 signature, to be combined with
    /// `deposit` in one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @dev Errors: `Permit_NoAllowance`.
    /// @param value The allowance that was signed [USDC units].
    /// @param deadline Last moment at which the token takes the signature [s].
    function permitUsdc(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Deposits the caller's USDC as credit of a user who paid by card. Platform only.
    /// @dev Errors: as `deposit`, and `Meter_ZeroAddress`.
    /// @param user Whose credit it becomes.
    /// @param amount How much [USDC units].
    function depositCredit(address user, uint256 amount) external;

    /// @notice Requests a part of the caller's deposit back. It matures after 48 hours and lapses 48 hours later, goes on
    /// covering vouchers until then, and never covers what is deposited later. Replaces an earlier request.
    /// @dev Errors: `Meter_ZeroAmount`, `Meter_AboveDeposit`.
    /// @param amount How much of the deposit [USDC units].
    function requestWithdrawal(uint256 amount) external;

    /// @notice Takes the caller's request back.
    /// @dev Errors: `Meter_NothingRequested`.
    function cancelWithdrawal() external;

    /// @notice Sends what was requested, and vouchers have left of it, to `to`.
    /// @dev Errors: `Meter_ZeroAddress`, `Meter_NothingRequested`, `Meter_NotWithdrawable`.
    /// @return amount What was sent [USDC units].
    function withdraw(address to) external returns (uint256 amount);

    /// @notice Lets a key sign vouchers for the caller, up to a cap over its whole life and until it expires. A higher cap
    /// and a later expiry hold at once, a lower cap and an earlier expiry in 48 hours.
    /// @dev Errors: `Meter_OwnKey`, `Meter_ZeroAddress`, `Meter_ExpiryPassed`.
    /// @param key The address that will sign.
    /// @param cap The most that may ever be collected with it [USDC units]; what was collected before counts.
    /// @param expiresAt From when its vouchers are refused [s].
    function authorizeKey(address key, uint96 cap, uint40 expiresAt) external;

    /// @notice Lets a key expire in 48 hours.
    /// @dev Errors: `Meter_UnknownKey`.
    function revokeKey(address key) external;

    /// @notice Collects vouchers of one model. A row that is wrong is skipped and reported; one that the balance or the
    /// key's cap does not cover is collected in part. Platform only.
    function settle(uint256 modelId, VoucherRow[] calldata rows) external;

    /// @notice Settles usage paid by card, with the caller's USDC. A row that is wrong is skipped and reported; if the
    /// caller's USDC or allowance does not cover the others, nothing is settled. Platform only.
    function settleCard(CardRow[] calldata rows) external;

    /// @notice Pauses deposits for 7 days at most, again 30 days after the last pause at the earliest. Guardian only.
    /// @dev Errors: `Pause_TooSoon`.
    function pauseDeposits() external;

    /// @notice Ends the pause of deposits. Guardian only.
    /// @dev Errors: `Pause_NotPaused`.
    function unpauseDeposits() external;

    /// @notice Until when deposits are paused [s]; 0 if they are not.
    function depositsPausedUntil() external view returns (uint256);

    /// @notice A user's balances.
    function accountOf(address user) external view returns (Account memory);

    /// @notice What the platform may serve against: deposit and credit, less what is requested back [USDC units].
    function availableOf(address user) external view returns (uint256);

    /// @notice A key of a user; its cap as of now.
    function keyOf(address user, address key) external view returns (Key memory);

    /// @notice What has been collected for a user, key and model.
    function usageOf(address user, address key, uint256 modelId) external view returns (Usage memory);

    /// @notice EIP-712 hash that the signer of a voucher signs.
    /// @param user Who pays.
    /// @param key Who signs: the user, or a key that it authorised.
    /// @param modelId The model.
    /// @param units Units of inference, all of user, key and model so far [units].
    /// @param list What they cost at list price [USDC units].
    /// @param paid What the user pays for them [USDC units].
    function voucherHash(
        address user,
        address key,
        uint256 modelId,
        uint64 units,
        uint96 list,
        uint96 paid
    ) external view returns (bytes32);

    /// @notice What `settle` would do with a row now: the reason for which it would skip it, or what it would collect.
    function previewVoucher(
        uint256 modelId,
        VoucherRow calldata row
    ) external view returns (Skip reason, Usage memory collected);
}
