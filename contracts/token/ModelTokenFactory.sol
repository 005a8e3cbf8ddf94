// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {IModelTokenFactory} from "./interfaces/IModelTokenFactory.sol";
import {ModelToken} from "./ModelToken.sol";

/// @title ModelTokenFactory
/// @notice Implements `IModelTokenFactory`, which is its manual.
contract ModelTokenFactory is IModelTokenFactory {
    /// @inheritdoc IModelTokenFactory
    function deploy(uint256 modelId, string calldata name, string calldata symbol) external returns (address token) {
        token = address(new ModelToken{salt: _salt(msg.sender, modelId)}(name, symbol, msg.sender));
        emit TokenDeployed(msg.sender, modelId, token);
    }

    /// @inheritdoc IModelTokenFactory
    function predict(
        address deployer,
        uint256 modelId,
        string calldata name,
        string calldata symbol
    ) external view returns (address) {
        bytes memory initCode = abi.encodePacked(type(ModelToken).creationCode, abi.encode(name, symbol, deployer));
        return Create2.computeAddress(_salt(deployer, modelId), keccak256(initCode));
    }

    /// @dev The deployer is part of the salt, so nobody can take the address of somebody else's token.
    function _salt(address deployer, uint256 modelId) private pure returns (bytes32) {
        return keccak256(abi.encode(deployer, modelId));
    }
}
