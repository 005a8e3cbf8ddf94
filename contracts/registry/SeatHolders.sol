// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISeatHolders} from "./interfaces/ISeatHolders.sol";

/// @title SeatHolders
/// @notice Implements `ISeatHolders`, which is its manual.
abstract contract SeatHolders is ISeatHolders {
    mapping(bytes32 seat => address) private _holders;
    mapping(bytes32 seat => address) private _offers;

    /// @inheritdoc ISeatHolders
    function offerSeat(bytes32 seat, address to) external {
        address holder = holderOf(seat);
        require(msg.sender == holder, Seat_NotHolder(seat, msg.sender, holder));
        _offers[seat] = to;
        emit SeatOffered(seat, holder, to);
    }

    /// @inheritdoc ISeatHolders
    function acceptSeat(bytes32 seat) external {
        address to = _offers[seat];
        require(msg.sender == to, Seat_NotOffered(seat, msg.sender, to));
        _nameHolder(seat, to);
    }

    /// @inheritdoc ISeatHolders
    function holderOf(bytes32 seat) public view virtual returns (address) {
        return _holders[seat];
    }

    /// @inheritdoc ISeatHolders
    function offeredTo(bytes32 seat) external view returns (address) {
        return _offers[seat];
    }

    /// @dev Gives a new seat its first holder. The names of seats contain counters, so no seat gets a first holder twice.
    function _fillSeat(bytes32 seat, address holder) internal {
        require(holder != address(0), Seat_NoHolder(seat));
        _holders[seat] = holder;
        emit SeatFilled(seat, holder);
    }

    /// @dev Gives a seat another holder. An offer that the former holder made is void.
    function _nameHolder(bytes32 seat, address holder) internal {
        require(holder != address(0), Seat_NoHolder(seat));
        address previousHolder = holderOf(seat);
        delete _offers[seat];
        _holders[seat] = holder;
        emit SeatHandedOver(seat, previousHolder, holder);
    }
}
