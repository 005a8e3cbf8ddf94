// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";

/// @title IModelTokenFactory
/// @notice Deploys model tokens at addresses that are known from the launch on. Only graduation deploys by it, so each of
/// its tokens is the token of a model. All tokens have the same creation code: an address follows from the salt, and the
/// salt commits to the launch (decision 65).
interface IModelTokenFactory is IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice The token of a model was deployed. Its whole supply belongs to graduation, which gives it away in the same
    /// call.
    /// @param salt What its address follows from: the commitment to the launch.
    event TokenDeployed(uint256 indexed modelId, address indexed token, bytes32 salt, string name, string symbol);

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only graduation deploys tokens.
    error TokenFactory_NotGraduation(address caller);

    // -- Deployment ---------------------------------------------------------------------------------------------------

    /// @notice Sets the link to graduation. Deployer only, once.
    /// @param graduation_ Graduation, which alone deploys tokens.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 65
    function wire(address graduation_) external;

    // -- Tokens -------------------------------------------------------------------------------------------------------

    /// @notice Deploys the token of a model and gives graduation the whole supply. Graduation only. Reverts if there is a
    /// token with this salt.
    /// @param modelId The model.
    /// @param salt What the address follows from.
    /// @param name Name of the token, at most 31 bytes.
    /// @param symbol Symbol of the token, at most 31 bytes.
    /// @return token Address of the token; `predict` gives the same.
    /// @custom:errors TokenFactory_NotGraduation, StringTooLong
    /// @custom:paper 3.2
    function deploy(
        uint256 modelId,
        bytes32 salt,
        string calldata name,
        string calldata symbol
    ) external returns (address token);

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice The address at which `deploy` puts the token with a salt.
    /// @param salt The salt.
    /// @return The address.
    /// @custom:errors none
    /// @custom:paper silent, decision 65
    function predict(bytes32 salt) external view returns (address);

    /// @notice Name of the token that is being created; the token asks for it.
    /// @return The name; empty outside `deploy`.
    /// @custom:errors none
    /// @custom:paper 3.2
    function tokenName() external view returns (string memory);

    /// @notice Symbol of the token that is being created; the token asks for it.
    /// @return The symbol; empty outside `deploy`.
    /// @custom:errors none
    /// @custom:paper 3.2
    function tokenSymbol() external view returns (string memory);

    /// @notice Graduation, which alone deploys tokens and is given their whole supply.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 65
    function graduation() external view returns (address);

    /// @notice Hash of the creation code of every token, with which CREATE2 addresses are computed.
    /// @return The hash.
    /// @custom:errors none
    /// @custom:paper silent, decision 65
    function TOKEN_CODE_HASH() external view returns (bytes32);
}
