// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IUsageRecords} from "../emissions/interfaces/IUsageRecords.sol";
import {Spend} from "../emissions/types/EmissionTypes.sol";
import {IModelRegistry, UsageTerms} from "../registry/interfaces/IModelRegistry.sol";
import {IRevenueWaterfall} from "../revenue/interfaces/IRevenueWaterfall.sol";
import {WaterfallSplit} from "../revenue/libraries/WaterfallSplit.sol";
import {IInferenceMeter} from "./interfaces/IInferenceMeter.sol";
import {UsageVoucher} from "./libraries/UsageVoucher.sol";
import {MeterAccounts} from "./MeterAccounts.sol";
import {MeterKeys} from "./MeterKeys.sol";
import {CardRow, Skip, Usage, VoucherRow} from "./types/UsageTypes.sol";

/// @title InferenceMeter
/// @notice Implements `IInferenceMeter`, which is its manual. Balances and keys are parts of their own; this part settles.
contract InferenceMeter is IInferenceMeter, MeterAccounts, MeterKeys, Multicall {
    using SafeERC20 for IERC20;
    using UsageVoucher for Usage;

    /// @dev Sums of one settlement. They are wide, because a batch adds up many rows.
    /// @param units Units of inference [units].
    /// @param list Cost at list price [USDC units].
    /// @param paid What was paid [USDC units].
    /// @param net What is left of that after compute cost [USDC units].
    struct Sum {
        uint256 units;
        uint256 list;
        uint256 paid;
        uint256 net;
    }

    /// @notice Where the models are.
    IModelRegistry public immutable REGISTRY;
    /// @notice Where what users paid goes.
    IRevenueWaterfall public immutable WATERFALL;
    /// @notice Where usage earns rewards.
    IUsageRecords public immutable EMISSIONS;

    mapping(address user => mapping(address key => mapping(uint256 modelId => Usage))) private _usage;

    /// @param authority The AccessManager.
    /// @param usdc The token in which inference is paid.
    /// @param registry Where the models are.
    /// @param waterfall Where what users paid goes.
    /// @param emissions Where usage earns rewards.
    constructor(
        address authority,
        IERC20 usdc,
        IModelRegistry registry,
        IRevenueWaterfall waterfall,
        IUsageRecords emissions
    ) MeterAccounts(authority, usdc) EIP712("FOMO InferenceMeter", "1") {
        REGISTRY = registry;
        WATERFALL = waterfall;
        EMISSIONS = emissions;
    }

    /// @inheritdoc IInferenceMeter
    function settle(uint256 modelId, VoucherRow[] calldata rows) external restricted nonReentrant {
        UsageTerms memory terms = REGISTRY.usageTermsOf(modelId);
        Spend[] memory spends = new Spend[](rows.length);
        Sum memory sum;
        for (uint256 i = 0; i < rows.length; ++i) {
            VoucherRow calldata row = rows[i];
            Usage storage used = _usage[row.user][row.key][modelId];
            (Skip reason, Usage memory collected, uint256 net) = _assess(modelId, terms, row, used);
            if (reason == Skip.None) {
                _collect(modelId, row, used, collected);
                spends[i] = Spend({user: row.user, list: collected.list, paid: collected.paid, net: net});
                sum.units += collected.units;
                sum.list += collected.list;
                sum.paid += collected.paid;
                sum.net += net;
            } else {
                emit VoucherSkipped(modelId, row.user, row.key, reason);
            }
        }
        if (sum.paid != 0) {
            USDC.safeTransfer(address(WATERFALL), sum.paid);
            _bring(modelId, terms, false, sum, spends);
        }
    }

    /// @inheritdoc IInferenceMeter
    function settleCard(CardRow[] calldata rows) external restricted nonReentrant {
        for (uint256 i = 0; i < rows.length; ++i) {
            CardRow calldata row = rows[i];
            UsageTerms memory terms = REGISTRY.usageTermsOf(row.modelId);
            Skip reason = row.paid == 0 ? Skip.NothingNew : _checkBounds(terms, row.units, row.list, row.paid);
            if (reason == Skip.None && !UsageVoucher.hasUnits(row.units, row.list)) reason = Skip.NoUnits;
            if (reason == Skip.None) {
                USDC.safeTransferFrom(msg.sender, address(WATERFALL), row.paid);
                uint256 net = row.paid - WaterfallSplit.computeCost(row.paid, row.units, terms.computeCost);
                Sum memory sum = Sum({units: row.units, list: row.list, paid: row.paid, net: net});
                _bring(row.modelId, terms, true, sum, new Spend[](0));
            } else {
                emit CardRowSkipped(row.modelId, i, reason);
            }
        }
    }

    /// @inheritdoc IInferenceMeter
    function usageOf(address user, address key, uint256 modelId) external view returns (Usage memory) {
        return _usage[user][key][modelId];
    }

    /// @inheritdoc IInferenceMeter
    function voucherHash(
        address user,
        address key,
        uint256 modelId,
        uint64 units,
        uint96 list,
        uint96 paid
    ) external view returns (bytes32) {
        return _hashTypedDataV4(UsageVoucher.hash(user, key, modelId, units, list, paid));
    }

    /// @inheritdoc IInferenceMeter
    function previewVoucher(
        uint256 modelId,
        VoucherRow calldata row
    ) external view returns (Skip reason, Usage memory collected) {
        (reason, collected, ) = _assess(
            modelId,
            REGISTRY.usageTermsOf(modelId),
            row,
            _usage[row.user][row.key][modelId]
        );
    }

    /// @dev Writes what was collected of one voucher: to the account, the key and the sums.
    function _collect(uint256 modelId, VoucherRow calldata row, Usage storage used, Usage memory collected) private {
        (uint96 fromCredit, uint96 credit, uint96 deposited) = _charge(row.user, collected.paid);
        if (row.key != row.user) _spendKey(row.user, row.key, collected.paid);
        uint96 paidSoFar = used.paid + collected.paid;
        (used.units, used.list, used.paid) = (used.units + collected.units, used.list + collected.list, paidSoFar);
        emit VoucherCollected(modelId, row.user, row.key, collected, paidSoFar, fromCredit, credit, deposited);
    }

    /// @dev Divides what a settlement brought, and records what it earns. For a row that was skipped, `spends` has zeros.
    function _bring(
        uint256 modelId,
        UsageTerms memory terms,
        bool byCard,
        Sum memory sum,
        Spend[] memory spends
    ) private {
        emit UsageSettled(modelId, byCard, sum.units, sum.list, sum.paid, sum.net);
        WATERFALL.split(modelId, terms.providerSeat, sum.paid - sum.net, sum.net);
        EMISSIONS.record(modelId, terms.liveAt, sum.net, spends);
    }

    /// @dev What can be collected of a voucher now, or why nothing can be. The bounds are checked on the totals of the voucher
    /// and not on what is left of it, so that a partial collection never blocks the rest.
    /// @return reason Why nothing can be collected, or `None`.
    /// @return collected What can be collected.
    /// @return net What is left of the collected payment after compute cost [USDC units]. If only a part is collected, it
    /// bears its part of the compute cost, so that a low balance takes nothing from the compute provider.
    function _assess(
        uint256 modelId,
        UsageTerms memory terms,
        VoucherRow calldata row,
        Usage storage used
    ) private view returns (Skip reason, Usage memory collected, uint256 net) {
        reason = _checkBounds(terms, row.units, row.list, row.paid);
        if (reason != Skip.None) return (reason, collected, 0);
        if (!_isSigned(modelId, row)) return (Skip.BadSignature, collected, 0);

        Usage memory due = used;
        if (row.paid <= due.paid || row.list < due.list || row.units < due.units) {
            return (Skip.NothingNew, collected, 0);
        }
        due = Usage({units: row.units - due.units, list: row.list - due.list, paid: row.paid - due.paid});
        if (!UsageVoucher.hasUnits(due.units, due.list)) return (Skip.NoUnits, collected, 0);

        uint256 amount = Math.min(due.paid, _spendableOf(row.user));
        if (row.key != row.user) {
            uint256 left;
            (reason, left) = _allowanceOf(row.user, row.key);
            if (reason != Skip.None) return (reason, collected, 0);
            amount = Math.min(amount, left);
        }
        if (amount == 0) return (Skip.NoBalance, collected, 0);
        uint256 opex = WaterfallSplit.computeCost(due.paid, due.units, terms.computeCost);
        if (amount != due.paid) opex = (opex * amount) / due.paid;
        collected = due.portion(amount);
        net = amount - opex;
    }

    /// @dev Whether the key of a voucher has signed it.
    function _isSigned(uint256 modelId, VoucherRow calldata row) private view returns (bool) {
        bytes32 structHash = UsageVoucher.hash(row.user, row.key, modelId, row.units, row.list, row.paid);
        (address signer, ECDSA.RecoverError problem, ) = ECDSA.tryRecover(_hashTypedDataV4(structHash), row.r, row.vs);
        return problem == ECDSA.RecoverError.NoError && signer == row.key;
    }

    /// @dev Checks what holds for every row: the model is served, and the price floor and the discount cap are kept.
    function _checkBounds(
        UsageTerms memory terms,
        uint256 units,
        uint256 list,
        uint256 paid
    ) private pure returns (Skip) {
        if (terms.liveAt == 0) return Skip.ModelNotLive;
        if (!UsageVoucher.keepsPriceFloor(units, list, terms.minimumPrice)) return Skip.BelowPriceFloor;
        if (!UsageVoucher.keepsDiscountCap(list, paid)) return Skip.AboveDiscountCap;
        return Skip.None;
    }
}
