// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";
import {WaterfallParts} from "../libraries/WaterfallSplit.sol";

/// @title IRevenueWaterfall
/// @notice Divides what users paid for inference (section 3.5) into credits of seats: compute provider, FLOCK buyback,
/// treasury, issuer, MT buyback. Holds the USDC that is credited.
///
/// The holder of a seat claims its credit and names the address that receives it. So a recipient that USDC has
/// blacklisted stops nobody else (decision 15).
interface IRevenueWaterfall is IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice What was paid for the usage of a model has been divided.
    /// @param units Units of inference [units].
    /// @param paid What users paid for them [USDC units].
    /// @param parts Where it went; the parts add up to `paid` [USDC units].
    /// @param owed What the model still owes its compute provider [USDC units · 1e6].
    event RevenueSplit(
        uint256 indexed modelId,
        bytes32 indexed providerSeat,
        uint256 units,
        uint256 paid,
        WaterfallParts parts,
        uint256 owed
    );
    /// @notice Credit of a seat has been paid out.
    /// @param amount What was sent [USDC units].
    /// @param credit What is left of the credit [USDC units].
    event CreditClaimed(
        bytes32 indexed seat,
        address indexed holder,
        address indexed to,
        uint256 amount,
        uint256 credit
    );

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the meter brings revenue.
    error Waterfall_NotMeter(address caller);
    /// @notice Only the holder of the seat claims its credit.
    error Waterfall_NotHolder(bytes32 seat, address caller, address holder);
    /// @notice The zero address cannot receive a payment.
    error Waterfall_ZeroRecipient();
    /// @notice The amount is zero.
    error Waterfall_ZeroAmount();
    /// @notice The seat has less credit [USDC units].
    error Waterfall_AboveCredit(bytes32 seat, uint256 amount, uint256 credit);

    // -- Deployment ---------------------------------------------------------------------------------------------------

    /// @notice Sets the link to the meter. Deployer only, once.
    /// @param meter_ The meter, which alone brings revenue.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 25
    function wire(address meter_) external;

    // -- Revenue ------------------------------------------------------------------------------------------------------

    /// @notice Divides what users paid for units of a model. The caller has transferred it here in the same call. All parts
    /// round down, and the MT buyback gets the remainder. Meter only.
    /// @param modelId The model.
    /// @param units Units of inference [units].
    /// @param paid What was paid for them [USDC units].
    /// @return netRevenue What is left after compute cost [USDC units].
    /// @custom:errors Waterfall_NotMeter
    /// @custom:paper 3.5
    function split(uint256 modelId, uint256 units, uint256 paid) external returns (uint256 netRevenue);

    /// @notice Pays credit of a seat to `to`. Holder of the seat only.
    /// @param seat The seat; `Seats` defines the names.
    /// @param amount How much of its credit [USDC units].
    /// @param to Who receives it.
    /// @custom:errors Waterfall_NotHolder, Waterfall_ZeroRecipient, Waterfall_ZeroAmount, Waterfall_AboveCredit
    /// @custom:paper 3.5
    function claim(bytes32 seat, uint256 amount, address to) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice Credit of a seat.
    /// @param seat The seat.
    /// @return The credit [USDC units].
    /// @custom:errors none
    /// @custom:paper 3.5
    function creditOf(bytes32 seat) external view returns (uint256);

    /// @notice What a model owes its compute provider, because what was paid has not covered it yet.
    /// @param modelId The model.
    /// @return The amount [USDC units · 1e6].
    /// @custom:errors none
    /// @custom:paper 3.5
    function owedOf(uint256 modelId) external view returns (uint256);

    /// @notice The meter, which alone brings revenue.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function meter() external view returns (address);
}
