// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IOneShotWiring
/// @notice Links from a contract to contracts that are deployed after it. The deployer sets each link exactly once, to an
/// address that has code. After that nobody can change it, so no role ever decides which contract is trusted.
interface IOneShotWiring {
    /// @notice A link was set. This happens once for each link.
    /// @param link Name of the link.
    /// @param target The contract that the link names for good.
    event Wired(bytes32 indexed link, address indexed target);

    /// @notice Only the deployer may set links.
    error Wiring_NotDeployer(address caller, address deployer);
    /// @notice The link was set before.
    error Wiring_AlreadyWired(bytes32 link, address target);
    /// @notice There is no contract at this address.
    error Wiring_NotAContract(bytes32 link, address target);
    /// @notice The link has not been set: the deployment is not finished.
    error Wiring_Missing(bytes32 link);

    /// @notice Reverts if a link is missing. The last step of a deployment calls it.
    /// @return Always true, for callers that need a value.
    /// @custom:errors Wiring_Missing
    /// @custom:paper silent, decision 25
    function requireWired() external view returns (bool);

    /// @notice The account that deployed the contract and may set its links.
    /// @return The account.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function DEPLOYER() external view returns (address);
}
