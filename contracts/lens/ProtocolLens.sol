// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccountLens} from "./AccountLens.sol";
import {KeeperLens} from "./KeeperLens.sol";
import {LensState} from "./LensState.sol";
import {RaiseLens} from "./RaiseLens.sol";
import {UsageLens} from "./UsageLens.sol";

/// @title ProtocolLens
/// @notice Implements `IProtocolLens`, which is its manual. It is made of one part for each thing that it shows.
contract ProtocolLens is RaiseLens, AccountLens, UsageLens, KeeperLens {
    /// @param parts The contracts that it reads.
    constructor(Parts memory parts) LensState(parts) {}
}
