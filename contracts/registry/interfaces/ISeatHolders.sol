// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ISeatHolders
/// @notice Who holds which seat, and the hand-over of a seat in two steps: its holder offers it, the other side accepts.
/// Until then nothing changes and the holder may offer it to somebody else, or to nobody (decision 26). What a
/// seat has not claimed yet goes with it. `Seats` gives the names.
interface ISeatHolders {
    /// @notice A seat has its first holder.
    event SeatFilled(bytes32 indexed seat, address indexed holder);
    /// @notice The holder offers the seat to `to`; the zero address withdraws an offer.
    event SeatOffered(bytes32 indexed seat, address indexed holder, address indexed to);
    /// @notice The seat has changed hands.
    event SeatHandedOver(bytes32 indexed seat, address indexed previousHolder, address indexed holder);

    /// @notice Only the seat's holder may do this.
    error Seat_NotHolder(bytes32 seat, address caller, address holder);
    /// @notice The seat was not offered to the caller.
    error Seat_NotOffered(bytes32 seat, address caller, address offeredTo);
    /// @notice The first holder of a seat cannot be the zero address.
    error Seat_NoHolder(bytes32 seat);

    /// @notice Offers a seat to another account, or withdraws the offer with the zero address. Holder only.
    /// @dev Errors: `Seat_NotHolder`.
    function offerSeat(bytes32 seat, address to) external;

    /// @notice Takes a seat that was offered to the caller.
    /// @dev Errors: `Seat_NotOffered`.
    function acceptSeat(bytes32 seat) external;

    /// @notice The holder of a seat; zero if there is no such seat.
    function holderOf(bytes32 seat) external view returns (address);

    /// @notice To whom a seat is offered; zero if to nobody.
    function offeredTo(bytes32 seat) external view returns (address);
}
