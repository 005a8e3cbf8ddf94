// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {WaterfallParts} from "../libraries/WaterfallSplit.sol";

/// @title IRevenueWaterfall
/// @notice Divides what users paid for inference (section 3.5) into credits of seats: compute provider, FLOCK buyback,
/// treasury, issuer, MT buyback. Credits are pulled by whoever holds the seat, to any address, so that a recipient that
/// USDC has blacklisted stops nobody (decision 15). Holds the USDC that is credited.
interface IRevenueWaterfall {
    /// @notice Usage of a model has been paid. `owed` is what the model owes its provider after it [USDC units · 1e6].
    /// @param units Units of inference [units].
    /// @param paid What users paid for them [USDC units].
    /// @param parts Where it went; the parts add up to `paid` [USDC units].
    event RevenueSplit(
        uint256 indexed modelId,
        bytes32 indexed providerSeat,
        uint256 units,
        uint256 paid,
        WaterfallParts parts,
        uint256 owed
    );
    /// @notice A seat's credit has been paid out. `credit` is what is left of it [USDC units].
    /// @param amount What was sent [USDC units].
    event CreditClaimed(
        bytes32 indexed seat,
        address indexed holder,
        address indexed to,
        uint256 amount,
        uint256 credit
    );

    /// @notice Only the meter brings revenue.
    error Waterfall_NotMeter(address caller);
    /// @notice Only the seat's holder claims its credit.
    error Waterfall_NotHolder(bytes32 seat, address caller, address holder);
    /// @notice A payment needs a recipient other than the zero address.
    error Waterfall_ZeroRecipient();
    /// @notice An amount of zero.
    error Waterfall_ZeroAmount();
    /// @notice The seat has less credit [USDC units].
    error Waterfall_AboveCredit(bytes32 seat, uint256 amount, uint256 credit);

    /// @notice Divides what users paid for a model's units; the caller has transferred it here in the same call. Meter
    /// only.
    /// @dev Errors: `Waterfall_NotMeter`.
    /// @param modelId The model.
    /// @param units Units of inference [units].
    /// @param paid What was paid for them [USDC units].
    /// @return netRevenue What is left after compute cost [USDC units].
    function split(uint256 modelId, uint256 units, uint256 paid) external returns (uint256 netRevenue);

    /// @notice Pays credit of a seat to `to`. Holder of the seat only.
    /// @dev Errors: `Waterfall_NotHolder`, `Waterfall_ZeroRecipient`, `Waterfall_ZeroAmount`, `Waterfall_AboveCredit`.
    /// @param seat The seat; `Seats` gives the names.
    /// @param amount How much of its credit [USDC units].
    /// @param to Who receives it.
    function claim(bytes32 seat, uint256 amount, address to) external;

    /// @notice Credit of a seat [USDC units].
    function creditOf(bytes32 seat) external view returns (uint256);

    /// @notice What a model owes its compute provider and has not covered yet [USDC units · 1e6].
    function owedOf(uint256 modelId) external view returns (uint256);
}
