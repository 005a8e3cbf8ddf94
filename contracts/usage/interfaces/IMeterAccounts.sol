// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Account} from "../types/UsageTypes.sol";

/// @title IMeterAccounts
/// @notice The prepaid USDC of users: deposits, credit for card payments, and withdrawals (decision 11).
interface IMeterAccounts {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice USDC has come in for a user.
    /// @param amount What has come in [USDC units].
    /// @param deposited The user's deposit after it [USDC units].
    event Deposited(address indexed user, uint256 amount, uint256 deposited);
    /// @notice The platform has brought USDC for what a user paid by card.
    /// @param amount What it has brought [USDC units].
    /// @param credit The user's credit after it [USDC units].
    event CreditDeposited(address indexed platform, address indexed user, uint256 amount, uint256 credit);
    /// @notice A user wants USDC back. It can be withdrawn from `maturesAt` until `lapsesAt` [s].
    /// @param amount How much of the deposit [USDC units].
    event WithdrawalRequested(address indexed user, uint256 amount, uint256 maturesAt, uint256 lapsesAt);
    /// @notice Vouchers have used up a part of what a user has requested back. What is left of it matures and lapses when it
    /// would have.
    /// @param requested How much of the deposit is still requested [USDC units].
    event WithdrawalLowered(address indexed user, uint256 requested);
    /// @notice A user has cancelled the request.
    event WithdrawalCancelled(address indexed user);
    /// @notice A user has taken USDC back.
    /// @param amount What was sent [USDC units].
    /// @param deposited The user's deposit after it [USDC units].
    event Withdrawn(address indexed user, address indexed to, uint256 amount, uint256 deposited);
    /// @notice Deposits are paused. The pause ends at `endsAt` [s], or before.
    event DepositsPaused(uint256 endsAt);
    /// @notice Deposits are no longer paused.
    event DepositsUnpaused();

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Deposits are paused. The pause ends at `endsAt` [s], or before.
    error Meter_DepositsPaused(uint256 endsAt);
    /// @notice The amount is zero.
    error Meter_ZeroAmount();
    /// @notice The zero address can neither have a balance, nor receive a payment, nor sign.
    error Meter_ZeroAddress();
    /// @notice Less is deposited than was requested [USDC units].
    error Meter_AboveDeposit(uint256 amount, uint256 deposited);
    /// @notice There is no request, or vouchers have used up what it was for.
    error Meter_NothingRequested(address user);
    /// @notice The withdrawal is possible only from `maturesAt` until `lapsesAt` [s].
    error Meter_NotWithdrawable(uint256 maturesAt, uint256 lapsesAt);
    /// @notice The token has accepted the authorisation before, or its signer has cancelled it, and less than its amount is
    /// deposited [USDC units].
    error Meter_AuthorizationUsed(address user, bytes32 nonce, uint256 deposited);

    // -- Deposits -----------------------------------------------------------------------------------------------------

    /// @notice Deposits USDC of the caller.
    /// @param amount How much [USDC units].
    /// @custom:errors Meter_ZeroAmount, Meter_DepositsPaused, Transfer_NotExact
    /// @custom:paper 3.5
    function deposit(uint256 amount) external;

    /// @notice Deposits USDC of `user`, with an EIP-3009 authorisation that names this contract as the receiver. Anyone may
    /// submit it: it can only become a deposit of the user who signed it. If somebody else has done so first, and so much is
    /// deposited, nothing is done: a `multicall` goes on.
    /// @param user Who has signed, and whose USDC it is.
    /// @param amount How much [USDC units].
    /// @param validAfter The authorisation is valid after this moment [s].
    /// @param validBefore The authorisation is valid before this moment [s].
    /// @param nonce What the token knows the authorisation by; each can be used once.
    /// @param v Signature, v.
    /// @param r Signature, r.
    /// @param s Signature, s.
    /// @custom:errors Meter_ZeroAmount, Meter_DepositsPaused, Meter_AuthorizationUsed, Transfer_NotExact, and those of the
    /// token
    /// @custom:paper 3.5
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

    /// @notice The same with a signature of any length, as USDC 2.2 takes it: also of a contract wallet, by ERC-1271.
    /// @param user Who has signed, and whose USDC it is.
    /// @param amount How much [USDC units].
    /// @param validAfter The authorisation is valid after this moment [s].
    /// @param validBefore The authorisation is valid before this moment [s].
    /// @param nonce What the token knows the authorisation by; each can be used once.
    /// @param signature The signature.
    /// @custom:errors Meter_ZeroAmount, Meter_DepositsPaused, Meter_AuthorizationUsed, Transfer_NotExact, and those of the
    /// token
    /// @custom:paper silent, decision 66
    function depositWithAuthorization(
        address user,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice Sets the caller's USDC allowance for this contract with an EIP-2612 signature. Combine it with `deposit` in
    /// one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @param value The allowance that was signed [USDC units].
    /// @param deadline Last moment at which the token accepts the signature [s].
    /// @param v Signature, v.
    /// @param r Signature, r.
    /// @param s Signature, s.
    /// @custom:errors Permit_NoAllowance
    /// @custom:paper silent, decision 33
    function permitUsdc(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Deposits USDC of the caller as credit of a user who paid by card. Platform only.
    /// @param user Whose credit it becomes.
    /// @param amount How much [USDC units].
    /// @custom:errors AccessManagedUnauthorized, Meter_ZeroAmount, Meter_DepositsPaused, Meter_ZeroAddress,
    /// Transfer_NotExact
    /// @custom:paper 3.5
    function depositCredit(address user, uint256 amount) external;

    // -- Withdrawals --------------------------------------------------------------------------------------------------

    /// @notice Requests a part of the caller's deposit back. The request matures after 48 hours and lapses 48 hours later.
    /// Until it is withdrawn, the money still pays for vouchers. What is deposited later is not part of it. A new request
    /// replaces an earlier one.
    /// @param amount How much of the deposit [USDC units].
    /// @custom:errors Meter_ZeroAmount, Meter_AboveDeposit
    /// @custom:paper silent, decision 11
    function requestWithdrawal(uint256 amount) external;

    /// @notice Cancels the caller's request.
    /// @custom:errors Meter_NothingRequested
    /// @custom:paper silent, decision 11
    function cancelWithdrawal() external;

    /// @notice Sends what the caller has requested to `to`, less what vouchers have used of it.
    /// @param to Who receives it.
    /// @return amount What was sent [USDC units].
    /// @custom:errors Meter_ZeroAddress, Meter_NothingRequested, Meter_NotWithdrawable
    /// @custom:paper silent, decision 11
    function withdraw(address to) external returns (uint256 amount);

    // -- Pause --------------------------------------------------------------------------------------------------------

    /// @notice Pauses deposits for at most 7 days. The next pause can begin 30 days after the end of this one. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_TooSoon
    /// @custom:paper silent, decision 25
    function pauseDeposits() external;

    /// @notice Ends the pause of deposits. Guardian only.
    /// @custom:errors AccessManagedUnauthorized, Pause_NotPaused
    /// @custom:paper silent, decision 25
    function unpauseDeposits() external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice Until when deposits are paused.
    /// @return The end of the pause [s]; 0 if they are not paused.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function depositsPausedUntil() external view returns (uint256);

    /// @notice A user's prepaid USDC.
    /// @param user The user.
    /// @return The balances and the request.
    /// @custom:errors none
    /// @custom:paper 3.5
    function accountOf(address user) external view returns (Account memory);

    /// @notice What the platform may serve a user for: deposit and credit, less what is requested back.
    /// @param user The user.
    /// @return The amount [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.5
    function availableOf(address user) external view returns (uint256);
}
