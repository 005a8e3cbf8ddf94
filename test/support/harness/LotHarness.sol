// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Buyback} from "../../../contracts/buyback/Buyback.sol";
import {BuybackSettings, Hop, Lot} from "../../../contracts/buyback/types/BuybackTypes.sol";
import {ScriptedPair} from "../mocks/ScriptedPair.sol";

/// @title LotHarness
/// @notice The buyback with two more functions: one observes any pair; the other plans a lot along pairs in any state and
/// is meant for `eth_call`, which forgets the state again.
contract LotHarness is Buyback {
    /// @notice A pair that was observed twice, and how it is found now.
    /// @param pair The pair; its cumulative prices were 0 at the older observation.
    /// @param inIsFirst The direction.
    /// @param touched Whether it was touched in this block.
    /// @param minReserve The least reserve of the route.
    /// @param reserveIn Its reserve of the input token now.
    /// @param reserveOut Its reserve of the output token now.
    /// @param averageQ Its average price since the older observation [UQ112.112].
    /// @param level What is in the bucket now.
    struct HopCase {
        ScriptedPair pair;
        bool inIsFirst;
        bool touched;
        uint88 minReserve;
        uint112 reserveIn;
        uint112 reserveOut;
        uint256 averageQ;
        uint256 level;
    }

    /// @dev How long ago a pair was touched that was not touched in this block [s].
    uint256 private constant UNTOUCHED_FOR = 7;

    constructor(
        address authority,
        Parts memory parts,
        BuybackSettings memory settings
    ) Buyback(authority, parts, settings) {}

    function observe(address pair) external {
        _poke(pair, address(1), true, type(uint256).max);
        _poke(pair, address(2), false, type(uint256).max);
    }

    function plan(HopCase[] calldata cases, uint256 credit) external returns (Lot memory lot, uint256 time) {
        Hop[] memory hops = new Hop[](cases.length);
        HopState[] memory states = new HopState[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            _set(cases[i]);
            hops[i] = Hop({
                pair: address(cases[i].pair),
                inIsFirst: cases[i].inIsFirst,
                minReserve: cases[i].minReserve
            });
            states[i].amountIn = cases[i].level;
        }
        Order memory order = Order({
            hops: hops,
            credit: credit,
            bucketBps: _settings.bucketBps,
            bandBps: _settings.bandBps,
            refillDuration: _settings.routeRefillDuration
        });
        _fillBuckets(order, states);
        (lot, ) = _plan(order);
        time = block.timestamp;
    }

    /// @dev Sets the cumulative price so that it will be the average times the time passed.
    function _set(HopCase calldata c) private {
        (, uint256 since, ) = this.observationOf(address(c.pair), c.inIsFirst ? address(1) : address(2));
        uint256 elapsed = c.touched ? 0 : UNTOUCHED_FOR;
        uint256 cumulative;
        // Cumulative prices wrap.
        unchecked {
            uint256 spotQ = c.reserveIn == 0 ? 0 : (uint256(c.reserveOut) << 112) / c.reserveIn;
            cumulative = c.averageQ * (block.timestamp - since) - spotQ * elapsed;
        }
        uint32 touchedAt = uint32(block.timestamp - elapsed);
        if (c.inIsFirst) c.pair.set(c.reserveIn, c.reserveOut, touchedAt, cumulative, 0);
        else c.pair.set(c.reserveOut, c.reserveIn, touchedAt, 0, cumulative);
    }
}
