// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {Test} from "forge-std/Test.sol";

import {Graduation} from "../../../contracts/graduation/Graduation.sol";
import {LiquidityLocker} from "../../../contracts/graduation/LiquidityLocker.sol";
import {LocalFlock} from "../../../contracts/local/LocalFlock.sol";
import {LocalUsdc} from "../../../contracts/local/LocalUsdc.sol";
import {OfferingSettings} from "../../../contracts/offering/interfaces/IRealModelOffering.sol";
import {RealModelOffering} from "../../../contracts/offering/RealModelOffering.sol";
import {TierTerms} from "../../../contracts/registry/interfaces/IModelRegistry.sol";
import {ModelRegistry} from "../../../contracts/registry/ModelRegistry.sol";
import {ModelTokenFactory} from "../../../contracts/token/ModelTokenFactory.sol";
import {VestingVault} from "../../../contracts/vesting/VestingVault.sol";

/// @notice The deployed protocol, its people and the chain's contracts that it uses.
struct Protocol {
    LocalFlock flock;
    IUniswapV2Factory dexFactory;
    ModelRegistry registry;
    VestingVault vault;
    LiquidityLocker locker;
    Graduation graduation;
    RealModelOffering offering;
    address treasury;
    address governor;
    address guardian;
}

/// @title LocalProtocol
/// @notice Deploys the real contracts and canonical Uniswap v2 for Solidity tests, with the settings of the local chain.
/// Governance acts without its delay here, because time is what these tests shake.
abstract contract LocalProtocol is Test {
    /// @dev The least minimum of the one tier [FLOCK wei]: small, so that rounding shows.
    uint96 internal constant SMALLEST_MINIMUM = 1e18;
    uint96 internal constant LARGEST_TARGET = 5e26;

    uint64 private constant GOVERNOR_ROLE = 1;
    uint64 private constant GUARDIAN_ROLE = 2;
    string private constant FACTORY_BUILD = "node_modules/@uniswap/v2-core/build/UniswapV2Factory.json";

    /// @dev Deploys and wires everything; this contract holds the whole supply of FLOCK.
    function _deployProtocol() internal returns (Protocol memory p) {
        (p.treasury, p.governor, p.guardian) = (makeAddr("treasury"), makeAddr("governor"), makeAddr("guardian"));
        p.flock = new LocalFlock(address(this));
        p.dexFactory = IUniswapV2Factory(_deployCanonical(FACTORY_BUILD, abi.encode(address(this))));

        AccessManager accessManager = new AccessManager(address(this));
        p.registry = new ModelRegistry(address(accessManager), new LocalUsdc(address(this)), p.treasury);
        p.vault = new VestingVault(p.flock, p.registry);
        p.locker = new LiquidityLocker(address(p.flock), p.dexFactory, p.vault, p.registry);
        p.graduation = new Graduation(
            p.flock,
            p.dexFactory,
            new ModelTokenFactory(),
            p.vault,
            address(p.locker),
            p.registry
        );
        p.offering = new RealModelOffering(address(accessManager), p.flock, p.registry, p.graduation, _localSettings());

        p.registry.wire(address(p.offering));
        p.graduation.wire(address(p.offering));
        p.vault.wire(address(p.graduation));
        TierTerms memory tier = TierTerms({
            computeCost: 200_000,
            smallestMinimum: SMALLEST_MINIMUM,
            open: true,
            largestTarget: LARGEST_TARGET,
            guaranteesHash: keccak256("guarantees")
        });
        p.registry.addTier(tier, makeAddr("provider"), "ipfs://guarantees");
        _grantRoles(accessManager, p);
    }

    /// @dev The settings of the local chain (DESIGN, decision 27).
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

    function _grantRoles(AccessManager accessManager, Protocol memory p) private {
        bytes4[] memory ofGovernor = new bytes4[](1);
        ofGovernor[0] = p.offering.setOfferingSettings.selector;
        bytes4[] memory ofGuardian = new bytes4[](4);
        ofGuardian[0] = p.offering.pauseLaunches.selector;
        ofGuardian[1] = p.offering.unpauseLaunches.selector;
        ofGuardian[2] = p.offering.pauseBuys.selector;
        ofGuardian[3] = p.offering.unpauseBuys.selector;
        accessManager.setTargetFunctionRole(address(p.offering), ofGovernor, GOVERNOR_ROLE);
        accessManager.setTargetFunctionRole(address(p.offering), ofGuardian, GUARDIAN_ROLE);
        accessManager.grantRole(GOVERNOR_ROLE, p.governor, 0);
        accessManager.grantRole(GUARDIAN_ROLE, p.guardian, 0);
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
