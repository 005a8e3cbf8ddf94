// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IModelTokenFactory
/// @notice Deploys model tokens at addresses that are known beforehand and bound to the caller. Anyone may call it; only
/// the token that the graduation contract deploys is a model's token.
interface IModelTokenFactory {
    /// @notice A token exists; its whole supply belongs to `deployer`.
    event TokenDeployed(address indexed deployer, uint256 indexed modelId, address token);

    /// @notice Deploys the caller's token for `modelId` and gives the caller the whole supply. Reverts if the caller has
    /// deployed it before.
    /// @return token The token's address, as `predict` gives it.
    function deploy(uint256 modelId, string calldata name, string calldata symbol) external returns (address token);

    /// @notice The address at which `deploy` puts the token when `deployer` calls it with the same arguments.
    function predict(
        address deployer,
        uint256 modelId,
        string calldata name,
        string calldata symbol
    ) external view returns (address);
}
