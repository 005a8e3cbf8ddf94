// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {Test} from "forge-std/Test.sol";

import {EmissionDistributor} from "../../../contracts/emissions/EmissionDistributor.sol";
import {Graduation} from "../../../contracts/graduation/Graduation.sol";
import {LiquidityLocker} from "../../../contracts/graduation/LiquidityLocker.sol";
import {LocalFlock} from "../../../contracts/local/LocalFlock.sol";
import {LocalUsdc} from "../../../contracts/local/LocalUsdc.sol";
import {OfferingSettings} from "../../../contracts/offering/interfaces/IRealModelOffering.sol";
import {RealModelOffering} from "../../../contracts/offering/RealModelOffering.sol";
import {TierTerms} from "../../../contracts/registry/interfaces/IModelRegistry.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {Buyback} from "../../../contracts/revenue/Buyback.sol";
import {BuybackSettings} from "../../../contracts/revenue/interfaces/IBuyback.sol";
import {RevenueWaterfall} from "../../../contracts/revenue/RevenueWaterfall.sol";
import {DiscountSettings} from "../../../contracts/staking/interfaces/IModelStaking.sol";
import {ModelStaking} from "../../../contracts/staking/ModelStaking.sol";
import {InferenceMeter} from "../../../contracts/usage/InferenceMeter.sol";
import {VestingVault} from "../../../contracts/vesting/VestingVault.sol";

/// @notice The deployed protocol, its people and the chain's contracts that it uses.
struct Protocol {
    AccessManager accessManager;
    LocalFlock flock;
    LocalUsdc usdc;
    IUniswapV2Factory dexFactory;
    ModelRegistry registry;
    VestingVault vault;
    RevenueWaterfall waterfall;
    Buyback buyback;
    LiquidityLocker locker;
    Graduation graduation;
    RealModelOffering offering;
    ModelStaking staking;
    EmissionDistributor emissions;
    InferenceMeter meter;
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
    uint96 internal constant SMALLEST_MINIMUM = 1e18;
    uint96 internal constant LARGEST_TARGET = 5e26;

    uint64 private constant GOVERNOR_ROLE = 1;
    uint64 private constant GUARDIAN_ROLE = 2;
    uint64 private constant PLATFORM_ROLE = 3;
    string private constant FACTORY_BUILD = "node_modules/@uniswap/v2-core/build/UniswapV2Factory.json";

    /// @dev Deploys and wires everything; this contract holds the whole supplies of FLOCK and USDC.
    function _deployProtocol() internal returns (Protocol memory p) {
        (p.treasury, p.governor) = (makeAddr("treasury"), makeAddr("governor"));
        (p.guardian, p.platform) = (makeAddr("guardian"), makeAddr("platform"));
        p.accessManager = AccessManager(deployCode("AccessManager", abi.encode(address(this))));
        p.flock = LocalFlock(deployCode("LocalFlock", abi.encode(address(this))));
        p.usdc = LocalUsdc(deployCode("LocalUsdc", abi.encode(address(this))));
        p.dexFactory = IUniswapV2Factory(_deployCanonical(FACTORY_BUILD, abi.encode(address(this))));

        _deployRaise(p);
        _deployUsage(p);
        p.registry.wire(address(p.offering), address(p.buyback));
        p.graduation.wire(address(p.offering));
        p.vault.wire(address(p.graduation), address(p.emissions));
        p.waterfall.wire(address(p.meter));
        p.emissions.wire(address(p.meter));
        _grantRoles(p);
    }

    /// @dev Everything that a raise needs, and the buyback, which observes its pool.
    function _deployRaise(Protocol memory p) private {
        address authority = address(p.accessManager);
        p.registry = ModelRegistry(deployCode("ModelRegistry", abi.encode(authority, p.usdc, p.treasury)));
        TierTerms memory tier = TierTerms({
            computeCost: 200_000,
            smallestMinimum: SMALLEST_MINIMUM,
            open: true,
            largestTarget: LARGEST_TARGET,
            guaranteesHash: keccak256("guarantees")
        });
        p.registry.addTier(tier, makeAddr("provider"), "ipfs://guarantees");
        p.vault = VestingVault(deployCode("VestingVault", abi.encode(p.flock, p.registry)));
        p.waterfall = RevenueWaterfall(deployCode("RevenueWaterfall", abi.encode(p.usdc, p.registry)));
        Buyback.Parts memory parts = Buyback.Parts({
            usdc: p.usdc,
            flock: p.flock,
            flockBurns: true,
            dexFactory: p.dexFactory,
            pairFeeBps: 30,
            registry: p.registry,
            vault: p.vault,
            waterfall: p.waterfall
        });
        BuybackSettings memory lots = BuybackSettings({bucketBps: 15, bandBps: 9_800, modelMinReserve: 0});
        p.buyback = Buyback(deployCode("Buyback", abi.encode(authority, parts, lots)));
        p.locker = LiquidityLocker(
            deployCode("LiquidityLocker", abi.encode(p.flock, p.dexFactory, p.vault, p.registry))
        );
        address tokenFactory = deployCode("ModelTokenFactory");
        p.graduation = Graduation(
            deployCode(
                "Graduation",
                abi.encode(p.flock, p.dexFactory, tokenFactory, p.vault, p.locker, p.registry, p.buyback)
            )
        );
        p.offering = RealModelOffering(
            deployCode("RealModelOffering", abi.encode(authority, p.flock, p.registry, p.graduation, _localSettings()))
        );
    }

    /// @dev Everything that usage needs.
    function _deployUsage(Protocol memory p) private {
        address authority = address(p.accessManager);
        DiscountSettings memory discount = DiscountSettings({capBps: 3_000, multiplier: 2});
        p.staking = ModelStaking(deployCode("ModelStaking", abi.encode(authority, p.offering, p.vault, discount)));
        EmissionDistributor.InitialSettings memory rates = EmissionDistributor.InitialSettings({
            dailyRate: 20_000e18,
            maxFlockPerUsdc: 100,
            minimumStake: 1e18
        });
        p.emissions = EmissionDistributor(
            deployCode(
                "EmissionDistributor",
                abi.encode(authority, p.flock, 1e6, p.registry, p.vault, p.graduation, p.staking, rates)
            )
        );
        p.meter = InferenceMeter(
            deployCode("InferenceMeter", abi.encode(authority, p.usdc, p.registry, p.waterfall, p.emissions))
        );
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
