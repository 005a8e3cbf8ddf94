// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @notice A USDC with what a real one may have: EIP-3009 authorisations, other decimals, a list of accounts that cannot
/// receive, a fee.
contract OddUsdc is ERC3009 {
    error Blacklisted(address account);

    uint8 private immutable DECIMALS;
    uint256 public feeBps;
    mapping(address account => bool) public blacklisted;

    constructor(uint8 decimals_) ERC20("Odd USDC", "USDC") EIP712("Odd USDC", "1") {
        DECIMALS = decimals_;
        _mint(msg.sender, 1_000_000_000 * 10 ** decimals_);
    }

    /// @notice Refuses payments to an account from now on.
    function blacklist(address account) external {
        blacklisted[account] = true;
    }

    /// @notice Changes the fee on transfers [bps].
    function setFee(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (blacklisted[to]) revert Blacklisted(to);
        uint256 fee = from == address(0) ? 0 : (value * feeBps) / 10_000;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(0), fee);
    }
}
