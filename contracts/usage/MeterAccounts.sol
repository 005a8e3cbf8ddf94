// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ExactTransfer} from "../shared/libraries/ExactTransfer.sol";
import {Pause, PauseWindow} from "../shared/libraries/PauseWindow.sol";
import {TryPermit} from "../shared/libraries/TryPermit.sol";
import {IMeterAccounts} from "./interfaces/IMeterAccounts.sol";
import {IUsdc} from "./interfaces/IUsdc.sol";
import {Account} from "./types/UsageTypes.sol";

/// @title MeterAccounts
/// @notice Implements `IMeterAccounts`, which is its manual.
/// @dev USDC held >= sum over users of deposited + credit. For every user requested <= deposited.
abstract contract MeterAccounts is IMeterAccounts, AccessManaged, ReentrancyGuardTransient {
    using Address for address;
    using ExactTransfer for IERC20;
    using PauseWindow for Pause;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using TryPermit for IERC20;

    /// @dev What a settlement writes. One slot. The requested amount has its own slot, which a settlement reads only if there
    /// is a request.
    /// @param deposited What the user can withdraw [USDC units].
    /// @param credit What the platform brought for card payments [USDC units].
    /// @param requestedAt When a withdrawal was requested [s]; 0 if none is.
    struct Balance {
        uint96 deposited;
        uint96 credit;
        uint40 requestedAt;
    }

    /// @notice How long a request takes to mature, and how long it can be withdrawn after that [s].
    uint256 public constant WITHDRAWAL_DELAY = 48 hours;

    /// @notice The token in which inference is paid.
    IERC20 public immutable USDC;

    Pause private _depositPause;
    mapping(address user => Balance) private _balances;
    mapping(address user => uint96) private _requested;

    /// @param authority The AccessManager.
    /// @param usdc The token in which inference is paid.
    constructor(address authority, IERC20 usdc) AccessManaged(authority) {
        USDC = usdc;
    }

    /// @inheritdoc IMeterAccounts
    function deposit(uint256 amount) external nonReentrant {
        _book(msg.sender, amount);
        USDC.pull(amount);
    }

    /// @inheritdoc IMeterAccounts
    function depositWithAuthorization(
        address user,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        bytes memory call = abi.encodeCall(
            IERC3009.receiveWithAuthorization,
            (user, address(this), amount, validAfter, validBefore, nonce, v, r, s)
        );
        _depositAuthorized(user, amount, nonce, call);
    }

    /// @inheritdoc IMeterAccounts
    function depositWithAuthorization(
        address user,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external nonReentrant {
        bytes memory call = abi.encodeCall(
            IUsdc.receiveWithAuthorization,
            (user, address(this), amount, validAfter, validBefore, nonce, signature)
        );
        _depositAuthorized(user, amount, nonce, call);
    }

    /// @inheritdoc IMeterAccounts
    function permitUsdc(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        USDC.tryPermit(msg.sender, value, deadline, v, r, s);
    }

    /// @inheritdoc IMeterAccounts
    function depositCredit(address user, uint256 amount) external restricted nonReentrant {
        _checkDeposit(amount);
        require(user != address(0), Meter_ZeroAddress());
        uint96 credit = (_balances[user].credit + amount).toUint96();
        _balances[user].credit = credit;
        emit CreditDeposited(msg.sender, user, amount, credit);
        USDC.pull(amount);
    }

    /// @inheritdoc IMeterAccounts
    function requestWithdrawal(uint256 amount) external {
        require(amount != 0, Meter_ZeroAmount());
        uint256 deposited = _balances[msg.sender].deposited;
        require(amount <= deposited, Meter_AboveDeposit(amount, deposited));

        _balances[msg.sender].requestedAt = block.timestamp.toUint40();
        _requested[msg.sender] = amount.toUint96();
        uint256 maturesAt = block.timestamp + WITHDRAWAL_DELAY;
        emit WithdrawalRequested(msg.sender, amount, maturesAt, maturesAt + WITHDRAWAL_DELAY);
    }

    /// @inheritdoc IMeterAccounts
    function cancelWithdrawal() external {
        require(_balances[msg.sender].requestedAt != 0, Meter_NothingRequested(msg.sender));
        _clearRequest(msg.sender);
        emit WithdrawalCancelled(msg.sender);
    }

    /// @inheritdoc IMeterAccounts
    function withdraw(address to) external nonReentrant returns (uint256 amount) {
        // Check
        require(to != address(0), Meter_ZeroAddress());
        Balance memory balance = _balances[msg.sender];
        amount = _requested[msg.sender];
        require(balance.requestedAt != 0 && amount != 0, Meter_NothingRequested(msg.sender));
        uint256 maturesAt = balance.requestedAt + WITHDRAWAL_DELAY;
        uint256 lapsesAt = maturesAt + WITHDRAWAL_DELAY;
        require(block.timestamp >= maturesAt && block.timestamp < lapsesAt, Meter_NotWithdrawable(maturesAt, lapsesAt));

        // Effect
        uint96 deposited = balance.deposited - amount.toUint96();
        _clearRequest(msg.sender);
        _balances[msg.sender].deposited = deposited;
        emit Withdrawn(msg.sender, to, amount, deposited);

        // Interact
        USDC.safeTransfer(to, amount);
    }

    /// @inheritdoc IMeterAccounts
    function pauseDeposits() external restricted {
        emit DepositsPaused(_depositPause.begin(block.timestamp));
    }

    /// @inheritdoc IMeterAccounts
    function unpauseDeposits() external restricted {
        _depositPause.end(block.timestamp);
        emit DepositsUnpaused();
    }

    /// @inheritdoc IMeterAccounts
    function depositsPausedUntil() external view returns (uint256) {
        return _depositPause.endOf(block.timestamp);
    }

    /// @inheritdoc IMeterAccounts
    function accountOf(address user) external view returns (Account memory) {
        Balance memory balance = _balances[user];
        return
            Account({
                deposited: balance.deposited,
                credit: balance.credit,
                requestedAt: balance.requestedAt,
                requested: _requested[user]
            });
    }

    /// @inheritdoc IMeterAccounts
    function availableOf(address user) external view returns (uint256) {
        Balance memory balance = _balances[user];
        bool lapsed = block.timestamp >= balance.requestedAt + 2 * WITHDRAWAL_DELAY;
        return _spendable(balance) - (lapsed ? 0 : _requested[user]);
    }

    /// @dev What vouchers of a user can be charged to [USDC units]. What is requested back still counts.
    function _spendableOf(address user) internal view returns (uint256) {
        return _spendable(_balances[user]);
    }

    /// @dev Charges a user: the credit first, then the deposit. If less is left than was requested back, the request falls to
    /// what is left. `amount` must not be more than `_spendableOf`.
    /// @return fromCredit How much of it the credit has paid [USDC units].
    /// @return credit The user's credit after it [USDC units].
    /// @return deposited The user's deposit after it [USDC units].
    function _charge(
        address user,
        uint256 amount
    ) internal returns (uint96 fromCredit, uint96 credit, uint96 deposited) {
        Balance storage balance = _balances[user];
        (credit, deposited) = (balance.credit, balance.deposited);
        if (amount <= credit) {
            fromCredit = uint96(amount); // not above the credit
            credit -= fromCredit;
            balance.credit = credit;
            return (fromCredit, credit, deposited);
        }
        fromCredit = credit;
        credit = 0;
        deposited -= (amount - fromCredit).toUint96();
        (balance.credit, balance.deposited) = (credit, deposited);
        if (balance.requestedAt != 0 && _requested[user] > deposited) {
            _requested[user] = deposited;
            emit WithdrawalLowered(user, deposited);
        }
    }

    /// @dev Adds to a deposit. The caller makes sure that the money arrives.
    function _book(address user, uint256 amount) private {
        _checkDeposit(amount);
        uint96 deposited = (_balances[user].deposited + amount).toUint96();
        _balances[user].deposited = deposited;
        emit Deposited(user, amount, deposited);
    }

    /// @dev Books and takes a deposit that `user` has signed for. If its nonce was used, mostly because somebody else has
    /// submitted it first, what counts is what is deposited now.
    /// @param call The call of the token that takes it.
    function _depositAuthorized(address user, uint256 amount, bytes32 nonce, bytes memory call) private {
        if (IERC3009(address(USDC)).authorizationState(user, nonce)) {
            _checkDeposit(amount);
            uint256 deposited = _balances[user].deposited;
            require(deposited >= amount, Meter_AuthorizationUsed(user, nonce, deposited));
            return;
        }
        _book(user, amount);
        uint256 balanceBefore = USDC.balanceOf(address(this));
        address(USDC).functionCall(call);
        USDC.requireReceived(balanceBefore, amount);
    }

    /// @dev Removes a request.
    function _clearRequest(address user) private {
        _balances[user].requestedAt = 0;
        delete _requested[user];
    }

    /// @dev Reverts if nothing can be deposited.
    function _checkDeposit(uint256 amount) private view {
        require(amount != 0, Meter_ZeroAmount());
        require(!_depositPause.isPaused(block.timestamp), Meter_DepositsPaused(_depositPause.endsAt));
    }

    /// @dev Deposit and credit together [USDC units].
    function _spendable(Balance memory balance) private pure returns (uint256) {
        return uint256(balance.deposited) + balance.credit;
    }
}
