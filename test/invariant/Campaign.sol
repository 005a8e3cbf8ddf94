// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LocalProtocol, Protocol} from "../support/solidity/LocalProtocol.sol";
import {Handler} from "./handlers/Handler.sol";

/// @title Campaign
/// @notice A deployed protocol that a handler shakes. The runner knows a handler only from a whole build: a single file
/// runs with `hardhat build` and then `hardhat test solidity --no-compile FILE`.
/// @dev A campaign has one invariant function, which checks everything that holds: the runner walks through all histories
/// again for each such function, and a history is what costs time.
abstract contract Campaign is LocalProtocol {
    /// @dev A moment after the first pause could have ended in 1970, and before 40 bits run out [s].
    uint256 internal constant STARTS_AT = 1_800_000_000;

    uint256 private constant WALKS = 40;
    uint256 private constant STEPS = 250;

    Protocol internal p;
    Handler private _handler;

    /// @dev Checks happen at the time at which the handler acted last.
    modifier atHandlersTime() {
        vm.warp(_handler.time());
        _;
    }

    function setUp() public {
        vm.warp(STARTS_AT);
        p = _deployProtocol();
        _handler = _prepare();
        targetContract(address(_handler));
    }

    /// @dev Sets the scene and deploys the handler that shakes it.
    function _prepare() internal virtual returns (Handler);

    /// @notice Walks at random: `steps` of the handler's `actions`, which must all succeed. All arguments are numbers.
    /// @dev A call of its own, after which its memory is free.
    function walk(bytes4[] calldata actions, uint256 seed, uint256 steps) external {
        for (uint256 i = 0; i < steps; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            bytes memory call_ = abi.encodePacked(
                actions[seed % actions.length],
                keccak256(abi.encode(seed, 1)),
                keccak256(abi.encode(seed, 2)),
                keccak256(abi.encode(seed, 3)),
                keccak256(abi.encode(seed, 4))
            );
            // solhint-disable-next-line avoid-low-level-calls -- one of many functions, all with numbers as arguments
            (bool succeeded, bytes memory answer) = address(_handler).call(call_);
            assertTrue(succeeded, string(answer));
        }
    }

    /// @dev Checks that some walks of a campaign's length from the same beginning do each of `kinds`, all together.
    function _assertReached(bytes4[] memory actions, string[] memory kinds) internal {
        uint256[] memory counts = new uint256[](kinds.length);
        uint256 beginning = vm.snapshotState();
        for (uint256 seed = 0; seed < WALKS; ++seed) {
            this.walk(actions, seed, STEPS);
            for (uint256 i = 0; i < kinds.length; ++i) counts[i] += _handler.done(kinds[i]);
            vm.revertToState(beginning);
        }
        for (uint256 i = 0; i < kinds.length; ++i) assertGt(counts[i], 0, kinds[i]);
    }
}
