// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ModelRewards, Reward} from "../../../contracts/emissions/types/EmissionTypes.sol";
import {TierTerms} from "../../../contracts/registry/interfaces/IModelRegistry.sol";
import {Seats} from "../../../contracts/registry/libraries/Seats.sol";
import {Share} from "../../../contracts/vesting/interfaces/IVestingVault.sol";
import {EarningGhosts} from "./EarningGhosts.sol";

/// @title RewardActions
/// @notice Budget, rolls, claims, bonuses, hand-overs, sweeps, and changes of rate, caps, minimum stake and compute cost.
abstract contract RewardActions is EarningGhosts {
    uint256 private constant VESTING = 180 days;
    uint256 private constant SWEEP_DELAY = 360 days;

    /// @dev When a model was swept last [s]; 0 if never.
    mapping(uint256 modelId => uint256) private _sweptAt;

    function fund(uint256 amountSeed) external acts {
        uint256 amount = _magnitude(amountSeed, 1, 1_000_000e18);
        vm.prank(p.platform);
        p.emissions.fund(amount);
        funded += amount;
        ++done["fund"];
    }

    function roll(uint256 modelSeed) external acts {
        p.emissions.roll(_model(modelSeed));
    }

    /// @dev A claim pays exactly what the view says, in FLOCK and in every MT.
    function claim(uint256 userSeed, uint256 modelSeed) external acts {
        address user = _pickUser(userSeed, _hasReward);
        uint256[] memory modelIds = new uint256[](1 + (modelSeed % MODELS));
        uint256 flock;
        uint256 sum;
        uint256[] memory mt = new uint256[](modelIds.length);
        for (uint256 i = 0; i < modelIds.length; ++i) {
            modelIds[i] = _model((modelSeed >> 8) + i);
            Reward memory due = p.emissions.claimableOf(user, modelIds[i]);
            flock += due.flock;
            mt[i] = tokenOf(modelIds[i]).balanceOf(user) + due.mt;
            claimedMt[modelIds[i]] += due.mt;
            sum += due.flock + due.mt;
        }
        if (sum == 0) return;
        uint256 before = p.flock.balanceOf(user);
        p.emissions.claim(user, modelIds);
        assertEq(p.flock.balanceOf(user) - before, flock, "FLOCK as the view says");
        for (uint256 i = 0; i < modelIds.length; ++i) {
            assertEq(tokenOf(modelIds[i]).balanceOf(user), mt[i], "MT as the view says");
        }
        flockOut += flock;
        ++done["claim"];
    }

    function claimIssuerBonus(uint256 modelSeed) external acts {
        uint256 modelId = _model(modelSeed);
        uint256 bonus = p.emissions.issuerBonusOf(modelId);
        if (bonus == 0) return;
        vm.prank(p.registry.issuerOf(modelId));
        assertEq(p.emissions.claimIssuerBonus(modelId, makeAddr("income")), bonus, "the bonus as the view says");
        flockOut += bonus;
        ++done["claimIssuerBonus"];
    }

    function handOver(uint256 modelSeed, uint256 toSeed) external acts {
        bytes32 seat = Seats.issuer(_model(modelSeed));
        address to = _actor(toSeed);
        vm.prank(p.registry.holderOf(seat));
        p.registry.offerSeat(seat, to);
        vm.prank(to);
        p.registry.acceptSeat(seat);
        ++done["handOver"];
    }

    /// @dev Now and then it goes to the first moment at which a sweep is allowed, or a second before; random waits seldom
    /// get that far. Nobody gets anything of it: the fund and the MT are burned, and the rest goes back to the budget.
    function sweep(uint256 modelSeed) external acts {
        uint256 modelId = _model(modelSeed);
        uint256 sweepableAt = _sweepableAt(modelId);
        if (time < sweepableAt && modelSeed % 16 < 3) _goTo(sweepableAt - (modelSeed % 16 == 2 ? 1 : 0));
        // Before, because the roll of a sweep draws from the fund as well.
        p.emissions.roll(modelId);
        ModelRewards memory model = p.emissions.modelRewardsOf(modelId);
        bool mustSucceed = time >= sweepableAt && model.openWeight == 0;
        IERC20 token = tokenOf(modelId);
        (uint256 held, uint256 supply) = (p.flock.balanceOf(address(p.emissions)), token.totalSupply());
        (uint256 budget, uint256 flockSupply) = (p.emissions.unreserved(), p.flock.totalSupply());
        uint256 fundLeft = _sweptAt[modelId] == 0 ? _unreleasedFund(modelId) : 0;
        bytes memory call_ = abi.encodeCall(p.emissions.sweep, (modelId));
        if (!_attempt(address(p.emissions), call_, mustSucceed, "sweep")) return;
        assertEq(p.flock.balanceOf(address(p.emissions)), held, "a sweep pays nobody");
        uint256 returned = uint256(model.carriedEmission) + model.cutFlock;
        assertEq(p.emissions.unreserved() - budget, returned, "what was carried and cut is budget again");
        assertEq(flockSupply - p.flock.totalSupply(), fundLeft, "the rest of the fund is burned");
        uint256 burned = supply - token.totalSupply() - model.cutMt;
        if (_sweptAt[modelId] != 0) {
            assertEq(burned, 0, "the reserve ends once");
            ++done["sweep again"];
        }
        burnedMt[modelId] += burned;
        burnedCutMt[modelId] += model.cutMt;
        _sweptAt[modelId] = time;
    }

    function setEmissionSettings(uint256 rateSeed, uint256 capSeed) external acts {
        uint256 rate = rateSeed % 5 == 0 ? 0 : _magnitude(rateSeed, 1, 1_000_000e18);
        uint256 cap = capSeed % 5 == 0 ? 0 : _magnitude(capSeed, 1e12, 1_000e18);
        uint256 maxRewardBps = capSeed % 3 == 0 ? 0 : _bound(capSeed, 1, 10_000);
        vm.prank(p.governor);
        p.emissions.setEmissionSettings(uint96(rate), uint72(cap), uint16(maxRewardBps));
        (_nextRate, _nextRateFrom) = (rate, _epoch() + 1);
        ++done["setEmissionSettings"];
    }

    /// @dev Compute becomes dearer or cheaper for models that are live: from a thousandth of a USDC to 1,000 of them.
    function changeComputeCost(uint256 seed) external acts {
        TierTerms memory terms = p.registry.tierOf(1);
        terms.computeCost = uint96(seed % 2 == 0 ? 1_000_000 : _magnitude(seed, 1_000, 1_000e6));
        vm.prank(p.governor);
        p.registry.changeTier(1, terms, "ipfs://guarantees");
        ++done["changeComputeCost"];
    }

    function setMinimumStake(uint256 seed) external acts {
        vm.prank(p.governor);
        p.emissions.setMinimumStake(uint96(_magnitude(seed, 0, 1_000e18)));
        ++done["setMinimumStake"];
    }

    function donateFlock(uint256 amountSeed) external acts {
        uint256 amount = _magnitude(amountSeed, 1, 1e24);
        vm.prank(p.platform);
        p.flock.transfer(address(p.emissions), amount);
        donated[address(p.flock)][address(p.emissions)] += amount;
        ++done["donateFlock"];
    }

    /// @dev Mostly within a day, sometimes to its very end, sometimes over months.
    function wait_(uint256 seed) external acts {
        uint256 kind = seed % 8;
        if (kind < 4) time += _bound(seed >> 8, 1, 12 hours);
        else if (kind == 4) time = (_epoch() + 1) * EPOCH - ((seed >> 8) % 2);
        else if (kind == 5) time += _bound(seed >> 8, 1, 3 days);
        else time += _bound(seed >> 8, 1 days, 200 days);
    }

    /// @dev What the fund has vested and not released [FLOCK wei]; a sweep comes only after all has vested.
    function _unreleasedFund(uint256 modelId) private view returns (uint256) {
        return p.vault.releasable(modelId, Share.StakingFund);
    }

    function _hasReward(address user) private view returns (bool) {
        for (uint256 modelId = 1; modelId <= MODELS; ++modelId) {
            if (p.emissions.claimableOf(user, modelId).flock != 0) return true;
        }
        return false;
    }

    /// @dev 360 days after vesting ended, and again 360 days after the day of the last sweep.
    function _sweepableAt(uint256 modelId) private view returns (uint256) {
        if (_sweptAt[modelId] != 0) return (_sweptAt[modelId] / EPOCH + 1) * EPOCH + SWEEP_DELAY;
        (, uint256 startAt) = p.vault.recordOf(modelId);
        return startAt + VESTING + SWEEP_DELAY;
    }
}
