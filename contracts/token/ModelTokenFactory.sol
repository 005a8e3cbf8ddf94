// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {IOneShotWiring} from "../shared/interfaces/IOneShotWiring.sol";
import {OneShotWiring} from "../shared/OneShotWiring.sol";
import {IModelTokenFactory} from "./interfaces/IModelTokenFactory.sol";
import {ModelToken} from "./ModelToken.sol";

/// @title ModelTokenFactory
/// @notice Implements `IModelTokenFactory`, which is its manual.
contract ModelTokenFactory is IModelTokenFactory, OneShotWiring {
    using ShortStrings for ShortString;
    using ShortStrings for string;

    /// @dev Name of the link.
    bytes32 private constant GRADUATION_LINK = "graduation";

    /// @inheritdoc IModelTokenFactory
    bytes32 public immutable TOKEN_CODE_HASH = keccak256(type(ModelToken).creationCode);

    /// @inheritdoc IModelTokenFactory
    address public graduation;

    /// @dev What the token that is being created asks for. Transient, and cleared when it has been created.
    ShortString private transient _tokenName;
    ShortString private transient _tokenSymbol;

    /// @inheritdoc IModelTokenFactory
    function wire(address graduation_) external {
        _checkWire(GRADUATION_LINK, graduation, graduation_);
        graduation = graduation_;
    }

    /// @inheritdoc IOneShotWiring
    function requireWired() external view override(IOneShotWiring, OneShotWiring) returns (bool) {
        return _requireLink(GRADUATION_LINK, graduation);
    }

    /// @inheritdoc IModelTokenFactory
    function deploy(
        uint256 modelId,
        bytes32 salt,
        string calldata name,
        string calldata symbol
    ) external returns (address token) {
        require(msg.sender == graduation, TokenFactory_NotGraduation(msg.sender));

        (_tokenName, _tokenSymbol) = (name.toShortString(), symbol.toShortString());
        token = address(new ModelToken{salt: salt}());
        (_tokenName, _tokenSymbol) = (ShortString.wrap(0), ShortString.wrap(0));
        emit TokenDeployed(modelId, token, salt, name, symbol);
    }

    /// @inheritdoc IModelTokenFactory
    function predict(bytes32 salt) external view returns (address) {
        return Create2.computeAddress(salt, TOKEN_CODE_HASH);
    }

    /// @inheritdoc IModelTokenFactory
    function tokenName() external view returns (string memory) {
        return _tokenName.toString();
    }

    /// @inheritdoc IModelTokenFactory
    function tokenSymbol() external view returns (string memory) {
        return _tokenSymbol.toString();
    }
}
