// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title OneShotWiring
/// @notice Links to contracts that are deployed later. Each link is set exactly once, by the account that deployed the
/// contract, to an address that has code; nobody can change it afterwards, so that no role ever decides which contract
/// is trusted.
abstract contract OneShotWiring {
    /// @notice Emitted once for each link.
    /// @param link The link's name.
    /// @param target The contract that it now names for good.
    event Wired(bytes32 indexed link, address indexed target);

    /// @notice Only the deployer wires.
    error Wiring_NotDeployer(address caller, address deployer);
    /// @notice The link was set before.
    error Wiring_AlreadyWired(bytes32 link, address target);
    /// @notice A link names a contract; there is no code at this address.
    error Wiring_NotAContract(bytes32 link, address target);
    /// @notice The link has not been set, so the deployment is not finished.
    error Wiring_Missing(bytes32 link);

    /// @notice The account that deployed this contract and may set its links, once each.
    address public immutable DEPLOYER;

    /// @dev Whoever creates the contract wires it. A factory that creates it would have to do so itself.
    constructor() {
        DEPLOYER = msg.sender;
    }

    /// @notice Reverts with the first link that is missing; the last step of a deployment calls it.
    /// @dev Errors: `Wiring_Missing`.
    /// @return Always true, for callers that need a value.
    function requireWired() external view virtual returns (bool);

    /// @dev Checks one setting of a link and reports it. The caller stores `target`.
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
