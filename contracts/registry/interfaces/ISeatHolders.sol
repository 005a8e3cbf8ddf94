// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ISeatHolders
/// @notice Who holds which seat. A seat is a role with an income; `Seats` defines the names of all seats.
///
/// A seat is handed over in two steps: the holder offers it, and the other side accepts it. Until then nothing changes,
/// and the holder may offer it to somebody else or withdraw the offer. Income that was not claimed goes with the seat
/// (decision 26).
interface ISeatHolders {
    /// @notice A seat has its first holder.
    event SeatFilled(bytes32 indexed seat, address indexed holder);
    /// @notice The holder offers the seat to `to`. The zero address means that an offer was withdrawn.
    event SeatOffered(bytes32 indexed seat, address indexed holder, address indexed to);
    /// @notice The seat has another holder.
    event SeatHandedOver(bytes32 indexed seat, address indexed previousHolder, address indexed holder);

    /// @notice Only the holder of the seat may do this.
    error Seat_NotHolder(bytes32 seat, address caller, address holder);
    /// @notice The seat was not offered to the caller.
    error Seat_NotOffered(bytes32 seat, address caller, address offeredTo);
    /// @notice The zero address cannot hold a seat.
    error Seat_NoHolder(bytes32 seat);

    /// @notice Offers a seat to another account, or withdraws an offer. Holder of the seat only.
    /// @param seat The seat.
    /// @param to Who may accept it; the zero address for nobody.
    /// @custom:errors Seat_NotHolder
    /// @custom:paper silent, decision 26
    function offerSeat(bytes32 seat, address to) external;

    /// @notice Takes over a seat that was offered to the caller.
    /// @param seat The seat.
    /// @custom:errors Seat_NotOffered, Seat_NoHolder
    /// @custom:paper silent, decision 26
    function acceptSeat(bytes32 seat) external;

    /// @notice The holder of a seat.
    /// @param seat The seat.
    /// @return The holder; zero if there is no such seat.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function holderOf(bytes32 seat) external view returns (address);

    /// @notice To whom a seat is offered.
    /// @param seat The seat.
    /// @return Who may accept it; zero if nobody may.
    /// @custom:errors none
    /// @custom:paper silent, decision 26
    function offeredTo(bytes32 seat) external view returns (address);
}
