// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
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
        bytes32 domain = _domainSeparatorV4();
        Spend[] memory spends = new Spend[](rows.length);
        Sum memory sum;
        for (uint256 i = 0; i < rows.length; ++i) {
            VoucherRow memory row = rows[i];
            Usage storage used = _usage[row.user][row.key][modelId];
            (Skip reason, uint256 units, uint256 list, uint256 paid, uint256 net) = _assess(
                modelId,
                terms,
                domain,
                row,
                used
            );
            if (reason != Skip.None) {
                emit VoucherSkipped(modelId, row.user, row.key, reason);
                continue;
            }
            _collect(modelId, row, used, units, list, paid);
            spends[i] = Spend({user: row.user, list: list, paid: paid, net: net});
            // Each is below 2^96, and there are not as many rows as would pass 2^256.
            unchecked {
                sum.units += units;
                sum.list += list;
                sum.paid += paid;
                sum.net += net;
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
        uint256 units;
        uint256 list;
        uint256 paid;
        Usage storage used = _usage[row.user][row.key][modelId];
        (reason, units, list, paid, ) = _assess(
            modelId,
            REGISTRY.usageTermsOf(modelId),
            _domainSeparatorV4(),
            row,
            used
        );
        collected = _usageOf(units, list, paid);
    }

    /// @dev Writes what was collected of one voucher: to the account, the key and the sums.
    function _collect(
        uint256 modelId,
        VoucherRow memory row,
        Usage storage used,
        uint256 units,
        uint256 list,
        uint256 paid
    ) private {
        (uint96 fromCredit, uint96 credit, uint96 deposited) = _charge(row.user, paid);
        if (row.key != row.user) _spendKey(row.user, row.key, paid);
        // None of the sums passes that of the voucher.
        unchecked {
            uint64 unitsSoFar = uint64(used.units + units);
            uint96 listSoFar = uint96(used.list + list);
            uint96 paidSoFar = uint96(used.paid + paid);
            (used.units, used.list, used.paid) = (unitsSoFar, listSoFar, paidSoFar);
            Usage memory collected = _usageOf(units, list, paid);
            emit VoucherCollected(modelId, row.user, row.key, collected, paidSoFar, fromCredit, credit, deposited);
        }
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
    /// @param domain The EIP-712 domain, which is the same for all rows.
    /// @return reason Why nothing can be collected, or `None`.
    /// @return units What can be collected [units].
    /// @return list What can be collected at list price [USDC units].
    /// @return paid What can be collected [USDC units].
    /// @return net What is left of that after compute cost [USDC units]. A part of a voucher bears its part of the compute
    /// cost, so that a low balance takes nothing from the compute provider.
    function _assess(
        uint256 modelId,
        UsageTerms memory terms,
        bytes32 domain,
        VoucherRow memory row,
        Usage storage used
    ) private view returns (Skip reason, uint256 units, uint256 list, uint256 paid, uint256 net) {
        (units, list, paid) = (row.units, row.list, row.paid);
        reason = _checkBounds(terms, units, list, paid);
        if (reason != Skip.None) return (reason, 0, 0, 0, 0);
        bytes32 structHash = UsageVoucher.hash(row.user, row.key, modelId, units, list, paid);
        if (!_isSigned(row, MessageHashUtils.toTypedDataHash(domain, structHash))) {
            return (Skip.BadSignature, 0, 0, 0, 0);
        }

        (uint256 unitsBefore, uint256 listBefore, uint256 paidBefore) = (used.units, used.list, used.paid);
        if (paid <= paidBefore || list < listBefore || units < unitsBefore) return (Skip.NothingNew, 0, 0, 0, 0);
        unchecked {
            (units, list, paid) = (units - unitsBefore, list - listBefore, paid - paidBefore); // see above
        }
        if (!UsageVoucher.hasUnits(units, list)) return (Skip.NoUnits, 0, 0, 0, 0);

        uint256 amount = Math.min(paid, _spendableOf(row.user));
        if (row.key != row.user) {
            uint256 left;
            (reason, left) = _allowanceOf(row.user, row.key);
            if (reason != Skip.None) return (reason, 0, 0, 0, 0);
            amount = Math.min(amount, left);
        }
        if (amount == 0) return (Skip.NoBalance, 0, 0, 0, 0);
        uint256 opex = WaterfallSplit.computeCost(paid, units, terms.computeCost);
        if (amount != paid) {
            opex = UsageVoucher.portion(opex, amount, paid);
            units = UsageVoucher.portion(units, amount, paid);
            list = UsageVoucher.portion(list, amount, paid);
            paid = amount;
        }
        net = paid - opex;
    }

    /// @dev Whether the key of a voucher has signed the digest.
    function _isSigned(VoucherRow memory row, bytes32 digest) private pure returns (bool) {
        (address signer, ECDSA.RecoverError problem, ) = ECDSA.tryRecover(digest, row.r, row.vs);
        return problem == ECDSA.RecoverError.NoError && signer == row.key;
    }

    /// @dev Usage as it is stored. No value is above that of a voucher, which fits.
    function _usageOf(uint256 units, uint256 list, uint256 paid) private pure returns (Usage memory) {
        return Usage({units: uint64(units), list: uint96(list), paid: uint96(paid)});
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
