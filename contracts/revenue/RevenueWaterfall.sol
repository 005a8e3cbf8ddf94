// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {Seats} from "../registry/libraries/Seats.sol";
import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {IRevenueWaterfall} from "./interfaces/IRevenueWaterfall.sol";
import {NetParts, WaterfallSplit} from "./libraries/WaterfallSplit.sol";

/// @title RevenueWaterfall
/// @notice Implements `IRevenueWaterfall`, which is its manual.
/// @dev USDC held >= sum of the credits of all seats.
contract RevenueWaterfall is IRevenueWaterfall, OneShotWiring {
    using SafeERC20 for IERC20;

    /// @dev Name of the link.
    bytes32 private constant METER_LINK = "meter";

    /// @notice The token in which inference is paid.
    IERC20 public immutable USDC;
    /// @notice Where the models and seats are.
    IModelRegistry public immutable REGISTRY;

    /// @inheritdoc IRevenueWaterfall
    address public meter;

    /// @inheritdoc IRevenueWaterfall
    mapping(bytes32 seat => uint256) public creditOf;

    /// @param usdc The token in which inference is paid.
    /// @param registry Where the models and seats are.
    constructor(IERC20 usdc, IModelRegistry registry) {
        USDC = usdc;
        REGISTRY = registry;
    }

    /// @inheritdoc IRevenueWaterfall
    function wire(address meter_) external {
        _checkWire(METER_LINK, meter, meter_);
        meter = meter_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(METER_LINK, meter);
    }

    /// @inheritdoc IRevenueWaterfall
    function split(uint256 modelId, bytes32 providerSeat, uint256 opex, uint256 netRevenue) external {
        require(msg.sender == meter, Waterfall_NotMeter(msg.sender));
        NetParts memory parts = WaterfallSplit.divide(netRevenue);
        uint256 providerCredit = _add(providerSeat, opex);
        NetParts memory credits = NetParts({
            flockBuyback: _add(Seats.buybackFlock(), parts.flockBuyback),
            treasury: _add(Seats.treasury(), parts.treasury),
            issuer: _add(Seats.issuer(modelId), parts.issuer),
            mtBuyback: _add(Seats.buybackModel(modelId), parts.mtBuyback)
        });
        emit RevenueSplit(modelId, providerSeat, opex, parts, providerCredit, credits);
    }

    /// @inheritdoc IRevenueWaterfall
    /// @dev It needs no reentrancy guard: the credit is reduced before the only transfer, which comes last.
    function claim(bytes32 seat, uint256 amount, address to) external {
        address holder = REGISTRY.holderOf(seat);
        require(msg.sender == holder, Waterfall_NotHolder(seat, msg.sender, holder));
        require(to != address(0), Waterfall_ZeroRecipient());
        require(amount != 0, Waterfall_ZeroAmount());
        uint256 credit = creditOf[seat];
        require(amount <= credit, Waterfall_AboveCredit(seat, amount, credit));

        credit -= amount;
        creditOf[seat] = credit;
        emit CreditClaimed(seat, holder, to, amount, credit);
        USDC.safeTransfer(to, amount);
    }

    /// @dev Adds to the credit of a seat. Returns the credit after it.
    function _add(bytes32 seat, uint256 amount) private returns (uint256 credit) {
        credit = creditOf[seat] + amount;
        if (amount != 0) creditOf[seat] = credit;
    }
}
