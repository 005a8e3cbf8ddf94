// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Test} from "forge-std/Test.sol";

import {Seats} from "../../contracts/registry/libraries/Seats.sol";
import {SeatsHarness} from "../support/harness/SeatsHarness.sol";

/// @dev Properties of the names of seats: one for each kind and id, whatever the ids.
contract SeatsFuzzTest is Test {
    enum Kind {
        Issuer,
        Treasury,
        Provider,
        BuybackFlock,
        BuybackModel
    }

    /// @dev Which seat is meant. `id` is a model or a tier, `term` a provider's.
    struct Meant {
        Kind kind;
        uint256 id;
        uint256 term;
    }

    uint256 private constant MAX_MODEL = type(uint248).max;
    uint256 private constant MAX_TIER = type(uint232).max;
    uint256 private constant MAX_TERM = type(uint16).max;

    SeatsHarness private _seats;

    function setUp() external {
        _seats = new SeatsHarness();
    }

    /// @dev A byte for the kind and 31 for the id, of which a provider's last two are its term; composed here anew.
    function testFuzz_Seat_IsItsKindAndItsId(uint248 modelId, uint232 tierId, uint16 term) external pure {
        assertEq(Seats.issuer(modelId), bytes32(abi.encodePacked(uint8(1), modelId)));
        assertEq(Seats.treasury(), bytes32(abi.encodePacked(uint8(2), uint248(0))));
        assertEq(Seats.provider(tierId, term), bytes32(abi.encodePacked(uint8(3), tierId, term)));
        assertEq(Seats.buybackFlock(), bytes32(abi.encodePacked(uint8(4), uint248(0))));
        assertEq(Seats.buybackModel(modelId), bytes32(abi.encodePacked(uint8(5), modelId)));
    }

    /// @dev Two names are the same exactly if the same seat is meant. The second differs from the first as little as can
    /// be, or not at all: in its kind, a bit of its id, its term, or by ids that are moved by the width of a term.
    function testFuzz_Seat_NoTwoKindsOrIdsCollide(
        uint256 kind,
        uint256 id,
        uint256 term,
        uint256 change,
        uint256 by
    ) external pure {
        Meant memory a = Meant(Kind(kind % 5), id, _bound(term, 0, MAX_TERM));
        a.id = _bound(id, 0, a.kind == Kind.Provider ? MAX_TIER : MAX_MODEL);
        Meant memory b = Meant(a.kind, a.id, a.term);
        change %= 6;
        if (change == 1) b.kind = Kind(by % 5);
        if (change == 2) b.id ^= 1 << (by % 248);
        if (change == 3) b.term = by % (MAX_TERM + 1);
        if (change == 4) (b.kind, b.id) = (Kind(by % 5), (b.id << 16) | b.term);
        if (change == 5) (b.kind, b.id) = (Kind(by % 5), b.id >> 16);
        b.id = _bound(b.id, 0, b.kind == Kind.Provider ? MAX_TIER : MAX_MODEL);
        assertEq(_nameOf(a) == _nameOf(b), _isSame(a, b));
    }

    /// @dev Of the seats of every kind, and of any other name, which is none.
    function testFuzz_IsBuyback_ExactlyForTheSeatsOfTheBuyback(
        uint248 modelId,
        uint232 tierId,
        uint16 term,
        uint8 other
    ) external pure {
        assertTrue(Seats.isBuyback(Seats.buybackFlock()));
        assertTrue(Seats.isBuyback(Seats.buybackModel(modelId)));
        assertFalse(Seats.isBuyback(Seats.treasury()));
        assertFalse(Seats.isBuyback(Seats.issuer(modelId)));
        assertFalse(Seats.isBuyback(Seats.provider(tierId, term)));
        bool isOfTheBuyback = other == 4 || other == 5;
        if (!isOfTheBuyback) assertFalse(Seats.isBuyback(bytes32(abi.encodePacked(other, modelId))));
    }

    /// @dev An id that would reach into the kind is refused, not cut off.
    function testFuzz_Models_ThatReachIntoTheKindAreRefused(uint256 modelId) external {
        modelId = _bound(modelId, MAX_MODEL + 1, type(uint256).max);
        _expectOverflow(248, modelId);
        _seats.issuer(modelId);
        _expectOverflow(248, modelId);
        _seats.buybackModel(modelId);
    }

    /// @dev A tier or a term that would reach into its neighbour is refused. Tiers are numbered in 16 bits; from 2^240 on,
    /// which no registry gets to, the library cuts them off.
    function testFuzz_Providers_ThatReachIntoTheirNeighbourAreRefused(uint256 tierId, uint256 term) external {
        uint256 tooHigh = _bound(tierId, MAX_TIER + 1, type(uint240).max);
        uint256 someTerm = _bound(term, 0, MAX_TERM);
        _expectOverflow(248, (tooHigh << 16) + someTerm);
        _seats.provider(tooHigh, someTerm);

        uint256 tooLate = _bound(term, MAX_TERM + 1, type(uint256).max);
        _expectOverflow(16, tooLate);
        _seats.provider(_bound(tierId, 0, MAX_TIER), tooLate);
    }

    function _expectOverflow(uint8 bits, uint256 value) private {
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, bits, value));
    }

    function _nameOf(Meant memory meant) private pure returns (bytes32) {
        if (meant.kind == Kind.Issuer) return Seats.issuer(meant.id);
        if (meant.kind == Kind.Treasury) return Seats.treasury();
        if (meant.kind == Kind.Provider) return Seats.provider(meant.id, meant.term);
        return meant.kind == Kind.BuybackFlock ? Seats.buybackFlock() : Seats.buybackModel(meant.id);
    }

    function _isSame(Meant memory a, Meant memory b) private pure returns (bool) {
        if (a.kind != b.kind) return false;
        if (a.kind == Kind.Treasury || a.kind == Kind.BuybackFlock) return true;
        return a.id == b.id && (a.kind != Kind.Provider || a.term == b.term);
    }
}
