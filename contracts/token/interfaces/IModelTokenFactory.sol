// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title IModelTokenFactory
/// @notice Deploys model tokens at addresses that are known before. An address depends on who calls, so nobody can take the
/// address of somebody else's token. Anyone may call, but only the token that the graduation contract deploys is the token
/// of a model.
interface IModelTokenFactory {
    /// @notice A token was deployed. Its whole supply belongs to `deployer`.
    event TokenDeployed(address indexed deployer, uint256 indexed modelId, address token);

    /// @notice Deploys the caller's token for a model and gives the caller the whole supply. Reverts if the caller has
    /// deployed it before.
    /// @param modelId The model.
    /// @param name Name of the token.
    /// @param symbol Symbol of the token.
    /// @return token Address of the token; `predict` gives the same.
    /// @custom:errors none
    /// @custom:paper 3.2
    function deploy(uint256 modelId, string calldata name, string calldata symbol) external returns (address token);

    /// @notice The address at which `deploy` puts the token if `deployer` calls it with the same arguments.
    /// @param deployer Who will call `deploy`.
    /// @param modelId The model.
    /// @param name Name of the token.
    /// @param symbol Symbol of the token.
    /// @return The address.
    /// @custom:errors none
    /// @custom:paper silent, decision 1
    function predict(
        address deployer,
        uint256 modelId,
        string calldata name,
        string calldata symbol
    ) external view returns (address);
}
