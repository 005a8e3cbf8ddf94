// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title FlockBurn
/// @notice Takes FLOCK out of the world: by its `burn`, or by the dead address where it has none (decision 17).
library FlockBurn {
    using SafeERC20 for IERC20;

    /// @dev Where FLOCK without a `burn` goes.
    address internal constant DEAD = 0x000000000000000000000000000000000000dEaD;

    /// @dev Burns FLOCK of this contract.
    /// @param hasBurn Whether FLOCK has a `burn`.
    function burn(IERC20 flock, bool hasBurn, uint256 amount) internal {
        if (hasBurn) {
            ERC20Burnable(address(flock)).burn(amount);
        } else {
            flock.safeTransfer(DEAD, amount);
        }
    }
}
