// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Fill, Sale} from "../libraries/CurveFill.sol";
import {Outcome} from "../types/OfferingTypes.sol";

/// @title IOfferingPurchases
/// @notice Purchases on the curve (sections 3.2 and 3.3). There is no selling back. The lens quotes them.
interface IOfferingPurchases {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice Somebody has bought. The fee is `flockIn` less `flockNet`.
    /// @param flockIn What the payer paid, with the fee [FLOCK wei].
    /// @param flockNet What reached the curve [FLOCK wei].
    /// @param mtOut By how much the recipient's position has grown [MT wei].
    /// @param raised What the raise has brought after it, D in the paper [FLOCK wei].
    /// @param gross All that was paid for purchases until then, with fees [FLOCK wei].
    /// @param creatorFees The issuer's part of all fees until then, claimed or not [FLOCK wei].
    /// @param protocolFees The protocol's part of all fees until then, claimed or not [FLOCK wei].
    event Bought(
        uint256 indexed modelId,
        address indexed payer,
        address indexed recipient,
        uint256 flockIn,
        uint256 flockNet,
        uint256 mtOut,
        uint256 raised,
        uint256 gross,
        uint256 creatorFees,
        uint256 protocolFees
    );
    /// @notice The raise has reached its target. The sale is over.
    /// @param raised What the raise has brought: its target [FLOCK wei].
    /// @param endsAt The end of the sale, which is this moment [s, raise clock].
    event TargetReached(uint256 indexed modelId, uint256 raised, uint256 endsAt);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice The sale is over: its outcome is settled, or it ended at `endsAt` [s, wall time as of now].
    error Offering_SaleClosed(uint256 modelId, Outcome outcome, uint256 endsAt);
    /// @notice The amount is zero.
    error Offering_ZeroAmount();
    /// @notice The purchase costs more than the caller accepts [FLOCK wei]. If less was left than was asked for,
    /// `flockInMax` has been reduced in proportion.
    error Offering_InputAboveMax(uint256 flockIn, uint256 flockInMax);

    /// @notice The token of the model is another: the number stands for another launch than the caller has seen.
    /// @param token The token that the model has or will have.
    /// @param expected The token that the caller expects.
    error Offering_AnotherToken(uint256 modelId, address token, address expected);

    // -- Purchases ----------------------------------------------------------------------------------------------------

    /// @notice Buys for an exact payment. If the payment would pass the target, only what is missing is taken. The fee rounds
    /// up and the tokens round down.
    /// @param modelId The model.
    /// @param flockIn What to pay, with the fee [FLOCK wei]. The caller pays; nobody else can be charged.
    /// @param mtOutMin The smallest amount that the caller accepts for `flockIn` [MT wei]. If less is taken than `flockIn`,
    /// it is reduced in proportion, rounded up, so that it stays a bound of the price.
    /// @param recipient Whose position it becomes.
    /// @param deadline Last moment at which the purchase may be executed [s].
    /// @return fill What was paid and what it yielded.
    /// @custom:errors Offering_DeadlinePassed, Offering_UnknownModel, Offering_BuysPaused, Offering_SaleClosed,
    /// Offering_ZeroAmount, Offering_YieldsNothing, Offering_OutputBelowMin, Offering_ZeroRecipient
    /// @custom:paper 3.2, 3.3
    function buyExactIn(
        uint256 modelId,
        uint256 flockIn,
        uint256 mtOutMin,
        address recipient,
        uint256 deadline
    ) external returns (Fill memory fill);

    /// @notice Buys an exact amount of tokens, or all that is left if that is less. It yields at most as much more as one wei
    /// of FLOCK buys. The payment rounds up.
    /// @param modelId The model.
    /// @param mtOut What to get [MT wei].
    /// @param flockInMax The most that the caller pays for `mtOut`, with the fee [FLOCK wei]. If less is left than `mtOut`, it
    /// is reduced in proportion, rounded up, so that it stays a bound of the price.
    /// @param recipient Whose position it becomes.
    /// @param deadline Last moment at which the purchase may be executed [s].
    /// @return fill What was paid and what it yielded.
    /// @custom:errors Offering_DeadlinePassed, Offering_UnknownModel, Offering_BuysPaused, Offering_SaleClosed,
    /// Offering_ZeroAmount, Offering_InputAboveMax, Offering_ZeroRecipient
    /// @custom:paper 3.2, 3.3
    function buyExactOut(
        uint256 modelId,
        uint256 mtOut,
        uint256 flockInMax,
        address recipient,
        uint256 deadline
    ) external returns (Fill memory fill);

    /// @notice Sets the caller's FLOCK allowance for this contract with an EIP-2612 signature. Combine it with a launch or a
    /// purchase in one `multicall`. A signature that somebody else has already submitted does no harm.
    /// @param value The allowance that was signed [FLOCK wei].
    /// @param deadline Last moment at which the token accepts the signature [s].
    /// @param v Signature, v.
    /// @param r Signature, r.
    /// @param s Signature, s.
    /// @custom:errors Permit_NoAllowance
    /// @custom:paper silent, decision 33
    function permitFlock(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Reverts unless `modelId` is the launch whose announced token is `token`. Put it before a purchase in one
    /// `multicall`: models are numbered, and after a reorganisation, or with a launch in front, the number that somebody has
    /// signed for may stand for a stranger's launch (decision 65).
    /// @param modelId The model.
    /// @param token The token that its launch has announced.
    /// @custom:errors Offering_UnknownModel, Offering_AnotherToken
    /// @custom:paper silent, decision 65
    function expectToken(uint256 modelId, address token) external view;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What the price of a purchase depends on now. It reverts if a purchase would, whatever its amount.
    /// @param modelId The model.
    /// @return sale The sale, which is open.
    /// @custom:errors Offering_UnknownModel, Offering_BuysPaused, Offering_SaleClosed
    /// @custom:paper 3.3
    function saleOf(uint256 modelId) external view returns (Sale memory sale);
}
