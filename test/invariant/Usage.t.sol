// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Stake} from "../../contracts/staking/interfaces/IModelStaking.sol";
import {Account as Prepaid} from "../../contracts/usage/types/UsageTypes.sol";
import {EarningCampaign} from "./EarningCampaign.sol";

/// @dev What holds of meter, waterfall and staking after every action:
///
///  18. USDC(meter) = sum over users of (deposited + credit) + donations; requested <= deposited for every user
///  19. USDC(waterfall) = sum over seats of credit + donations
///  20. the parts of every settlement = its whole (checked by the handler at each)
///  21. units, list and paid of a user, key and model never fall and never pass what that key signed (likewise)
///  22. MT(staking) = sum over users of (active + warming + exiting) + donations, for every model
contract UsageInvariantTest is EarningCampaign {
    function invariant_EverythingHeldBelongsToSomebody() external atHandlersTime {
        _checkMeter();
        _checkWaterfall();
        for (uint256 modelId = 1; modelId <= handler.MODELS(); ++modelId) _checkStaking(modelId);
    }

    function _checkMeter() private view {
        uint256 sum = handler.donated(address(p.usdc), address(p.meter));
        for (uint256 i = 0; i < handler.ACTORS(); ++i) {
            Prepaid memory account = p.meter.accountOf(handler.actors(i));
            sum += uint256(account.deposited) + account.credit;
            assertLe(account.requested, account.deposited, "a request never covers what is not there");
        }
        assertEq(p.usdc.balanceOf(address(p.meter)), sum, "USDC of the meter");
    }

    function _checkWaterfall() private view {
        uint256 sum = handler.creditOfAll() + handler.donated(address(p.usdc), address(p.waterfall));
        assertEq(p.usdc.balanceOf(address(p.waterfall)), sum, "USDC of the waterfall");
    }

    function _checkStaking(uint256 modelId) private view {
        uint256 sum = handler.donated(address(handler.tokenOf(modelId)), address(p.staking));
        for (uint256 i = 0; i < handler.ACTORS(); ++i) {
            Stake memory record = p.staking.stakeRecordOf(modelId, handler.actors(i));
            sum += uint256(record.active) + record.warming + record.exiting;
        }
        assertEq(handler.tokenOf(modelId).balanceOf(address(p.staking)), sum, "MT of staking");
    }
}
