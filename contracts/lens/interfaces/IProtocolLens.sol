// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Fill} from "../../offering/libraries/CurveFill.sol";
import {Skip, Usage, VoucherRow} from "../../usage/types/UsageTypes.sol";
import {AccountView, DueView, RaiseView, SeriesId, SeriesView} from "../types/LensTypes.sol";

/// @title IProtocolLens
/// @notice Reads the protocol for people and programs: each function answers in one call what would take many. Holds no
/// money and no state, and no other contract uses it. The loops are over what the caller passes in.
interface IProtocolLens {
    /// @notice Everything about the raise of a model, and what graduation has made of it.
    /// @param modelId The model.
    /// @return raise The raise, as of now. Amounts round as in the contracts that pay them.
    /// @custom:errors Offering_UnknownModel
    /// @custom:paper 3.2, 3.3, 3.4
    function raiseOf(uint256 modelId) external view returns (RaiseView memory raise);

    /// @notice What `IOfferingPurchases.buyExactIn` would do now. It reverts as that would.
    /// @param modelId The model.
    /// @param flockIn What to pay, with the fee [FLOCK wei].
    /// @return fill What would be paid and what it would yield.
    /// @custom:errors Offering_UnknownModel, Offering_BuysPaused, Offering_SaleClosed, Offering_ZeroAmount,
    /// Offering_YieldsNothing
    /// @custom:paper 3.2, 3.3
    function quoteExactIn(uint256 modelId, uint256 flockIn) external view returns (Fill memory fill);

    /// @notice What `IOfferingPurchases.buyExactOut` would do now. It reverts as that would.
    /// @param modelId The model.
    /// @param mtOut What to get [MT wei].
    /// @return fill What would be paid and what it would yield.
    /// @custom:errors Offering_UnknownModel, Offering_BuysPaused, Offering_SaleClosed, Offering_ZeroAmount
    /// @custom:paper 3.2, 3.3
    function quoteExactOut(uint256 modelId, uint256 mtOut) external view returns (Fill memory fill);

    /// @notice Everything of one account over a list of models: balances, positions, stakes, discounts, prepaid USDC and
    /// rewards.
    /// @param user The account.
    /// @param modelIds The models.
    /// @return account What it has, as of now. Amounts round as in the contracts that pay them.
    /// @custom:errors Offering_UnknownModel
    /// @custom:paper 3.2, 3.5, 3.6, 3.8
    function accountOf(address user, uint256[] calldata modelIds) external view returns (AccountView memory account);

    /// @notice What was collected of series of vouchers, and for how much each of them is good. A platform asks it before it
    /// serves, and before it settles.
    /// @param ids The series. None of them has to exist. A node limits the gas of a call: 300 series take about 7 million.
    /// @return series What is known of each, in their order, as of now.
    /// @custom:errors none
    /// @custom:paper 3.5, 3.6
    function seriesOf(SeriesId[] calldata ids) external view returns (SeriesView[] memory series);

    /// @notice What `IInferenceMeter.previewVoucher` says of many vouchers of one model, each as if it were the only one: two
    /// of them can count on the same balance.
    /// @param modelId The model.
    /// @param rows The vouchers. A node limits the gas of a call: 300 rows take about 5 million.
    /// @return reasons Why each would be skipped, in their order; `None` if it would be collected.
    /// @return collected What would be collected of each, in their order.
    /// @custom:errors none
    /// @custom:paper 3.5
    function previewVouchers(
        uint256 modelId,
        VoucherRow[] calldata rows
    ) external view returns (Skip[] memory reasons, Usage[] memory collected);

    /// @notice Everything that keepers can do now for the protocol and for a list of models.
    /// @param modelIds The models.
    /// @return due What can be done.
    /// @custom:errors Offering_UnknownModel
    /// @custom:paper 3.2, 3.5, 3.7
    function dueOf(uint256[] calldata modelIds) external view returns (DueView memory due);
}
