// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "./interfaces/IOneShotWiring.sol";

/// @title OneShotWiring
/// @notice Implements `IOneShotWiring`, which is its manual. Each contract that has links adds its own `wire`.
abstract contract OneShotWiring is IOneShotWiring {
    /// @inheritdoc IOneShotWiring
    address public immutable DEPLOYER;

    /// @dev Whoever creates the contract sets its links. A factory that creates it would have to do so itself.
    constructor() {
        DEPLOYER = msg.sender;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view virtual returns (bool);

    /// @dev Checks that a link may be set to `target`, and reports it. The caller stores it.
    function _checkWire(bytes32 link, address current, address target) internal {
        require(msg.sender == DEPLOYER, Wiring_NotDeployer(msg.sender, DEPLOYER));
        require(current == address(0), Wiring_AlreadyWired(link, current));
        require(target.code.length != 0, Wiring_NotAContract(link, target));
        emit Wired(link, target);
    }

    /// @dev Reverts if a link has not been set.
    function _requireLink(bytes32 link, address target) internal pure returns (bool) {
        require(target != address(0), Wiring_Missing(link));
        return true;
    }
}
