// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title LocalUsdc
/// @notice Stands in for USDC on the local chain: 6 decimals, and what is used here of USDC 2.2 (FiatTokenV2_2). That is a
/// blacklist, a permit (EIP-2612) and authorisations (EIP-3009), both also with a signature of any length, which a contract
/// wallet gives by ERC-1271. As there, who is blacklisted can neither send, receive nor move USDC of others, but approve; and
/// one slot holds an account's balance and whether it is blacklisted, so that transfers cost what they cost there.
contract LocalUsdc is ERC20, ERC20Permit, ERC3009 {
    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );
    uint8 private constant DECIMALS = 6;
    uint256 private constant SUPPLY = 1_000_000_000e6;
    /// @dev The bit of an account's state that says that it is blacklisted; the rest is its balance [USDC units].
    uint256 private constant BLACKLISTED = 1 << 255;

    /// @notice Who keeps the blacklist.
    address public immutable BLACKLISTER;

    mapping(address account => uint256) private _states;

    /// @notice An account was blacklisted.
    event Blacklisted(address indexed account);
    /// @notice An account is no longer blacklisted.
    event UnBlacklisted(address indexed account);

    /// @notice The account is blacklisted.
    error Usdc_Blacklisted(address account);
    /// @notice Only the blacklister changes the blacklist.
    error Usdc_NotBlacklister(address caller);

    /// @param holder Who receives the whole supply, and keeps the blacklist.
    constructor(address holder) ERC20("USDC (local)", "USDC") ERC20Permit("USDC (local)") {
        BLACKLISTER = holder;
        _states[holder] = SUPPLY;
        emit Transfer(address(0), holder, SUPPLY);
    }

    /// @notice Blacklists an account.
    function blacklist(address account) external {
        require(msg.sender == BLACKLISTER, Usdc_NotBlacklister(msg.sender));
        _states[account] |= BLACKLISTED;
        emit Blacklisted(account);
    }

    /// @notice Takes an account off the blacklist.
    function unBlacklist(address account) external {
        require(msg.sender == BLACKLISTER, Usdc_NotBlacklister(msg.sender));
        _states[account] &= ~BLACKLISTED;
        emit UnBlacklisted(account);
    }

    /// @notice A permit with a signature of any length.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        bytes calldata signature
    ) external {
        require(block.timestamp <= deadline, ERC2612ExpiredSignature(deadline));
        bytes32 structHash = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        require(_hasSigned(owner, structHash, signature), ERC2612InvalidSigner(address(0), owner));
        _approve(owner, spender, value);
    }

    /// @notice A transfer that `from` has signed, with a signature of any length.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        bytes memory message = abi.encode(from, to, value, validAfter, validBefore, nonce);
        _requireSigned(from, TRANSFER_WITH_AUTHORIZATION_TYPEHASH, message, signature);
        _transferWithAuthorization(from, to, value, validAfter, validBefore, nonce);
    }

    /// @notice A transfer to the caller that `from` has signed, with a signature of any length.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        bytes memory message = abi.encode(from, to, value, validAfter, validBefore, nonce);
        _requireSigned(from, RECEIVE_WITH_AUTHORIZATION_TYPEHASH, message, signature);
        require(to == msg.sender, ERC20InvalidReceiver(to));
        _transferWithAuthorization(from, to, value, validAfter, validBefore, nonce);
    }

    /// @notice Cancels an authorisation that its signer has not used, with a signature of any length.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external {
        _requireSigned(authorizer, CANCEL_AUTHORIZATION_TYPEHASH, abi.encode(authorizer, nonce), signature);
        _cancelAuthorization(authorizer, nonce);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _balanceUnlessListed(msg.sender);
        return super.transferFrom(from, to, value);
    }

    /// @notice Whether an account is blacklisted.
    function isBlacklisted(address account) external view returns (bool) {
        return _states[account] & BLACKLISTED != 0;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return _states[account] & ~BLACKLISTED;
    }

    /// @inheritdoc ERC20
    function totalSupply() public pure override returns (uint256) {
        return SUPPLY;
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return DECIMALS;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        uint256 balance = _balanceUnlessListed(from);
        require(balance >= value, ERC20InsufficientBalance(from, balance, value));
        _states[from] = balance - value;
        _states[to] = _balanceUnlessListed(to) + value;
        emit Transfer(from, to, value);
    }

    /// @dev Reverts unless `signer` has signed a message of EIP-3009. The type stands before its fields.
    function _requireSigned(
        address signer,
        bytes32 typehash,
        bytes memory message,
        bytes calldata signature
    ) private view {
        bytes32 structHash = keccak256(bytes.concat(typehash, message));
        require(_hasSigned(signer, structHash, signature), ERC3009InvalidSignature());
    }

    /// @dev Whether `signer` has signed a message.
    function _hasSigned(address signer, bytes32 structHash, bytes calldata signature) private view returns (bool) {
        return SignatureChecker.isValidSignatureNowCalldata(signer, _hashTypedDataV4(structHash), signature);
    }

    /// @dev The balance of an account; reverts if it is blacklisted.
    function _balanceUnlessListed(address account) private view returns (uint256 balance) {
        balance = _states[account];
        require(balance & BLACKLISTED == 0, Usdc_Blacklisted(account));
    }
}
