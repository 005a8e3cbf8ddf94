// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {Test} from "forge-std/Test.sol";

import {IBuyback} from "../../../contracts/buyback/interfaces/IBuyback.sol";
import {BuybackSettings} from "../../../contracts/buyback/types/BuybackTypes.sol";
import {IEmissionDistributor} from "../../../contracts/emissions/interfaces/IEmissionDistributor.sol";
import {IGraduation} from "../../../contracts/graduation/interfaces/IGraduation.sol";
import {ILiquidityLocker} from "../../../contracts/graduation/interfaces/ILiquidityLocker.sol";
import {IProtocolLens} from "../../../contracts/lens/interfaces/IProtocolLens.sol";
import {IRealModelOffering} from "../../../contracts/offering/interfaces/IRealModelOffering.sol";
import {OfferingSettings} from "../../../contracts/offering/types/OfferingTypes.sol";
import {IModelRegistry, TierTerms} from "../../../contracts/registry/interfaces/IModelRegistry.sol";
import {IRevenueWaterfall} from "../../../contracts/revenue/interfaces/IRevenueWaterfall.sol";
import {DiscountSettings, IModelStaking} from "../../../contracts/staking/interfaces/IModelStaking.sol";
import {IModelTokenFactory} from "../../../contracts/token/interfaces/IModelTokenFactory.sol";
import {IInferenceMeter} from "../../../contracts/usage/interfaces/IInferenceMeter.sol";
import {IVestingVault} from "../../../contracts/vesting/interfaces/IVestingVault.sol";
import {ILocalToken} from "./ILocalToken.sol";

/// @notice The deployed protocol, its people and the chain's contracts that it uses.
struct Protocol {
    IAccessManager accessManager;
    ILocalToken flock;
    ILocalToken usdc;
    IUniswapV2Factory dexFactory;
    IModelRegistry registry;
    IVestingVault vault;
    IRevenueWaterfall waterfall;
    IBuyback buyback;
    ILiquidityLocker locker;
    IModelTokenFactory tokenFactory;
    IGraduation graduation;
    IRealModelOffering offering;
    IModelStaking staking;
    IEmissionDistributor emissions;
    IInferenceMeter meter;
    IProtocolLens lens;
    address treasury;
    address governor;
    address guardian;
    address platform;
}

/// @title LocalProtocol
/// @notice Deploys the real contracts and canonical Uniswap v2 for Solidity tests, with the settings of the local chain.
/// Governance acts without its delay here, because time is what these tests shake. The contracts are deployed from their
/// artifacts: with `new` the compiler would optimise all of them again for each test.
abstract contract LocalProtocol is Test {
    /// @dev The least minimum of the one tier [FLOCK wei]: small, so that rounding shows.
    uint96 internal constant MIN_MINIMUM_RAISE = 1e18;
    uint96 internal constant MAX_TARGET = 5e26;

    uint64 private constant GOVERNOR_ROLE = 1;
    uint64 private constant GUARDIAN_ROLE = 2;
    uint64 private constant PLATFORM_ROLE = 3;
    string private constant FACTORY_BUILD = "node_modules/@uniswap/v2-core/build/UniswapV2Factory.json";

    /// @dev Deploys and wires everything; this contract holds the whole supplies of FLOCK and USDC.
    function _deployProtocol() internal returns (Protocol memory p) {
        (p.treasury, p.governor) = (makeAddr("treasury"), makeAddr("governor"));
        (p.guardian, p.platform) = (makeAddr("guardian"), makeAddr("platform"));
        p.accessManager = IAccessManager(deployCode("AccessManager", abi.encode(address(this))));
        p.flock = ILocalToken(deployCode("LocalFlock", abi.encode(address(this))));
        p.usdc = ILocalToken(deployCode("LocalUsdc", abi.encode(address(this))));
        p.dexFactory = IUniswapV2Factory(_deployCanonical(FACTORY_BUILD, abi.encode(address(this))));

        _deployRaise(p);
        _deployUsage(p);
        _deployLens(p);
        p.registry.wire(address(p.offering), address(p.buyback));
        p.tokenFactory.wire(address(p.graduation));
        p.graduation.wire(address(p.offering));
        p.vault.wire(address(p.graduation), address(p.emissions));
        p.waterfall.wire(address(p.meter));
        p.emissions.wire(address(p.meter));
        _grantRoles(p);
    }

    /// @dev Everything that a raise needs, and the buyback, which observes its pool.
    function _deployRaise(Protocol memory p) private {
        address authority = address(p.accessManager);
        p.registry = IModelRegistry(deployCode("ModelRegistry", abi.encode(authority, p.usdc, p.treasury)));
        TierTerms memory tier = TierTerms({
            computeCost: 200_000,
            minMinimumRaise: MIN_MINIMUM_RAISE,
            open: true,
            maxTarget: MAX_TARGET,
            guaranteesHash: keccak256("guarantees")
        });
        p.registry.addTier(tier, makeAddr("provider"), "ipfs://guarantees");
        p.vault = IVestingVault(deployCode("VestingVault", abi.encode(p.flock, p.registry)));
        p.waterfall = IRevenueWaterfall(deployCode("RevenueWaterfall", abi.encode(p.usdc, p.registry)));
        BuybackSettings memory lots = BuybackSettings({
            bucketBps: 15,
            bandBps: 9_800,
            modelMinReserve: 0,
            routeRefillDuration: 300,
            modelRefillDuration: 5 hours
        });
        // A constructor's struct of static values is encoded like the values one after the other.
        p.buyback = IBuyback(
            deployCode(
                "Buyback",
                abi.encode(authority, p.usdc, p.flock, true, p.dexFactory, 30, p.registry, p.vault, p.waterfall, lots)
            )
        );
        p.locker = ILiquidityLocker(
            deployCode("LiquidityLocker", abi.encode(p.flock, p.dexFactory, p.vault, p.registry))
        );
        p.tokenFactory = IModelTokenFactory(deployCode("ModelTokenFactory"));
        p.graduation = IGraduation(
            deployCode(
                "Graduation",
                abi.encode(p.flock, p.dexFactory, p.tokenFactory, p.vault, p.locker, p.registry, p.buyback)
            )
        );
        p.offering = IRealModelOffering(
            deployCode("RealModelOffering", abi.encode(authority, p.flock, p.registry, p.graduation, _localSettings()))
        );
    }

    /// @dev Everything that usage needs.
    function _deployUsage(Protocol memory p) private {
        address authority = address(p.accessManager);
        DiscountSettings memory discount = DiscountSettings({capBps: 3_000, multiplier: 2});
        p.staking = IModelStaking(deployCode("ModelStaking", abi.encode(authority, p.offering, p.vault, discount)));
        // Rate, fixed cap, no bound by worth, minimum stake.
        uint256[4] memory settings = [uint256(20_000e18), 200e18, 0, 1e18];
        address[5] memory rooms = [
            address(p.registry),
            address(p.vault),
            address(p.graduation),
            address(p.staking),
            address(p.buyback)
        ];
        p.emissions = IEmissionDistributor(
            deployCode("EmissionDistributor", abi.encode(authority, p.flock, true, 1e6, rooms, settings))
        );
        p.meter = IInferenceMeter(
            deployCode("InferenceMeter", abi.encode(authority, p.usdc, p.registry, p.waterfall, p.emissions))
        );
    }

    /// @dev What reads everything.
    function _deployLens(Protocol memory p) private {
        address[11] memory rooms = [
            address(p.flock),
            address(p.usdc),
            address(p.registry),
            address(p.offering),
            address(p.graduation),
            address(p.vault),
            address(p.locker),
            address(p.staking),
            address(p.meter),
            address(p.buyback),
            address(p.emissions)
        ];
        p.lens = IProtocolLens(deployCode("ProtocolLens", abi.encode(rooms)));
    }

    /// @dev The settings of the local chain (decision 27).
    function _localSettings() internal pure returns (OfferingSettings memory) {
        return
            OfferingSettings({
                launchFee: 1_000e18,
                creatorFeeBps: 30,
                protocolFeeBps: 95,
                antiSnipeStartBps: 9_900,
                antiSnipeWindow: 5_880,
                bundleCapBps: 2_500
            });
    }

    /// @dev The rows of the role table that these tests use.
    function _grantRoles(Protocol memory p) private {
        bytes4[] memory ofGovernor = new bytes4[](1);
        ofGovernor[0] = p.offering.setOfferingSettings.selector;
        bytes4[] memory ofGuardian = new bytes4[](4);
        ofGuardian[0] = p.offering.pauseLaunches.selector;
        ofGuardian[1] = p.offering.unpauseLaunches.selector;
        ofGuardian[2] = p.offering.pauseBuys.selector;
        ofGuardian[3] = p.offering.unpauseBuys.selector;
        bytes4[] memory ofGuardianOfDeposits = new bytes4[](2);
        ofGuardianOfDeposits[0] = p.meter.pauseDeposits.selector;
        ofGuardianOfDeposits[1] = p.meter.unpauseDeposits.selector;
        bytes4[] memory ofPlatform = new bytes4[](3);
        ofPlatform[0] = p.meter.settle.selector;
        ofPlatform[1] = p.meter.settleCard.selector;
        ofPlatform[2] = p.meter.depositCredit.selector;
        bytes4[] memory apiId = new bytes4[](1);
        apiId[0] = p.registry.setApiId.selector;
        p.accessManager.setTargetFunctionRole(address(p.offering), ofGovernor, GOVERNOR_ROLE);
        p.accessManager.setTargetFunctionRole(address(p.offering), ofGuardian, GUARDIAN_ROLE);
        p.accessManager.setTargetFunctionRole(address(p.meter), ofGuardianOfDeposits, GUARDIAN_ROLE);
        p.accessManager.setTargetFunctionRole(address(p.meter), ofPlatform, PLATFORM_ROLE);
        p.accessManager.setTargetFunctionRole(address(p.registry), apiId, PLATFORM_ROLE);
        p.accessManager.grantRole(GOVERNOR_ROLE, p.governor, 0);
        p.accessManager.grantRole(GUARDIAN_ROLE, p.guardian, 0);
        p.accessManager.grantRole(PLATFORM_ROLE, p.platform, 0);
    }

    /// @dev Deploys the bytecode of an npm package as it is: compiled again it would have another init-code hash.
    function _deployCanonical(string memory path, bytes memory args) private returns (address deployed) {
        bytes memory code = bytes.concat(vm.parseJsonBytes(vm.readFile(path), ".bytecode"), args);
        // solhint-disable-next-line no-inline-assembly -- the only way to deploy foreign bytecode
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed.code.length != 0, "the canonical bytecode did not deploy");
    }
}
