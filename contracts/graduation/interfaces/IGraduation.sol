// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOneShotWiring} from "../../shared/interfaces/IOneShotWiring.sol";
import {IModelTokenFactory} from "../../token/interfaces/IModelTokenFactory.sol";
import {FlockSplit, MtSplit} from "../libraries/GraduationSplit.sol";
import {OpeningMode} from "../types/OpeningMode.sol";

/// @notice A raise that has succeeded.
/// @param modelId The model.
/// @param raised What the raise has brought, which the offering has transferred in the same call [FLOCK wei].
/// @param sold What the curve has sold, with the bundle; S(D) in the paper [MT wei].
/// @param bundleMt The issuer's bundle [MT wei].
/// @param virtualFlock The virtual FLOCK reserve of the curve, x0 in the paper [FLOCK wei].
/// @param openingMode At which price the pool opens.
/// @param tokenSalt What the address of the token follows from: the commitment to the launch.
struct Raise {
    uint256 modelId;
    uint256 raised;
    uint256 sold;
    uint256 bundleMt;
    uint256 virtualFlock;
    OpeningMode openingMode;
    bytes32 tokenSalt;
}

/// @notice The reserves with which a pool opened. Their ratio is the opening price. One slot.
/// @param flock FLOCK [FLOCK wei].
/// @param mt Model tokens [MT wei].
struct OpeningReserves {
    uint128 flock;
    uint128 mt;
}

/// @title IGraduation
/// @notice Turns a raise that has succeeded into a token, a pool whose liquidity is locked, and shares that vest, in one
/// call (section 3.3.5, decisions 1 to 3). Holds nothing after the call.
///
/// Tokens that somebody has sent before to an address that can be known change nothing of it. FLOCK in the pair, whether
/// the pair exists or not, and FLOCK in this contract go to the holder of the treasury's seat. FLOCK at the address of the
/// token stays there for good, as it does in every ERC-20 token that moves nothing but itself. In the vault and the locker
/// it stays too: the vault pays out what its records say, and the locker nothing but liquidity.
interface IGraduation is IOneShotWiring {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice A model has graduated.
    /// @param mt Where the supply went [MT wei].
    /// @param flock Where the raise went [FLOCK wei].
    /// @param lockedLiquidity All liquidity of the pool except the minimum that the pair keeps [LP wei].
    event Graduated(
        uint256 indexed modelId,
        address indexed token,
        address indexed pair,
        MtSplit mt,
        FlockSplit flock,
        uint256 lockedLiquidity
    );

    // -- Errors -------------------------------------------------------------------------------------------------------

    /// @notice Only the offering graduates models.
    error Graduation_NotOffering(address caller);
    /// @notice After it was filled, the pair does not hold exactly what it should. With a FLOCK that is a plain ERC-20 this
    /// cannot happen, whatever was sent to the pair before.
    /// @param flock Its FLOCK reserve [FLOCK wei].
    /// @param mt Its MT reserve [MT wei].
    /// @param flockMeant What its FLOCK reserve should be [FLOCK wei].
    /// @param mtMeant What its MT reserve should be [MT wei].
    error Graduation_UnexpectedReserves(uint256 flock, uint256 mt, uint256 flockMeant, uint256 mtMeant);

    // -- Deployment ---------------------------------------------------------------------------------------------------

    /// @notice Sets the link to the offering. Deployer only, once.
    /// @param offering_ The offering, which alone graduates models.
    /// @custom:errors Wiring_NotDeployer, Wiring_AlreadyWired, Wiring_NotAContract
    /// @custom:paper silent, decision 25
    function wire(address offering_) external;

    // -- Graduation ---------------------------------------------------------------------------------------------------

    /// @notice Deploys the token, burns the part that belongs to nobody, fills the pool, locks its liquidity, observes
    /// its price for the first time, records the shares that vest, and sends the supporters' tokens to the offering.
    /// FLOCK that others have left in the pair or here goes to the treasury. Offering only. The splits round down; the
    /// pool gets the remainder of FLOCK, and the remainder of MT is burned.
    /// @param raise The raise; its FLOCK has been transferred here in the same call.
    /// @return token The model's token.
    /// @custom:errors Graduation_NotOffering, Graduation_UnexpectedReserves, and those of the DEX
    /// @custom:paper 3.2, 3.3.5, 3.4
    function graduate(Raise calldata raise) external returns (address token);

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice The reserves with which the pool of a model opened.
    /// @param modelId The model.
    /// @return The reserves [FLOCK wei, MT wei]; zeros if the model has not graduated.
    /// @custom:errors none
    /// @custom:paper 3.3.5
    function openingReservesOf(uint256 modelId) external view returns (OpeningReserves memory);

    /// @notice Deploys the model tokens.
    /// @return The contract.
    /// @custom:errors none
    /// @custom:paper silent, decision 65
    function TOKEN_FACTORY() external view returns (IModelTokenFactory);

    /// @notice The offering, which alone graduates models.
    /// @return The contract; zero before the link is set.
    /// @custom:errors none
    /// @custom:paper silent, decision 25
    function offering() external view returns (address);
}
