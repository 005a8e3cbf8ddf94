// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OpeningMode} from "../../offering/interfaces/IRealModelOffering.sol";
import {FlockSplit, MtSplit} from "../libraries/GraduationSplit.sol";

/// @notice A raise that has succeeded.
/// @param modelId The model.
/// @param raised D, which the offering has transferred in the same call [FLOCK wei].
/// @param sold S(D), the bundle included [MT wei].
/// @param bundleMt The issuer's bundle [MT wei].
/// @param virtualFlock x0 [FLOCK wei].
/// @param openingMode How the pool opens.
/// @param name The token's name.
/// @param symbol The token's symbol.
struct Raise {
    uint256 modelId;
    uint256 raised;
    uint256 sold;
    uint256 bundleMt;
    uint256 virtualFlock;
    OpeningMode openingMode;
    string name;
    string symbol;
}

/// @notice The reserves with which a pool opened; their ratio is the opening price.
/// @param flock FLOCK [FLOCK wei].
/// @param mt Model tokens [MT wei].
struct OpeningReserves {
    uint128 flock;
    uint128 mt;
}

/// @title IGraduation
/// @notice Turns a raise that has succeeded into a token, a pool with locked liquidity and vesting shares, in one call
/// (section 3.3.5, decisions 1 to 3). Holds nothing after the call.
interface IGraduation {
    /// @notice A model has graduated.
    /// @param mt Where the supply went.
    /// @param flock Where the raise went.
    /// @param lockedLiquidity All liquidity of the pool but the pair's own minimum [LP wei].
    event Graduated(
        uint256 indexed modelId,
        address indexed token,
        address indexed pair,
        MtSplit mt,
        FlockSplit flock,
        uint256 lockedLiquidity
    );

    /// @notice Only the offering graduates models.
    error Graduation_NotOffering(address caller);
    /// @notice The pair does not hold exactly what was meant after seeding [FLOCK wei, MT wei].
    error Graduation_UnexpectedReserves(uint256 flock, uint256 mt, uint256 flockMeant, uint256 mtMeant);

    /// @notice Deploys the token, burns what belongs to nobody, seeds the pool, locks its liquidity, observes its price
    /// for the first time, opens the vesting record and gives the offering the supporters' tokens. Offering only.
    /// @dev Errors: `Graduation_NotOffering`, `Graduation_UnexpectedReserves`, and whatever the DEX reverts with.
    /// @return token The model's token.
    function graduate(Raise calldata raise) external returns (address token);

    /// @notice The address that the model's token will have, or has.
    function tokenAddress(
        uint256 modelId,
        string calldata name,
        string calldata symbol
    ) external view returns (address);

    /// @notice The reserves with which a model's pool opened [FLOCK wei, MT wei]; zeros if it has not graduated.
    function openingReservesOf(uint256 modelId) external view returns (OpeningReserves memory);
}
