// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Seats} from "../../contracts/registry/libraries/Seats.sol";
import {BuybackCampaign} from "./BuybackCampaign.sol";

/// @dev What holds of the buyback after every action, and what its handler checks at every lot. With m a model and h a
/// hop of a lot:
///
///   1. FLOCK(buyback) = sum over m of flockOf(m) + donations; USDC(buyback) = MT(buyback) = 0
///   2. USDC(waterfall) = sum of the credits of all seats
///   3. in every h: out >= band * average price since the older observation * in, where the average spans 30 minutes to
///      2 hours and the band is 98%, or 99.4% in a block in which the pair was touched
///   4. what passes a pool in any stretch of up to its refill time (300 s on the route, 5 hours in a model's pool)
///      <= capacity + capacity * stretch / refill time
///   5. supply of FLOCK = initial supply - what lots burned; supply of m's MT likewise
///   6. a lot can be bought exactly when the view announces it, with the announced output as minimum
contract BuybackInvariantTest is BuybackCampaign {
    function invariant_BuybackIsSolventAndBounded() external atHandlersTime {
        _checkHoldings();
        _checkCredits();
        _checkBuckets();
        _checkSupplies();
    }

    function _checkHoldings() private view {
        uint256 waiting = handler.donatedFlock();
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            waiting += p.buyback.flockOf(modelId);
            assertEq(_tokenOf(modelId).balanceOf(address(p.buyback)), 0);
        }
        assertEq(p.flock.balanceOf(address(p.buyback)), waiting);
        assertEq(p.usdc.balanceOf(address(p.buyback)), 0);
    }

    function _checkCredits() private view {
        uint256 credits = p.waterfall.creditOf(Seats.buybackFlock()) + p.waterfall.creditOf(Seats.treasury());
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            credits += p.waterfall.creditOf(Seats.buybackModel(modelId)) + p.waterfall.creditOf(Seats.issuer(modelId));
        }
        assertEq(p.usdc.balanceOf(address(p.waterfall)), credits);
    }

    function _checkBuckets() private view {
        for (uint256 poolId = 0; poolId < handler.poolCount(); ++poolId) assertFalse(handler.passedTooMuch(poolId));
    }

    function _checkSupplies() private view {
        assertEq(p.flock.totalSupply(), flockSupply - handler.flockBurned());
        for (uint256 modelId = 1; modelId <= handler.modelCount(); ++modelId) {
            assertEq(_tokenOf(modelId).totalSupply(), mtSupply[modelId] - handler.mtBurned(modelId));
        }
    }
}
