// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {EmissionBudget} from "./EmissionBudget.sol";
import {EmissionState} from "./EmissionState.sol";
import {IEmissionDistributor} from "./interfaces/IEmissionDistributor.sol";
import {RewardClaims} from "./RewardClaims.sol";
import {RewardSweep} from "./RewardSweep.sol";
import {UsageRecords} from "./UsageRecords.sol";

/// @title EmissionDistributor
/// @notice Implements `IEmissionDistributor`, which is its manual. It is made of parts over one state, one for each
/// interface.
contract EmissionDistributor is
    IEmissionDistributor,
    EmissionBudget,
    UsageRecords,
    RewardClaims,
    RewardSweep,
    OneShotWiring
{
    /// @dev Name of the link.
    bytes32 private constant METER_LINK = "meter";

    /// @param authority The AccessManager.
    /// @param parts The token and the contracts that it works with.
    /// @param settings Rate and caps from the first epoch on, and the minimum stake.
    constructor(
        address authority,
        Parts memory parts,
        InitialSettings memory settings
    ) AccessManaged(authority) EmissionState(parts) EmissionBudget(settings) {}

    /// @inheritdoc IEmissionDistributor
    function wire(address meter_) external {
        _checkWire(METER_LINK, _meter, meter_);
        _meter = meter_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(METER_LINK, _meter);
    }

    /// @inheritdoc IEmissionDistributor
    function meter() external view returns (address) {
        return _meter;
    }
}
