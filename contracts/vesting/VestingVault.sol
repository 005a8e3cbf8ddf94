// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IModelRegistry} from "../registry/interfaces/IModelRegistry.sol";
import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {Allocation, IVestingVault, Share} from "./interfaces/IVestingVault.sol";
import {LinearVesting} from "./libraries/LinearVesting.sol";

/// @title VestingVault
/// @notice Implements `IVestingVault`, which is its manual.
contract VestingVault is IVestingVault, OneShotWiring {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev A graduation: the token and the moment. One slot.
    struct Record {
        address token;
        uint40 startAt;
    }

    /// @dev Names of the links.
    bytes32 private constant GRADUATION_LINK = "graduation";
    bytes32 private constant EMISSIONS_LINK = "emissions";

    /// @notice The token of the two FLOCK shares.
    IERC20 public immutable FLOCK;
    /// @notice Where the seats are.
    IModelRegistry public immutable REGISTRY;

    /// @inheritdoc IVestingVault
    address public graduation;
    /// @inheritdoc IVestingVault
    address public emissions;

    mapping(uint256 modelId => Record) private _records;
    mapping(uint256 modelId => mapping(Share share => Allocation)) private _allocations;

    /// @param flock The token of the two FLOCK shares.
    /// @param registry Where the seats are.
    constructor(IERC20 flock, IModelRegistry registry) {
        FLOCK = flock;
        REGISTRY = registry;
    }

    /// @inheritdoc IVestingVault
    function wire(address graduation_, address emissions_) external {
        _checkWire(GRADUATION_LINK, graduation, graduation_);
        _checkWire(EMISSIONS_LINK, emissions, emissions_);
        graduation = graduation_;
        emissions = emissions_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(GRADUATION_LINK, graduation) && _requireLink(EMISSIONS_LINK, emissions);
    }

    /// @inheritdoc IVestingVault
    function open(uint256 modelId, address token, uint256[5] calldata totals) external {
        require(msg.sender == graduation, Vault_NotGraduation(msg.sender));
        require(_records[modelId].token == address(0), Vault_AlreadyOpen(modelId));

        _records[modelId] = Record({token: token, startAt: block.timestamp.toUint40()});
        for (uint256 i = 0; i < totals.length; ++i) {
            _allocations[modelId][Share(i)].total = totals[i].toUint128();
        }
        emit VestingOpened(modelId, token, block.timestamp, totals);
    }

    /// @inheritdoc IVestingVault
    /// @dev It needs no reentrancy guard: the share is updated before the only transfer, which comes last.
    function release(uint256 modelId, Share share) external returns (uint256 amount) {
        require(!_isForRewards(share), Vault_ReservedForRewards(share));
        (Record memory record, Allocation memory allocation, uint256 vested) = _vested(modelId, share);
        amount = vested;
        require(amount != 0, Vault_NothingVested(modelId, share));
        address to = share == Share.IssuerMt ? REGISTRY.issuerOf(modelId) : REGISTRY.treasury();
        _send(modelId, share, record, allocation, amount, to);
    }

    /// @inheritdoc IVestingVault
    function draw(uint256 modelId, Share share, uint256 amount, address to) external {
        require(msg.sender == emissions && _isForRewards(share), Vault_NotDrawable(msg.sender, share));
        (Record memory record, Allocation memory allocation, uint256 vested) = _vested(modelId, share);
        require(amount <= vested, Vault_AboveVested(modelId, share, amount, vested));
        _send(modelId, share, record, allocation, amount, to);
    }

    /// @inheritdoc IVestingVault
    function allocationOf(uint256 modelId, Share share) external view returns (Allocation memory) {
        return _allocations[modelId][share];
    }

    /// @inheritdoc IVestingVault
    function releasable(uint256 modelId, Share share) external view returns (uint256) {
        uint256 startAt = _records[modelId].startAt;
        if (startAt == 0) return 0;
        Allocation memory allocation = _allocations[modelId][share];
        return LinearVesting.vested(allocation.total, startAt, block.timestamp) - allocation.released;
    }

    /// @inheritdoc IVestingVault
    function unvested(uint256 modelId) external view returns (uint256) {
        uint256 startAt = _records[modelId].startAt;
        if (startAt == 0) return 0;
        mapping(Share => Allocation) storage shares = _allocations[modelId];
        uint256 total =
            uint256(shares[Share.IssuerMt].total) +
                shares[Share.TreasuryMt].total +
                shares[Share.IncentiveReserve].total;
        return total - LinearVesting.vested(total, startAt, block.timestamp);
    }

    /// @inheritdoc IVestingVault
    function recordOf(uint256 modelId) external view returns (address token, uint256 startAt) {
        Record memory record = _records[modelId];
        return (record.token, record.startAt);
    }

    /// @dev A share, and what has vested of it and is still here.
    function _vested(
        uint256 modelId,
        Share share
    ) private view returns (Record memory record, Allocation memory allocation, uint256 vested) {
        record = _records[modelId];
        require(record.token != address(0), Vault_NotOpen(modelId));
        allocation = _allocations[modelId][share];
        vested = LinearVesting.vested(allocation.total, record.startAt, block.timestamp) - allocation.released;
    }

    /// @dev Adds to what has left the share, and sends it.
    function _send(
        uint256 modelId,
        Share share,
        Record memory record,
        Allocation memory allocation,
        uint256 amount,
        address to
    ) private {
        allocation.released = (allocation.released + amount).toUint128();
        _allocations[modelId][share] = allocation;
        emit Released(modelId, share, to, amount, allocation.released);
        IERC20 token = _isInFlock(share) ? FLOCK : IERC20(record.token);
        token.safeTransfer(to, amount);
    }

    /// @dev Whether a share is for rewards of usage.
    function _isForRewards(Share share) private pure returns (bool) {
        return share == Share.IncentiveReserve || share == Share.StakingFund;
    }

    /// @dev Whether a share is in FLOCK.
    function _isInFlock(Share share) private pure returns (bool) {
        return share == Share.ProtocolFlock || share == Share.StakingFund;
    }
}
