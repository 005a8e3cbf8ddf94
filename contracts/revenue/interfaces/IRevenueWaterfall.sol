// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";
import {NetParts} from "../libraries/WaterfallSplit.sol";

/// @title IRevenueWaterfall
/// @notice Divides what users paid for inference (section 3.5) into credits of seats: compute provider, FLOCK buyback,
/// treasury, issuer, MT buyback. Holds the USDC that is credited.
///
/// The holder of a seat claims its credit and names the address that receives it. So a recipient that USDC has
/// blacklisted stops nobody else (decision 15).
interface IRevenueWaterfall is IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice What was paid for the usage of a model has been divided.
    /// @param opex What the compute provider got [USDC units].
    /// @param parts Where the rest went [USDC units].
    /// @param providerCredit Credit of the compute provider's seat after it [USDC units].
    /// @param credits Credits of the other four seats after it [USDC units].
    event RevenueSplit(
        uint256 indexed modelId,
        bytes32 indexed providerSeat,
        uint256 opex,
        NetParts parts,
        uint256 providerCredit,
        NetParts credits
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

    /// @notice Divides what users paid for a model. The caller has transferred it here in the same call, and has worked out
    /// the compute cost of every row (`WaterfallSplit.computeCost`). All parts round down, and the MT buyback gets the
    /// remainder. Meter only.
    /// @param modelId The model.
    /// @param providerSeat The seat of its compute provider.
    /// @param opex Compute cost of all rows [USDC units].
    /// @param netRevenue What is left of their payments [USDC units].
    /// @custom:errors Waterfall_NotMeter
    /// @custom:paper 3.5
    function split(uint256 modelId, bytes32 providerSeat, uint256 opex, uint256 netRevenue) external;

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

    /// @notice The meter, which alone brings revenue.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function meter() external view returns (address);
}
