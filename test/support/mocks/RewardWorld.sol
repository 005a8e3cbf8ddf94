// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IEmissionDistributor} from "../../../contracts/emissions/interfaces/IEmissionDistributor.sol";
import {EpochTotals, ModelRewards, Pool, Reward, Spend} from "../../../contracts/emissions/types/EmissionTypes.sol";
import {OpeningReserves} from "../../../contracts/graduation/interfaces/IGraduation.sol";
import {IVestingVault} from "../../../contracts/vesting/interfaces/IVestingVault.sol";

/// @title RewardWorld
/// @notice The real distributor and the real vault, with tokens of their own. It stands in for registry, graduation,
/// staking, meter, buyback and AccessManager itself, so that a history can say outright who holds a seat, what is staked,
/// what a settlement brought, and which average prices are seen.
contract RewardWorld {
    uint256 private constant MODELS = 3;

    address public immutable treasury;

    IEmissionDistributor public distributor;
    IVestingVault public vault;
    IERC20 public flock;
    mapping(uint256 modelId => IERC20) public tokens;
    mapping(uint256 modelId => address) public issuerOf;
    mapping(uint256 modelId => uint256) public liveAt;
    mapping(uint256 modelId => OpeningReserves) private _opening;
    mapping(uint256 modelId => mapping(address user => uint256)) public stakeOf;
    uint256 private _flockForMillion;
    /// @dev What the buyback answers, and what it is asked for by the first settlement of a model in an epoch.
    mapping(uint256 modelId => uint256) public observeMtPrice;

    constructor(address treasury_) {
        treasury = treasury_;
    }

    /// @dev The distributor and the vault are deployed with this contract's address, from their artifacts.
    function begin(
        IEmissionDistributor distributor_,
        IVestingVault vault_,
        IERC20 flock_,
        IERC20[MODELS] calldata tokens_
    ) external {
        (distributor, vault, flock) = (distributor_, vault_, flock_);
        flock.approve(address(distributor), type(uint256).max);
        for (uint256 i = 0; i < MODELS; ++i) tokens[i + 1] = tokens_[i];
    }

    function graduate(
        uint256 modelId,
        address issuer,
        uint256 fund_,
        uint256 reserve,
        OpeningReserves calldata opening
    ) external {
        issuerOf[modelId] = issuer;
        _opening[modelId] = opening;
        flock.transfer(address(vault), fund_);
        tokens[modelId].transfer(address(vault), reserve);
        vault.open(modelId, address(tokens[modelId]), [0, 0, reserve, 0, fund_]);
    }

    function goLive(uint256 modelId) external {
        liveAt[modelId] = block.timestamp;
    }

    function setStake(uint256 modelId, address user, uint256 amount) external {
        stakeOf[modelId][user] = amount;
    }

    function handOver(uint256 modelId, address holder) external {
        issuerOf[modelId] = holder;
    }

    function fund(uint256 amount) external {
        distributor.fund(amount);
    }

    function record(uint256 modelId, uint256 net, Spend[] calldata spends) external {
        distributor.record(modelId, liveAt[modelId], net, spends);
    }

    /// @param flockForMillion What a million USDC buys [FLOCK wei]; 0 while no average is usable.
    /// @param mtPrices FLOCK for one MT of each model [WAD]; 0 likewise.
    function setMarket(uint256 flockForMillion, uint256[MODELS] calldata mtPrices) external {
        _flockForMillion = flockForMillion;
        for (uint256 i = 0; i < MODELS; ++i) observeMtPrice[i + 1] = mtPrices[i];
    }

    /// @dev The distributor asks for a million USDC.
    function averageFlockFor(uint256) external view returns (uint256) {
        return _flockForMillion;
    }

    function openingReservesOf(uint256 modelId) external view returns (OpeningReserves memory) {
        return _opening[modelId];
    }

    /// @dev The AccessManager's answer: everybody may do everything at once.
    function canCall(address, address, bytes4) external pure returns (bool, uint32) {
        return (true, 0);
    }

    function poolsOf(uint256 modelId, uint256[] calldata epochs) external view returns (Pool[] memory pools) {
        pools = new Pool[](epochs.length);
        for (uint256 i = 0; i < epochs.length; ++i) pools[i] = distributor.poolOf(modelId, epochs[i]);
    }

    /// @notice Everything that is compared, in one list: see `readState` in test/support/rewards.ts.
    function state(address[] calldata users, address[] calldata holders) external view returns (uint256[] memory list) {
        list = new uint256[](6 + holders.length + users.length + MODELS * (13 + 3 * users.length));
        uint256 at;
        EpochTotals memory totals = distributor.epochTotalsOf(distributor.currentEpoch());
        list[at++] = distributor.unreserved();
        list[at++] = totals.totalScore;
        list[at++] = totals.emission;
        list[at++] = flock.balanceOf(address(distributor));
        list[at++] = flock.balanceOf(treasury);
        list[at++] = flock.totalSupply();
        for (uint256 i = 0; i < holders.length; ++i) list[at++] = flock.balanceOf(holders[i]);
        for (uint256 i = 0; i < users.length; ++i) list[at++] = flock.balanceOf(users[i]);
        for (uint256 modelId = 1; modelId <= MODELS; ++modelId) at = _modelState(list, at, modelId, users);
    }

    function _modelState(
        uint256[] memory list,
        uint256 at,
        uint256 modelId,
        address[] calldata users
    ) private view returns (uint256) {
        ModelRewards memory model = distributor.modelRewardsOf(modelId);
        list[at++] = model.openEpoch;
        list[at++] = model.openScore;
        list[at++] = model.openWeight;
        list[at++] = model.sweptEpoch;
        list[at++] = model.openNet;
        list[at++] = model.carriedEmission;
        list[at++] = model.releasedFund;
        list[at++] = model.releasedReserve;
        list[at++] = model.cutFlock;
        list[at++] = model.cutMt;
        list[at++] = distributor.issuerBonusOf(modelId);
        list[at++] = tokens[modelId].totalSupply();
        list[at++] = tokens[modelId].balanceOf(address(distributor));
        for (uint256 i = 0; i < users.length; ++i) {
            Reward memory reward = distributor.claimableOf(users[i], modelId);
            list[at++] = reward.flock;
            list[at++] = reward.mt;
            list[at++] = tokens[modelId].balanceOf(users[i]);
        }
        return at;
    }
}
