// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Stake} from "../../../contracts/staking/interfaces/IModelStaking.sol";
import {EarningGhosts} from "./EarningGhosts.sol";

/// @title StakeActions
/// @notice Stakes, exits, second thoughts, and tokens sent to staking by mistake.
abstract contract StakeActions is EarningGhosts {
    function stake(uint256 modelSeed, uint256 userSeed, uint256 amountSeed) external acts {
        (uint256 modelId, address user) = (_model(modelSeed), _actor(userSeed));
        uint256 balance = tokenOf(modelId).balanceOf(user);
        if (balance == 0) return;
        vm.prank(user);
        p.staking.stake(modelId, amountSeed % 2 == 0 ? balance : _bound(amountSeed, 1, balance));
        ++done["stake"];
    }

    function requestExit(uint256 modelSeed, uint256 userSeed, uint256 amountSeed) external acts {
        (uint256 modelId, address user) = (_model(modelSeed), _actor(userSeed));
        Stake memory record = p.staking.stakeRecordOf(modelId, user);
        uint256 staked = uint256(record.active) + record.warming;
        if (staked == 0 || amountSeed % 3 == 0) return;
        vm.prank(user);
        p.staking.requestExit(modelId, _bound(amountSeed, 1, staked));
        ++done["requestExit"];
    }

    function cancelExit(uint256 modelSeed, uint256 userSeed, uint256 amountSeed) external acts {
        (uint256 modelId, address user) = (_model(modelSeed), _actor(userSeed));
        uint256 exiting = p.staking.stakeRecordOf(modelId, user).exiting;
        if (exiting == 0) return;
        vm.prank(user);
        p.staking.cancelExit(modelId, _bound(amountSeed, 1, exiting));
        ++done["cancelExit"];
    }

    function withdrawStake(uint256 modelSeed, uint256 userSeed) external acts {
        (uint256 modelId, address user) = (_model(modelSeed), _actor(userSeed));
        Stake memory record = p.staking.stakeRecordOf(modelId, user);
        if (record.exiting == 0 || time < record.withdrawableAt) return;
        vm.prank(user);
        assertEq(p.staking.withdraw(modelId), record.exiting, "all that was on its way out");
        ++done["withdrawStake"];
    }

    function donateMt(uint256 modelSeed, uint256 userSeed, uint256 amountSeed) external acts {
        (uint256 modelId, address user) = (_model(modelSeed), _actor(userSeed));
        IERC20 token = tokenOf(modelId);
        uint256 balance = token.balanceOf(user);
        if (balance == 0) return;
        uint256 amount = _bound(_magnitude(amountSeed, 1, 1e18), 1, balance);
        vm.prank(user);
        token.transfer(address(p.staking), amount);
        donated[address(token)][address(p.staking)] += amount;
        ++done["donateMt"];
    }
}
