// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CardRow, Skip, Usage, VoucherRow} from "../types/UsageTypes.sol";
import {IMeterAccounts} from "./IMeterAccounts.sol";
import {IMeterKeys} from "./IMeterKeys.sol";

/// @title IInferenceMeter
/// @notice Users prepay USDC and sign vouchers for what they use. The platform settles the vouchers (section 3.5,
/// decisions 9 to 12). Neither side can invent usage alone: it takes the signature of the user and the submission of the
/// platform. Holds the USDC of users.
///
/// Every row of a settlement is worked out by itself: what its compute costs, what is left of it, and what it earns. So it
/// makes no difference how the platform divides vouchers among settlements. How usage is divided into vouchers does make one:
/// the price floor holds for the total of a voucher, but a row bears only what its own units cost, and only from its own
/// payment. Whoever signs first much money for few units, and then many units for little, leaves the provider unpaid.
///
/// Trust: the platform counts units honestly, and lets no user sign money ahead of units; the compute provider, who sees its
/// own load and each row in `VoucherCollected`, can stop serving. The platform
/// decides when a voucher is collected, but never how much: that is signed. It cannot touch a balance
/// without a voucher. The guardian can pause deposits, never withdrawals.
interface IInferenceMeter is IMeterAccounts, IMeterKeys {
    // -- Events -------------------------------------------------------------------------------------------------------

    /// @notice A voucher was collected, in full or in part. The user's credit is charged first, then the deposit. A request
    /// for a withdrawal falls to what is left of the deposit.
    /// @param collected What was collected now.
    /// @param paidSoFar What was ever collected for this user, key and model [USDC units].
    /// @param fromCredit How much of it came from the user's credit; the rest came from the deposit [USDC units].
    /// @param credit The user's credit after it [USDC units].
    /// @param deposited The user's deposit after it [USDC units].
    event VoucherCollected(
        uint256 indexed modelId,
        address indexed user,
        address indexed key,
        Usage collected,
        uint256 paidSoFar,
        uint256 fromCredit,
        uint256 credit,
        uint256 deposited
    );
    /// @notice A voucher was skipped. It changed nothing.
    event VoucherSkipped(uint256 indexed modelId, address indexed user, address indexed key, Skip reason);
    /// @notice A card row was skipped. It changed nothing.
    /// @param row Its place in the list that was submitted; the first is 0.
    event CardRowSkipped(uint256 indexed modelId, uint256 row, Skip reason);
    /// @notice Usage of a model was settled. The amounts are sums of what was collected.
    /// @param units Units of inference [units].
    /// @param list Cost at list price [USDC units].
    /// @param paid What was paid [USDC units].
    /// @param net What is left of it after compute cost [USDC units].
    event UsageSettled(uint256 indexed modelId, bool byCard, uint256 units, uint256 list, uint256 paid, uint256 net);

    // -- Settlement ---------------------------------------------------------------------------------------------------

    /// @notice Collects vouchers for one model. A row that is wrong is skipped and reported. If the balance or the cap of the
    /// key does not cover a row, it is collected in part; units and list spend of the part round down. Platform only.
    /// @param modelId The model.
    /// @param rows The vouchers.
    /// @custom:errors AccessManagedUnauthorized
    /// @custom:paper 3.5
    function settle(uint256 modelId, VoucherRow[] calldata rows) external;

    /// @notice Settles usage that was paid by card, with USDC of the caller. A row that is wrong is skipped and reported. If
    /// the caller's USDC or allowance does not cover all other rows, nothing is settled. Platform only.
    /// @param rows The usage.
    /// @custom:errors AccessManagedUnauthorized
    /// @custom:paper 3.5
    function settleCard(CardRow[] calldata rows) external;

    // -- Views --------------------------------------------------------------------------------------------------------

    /// @notice What has been collected for a user, key and model.
    /// @param user The user.
    /// @param key The key; the user itself for what the user signed.
    /// @param modelId The model.
    /// @return The sums.
    /// @custom:errors none
    /// @custom:paper 3.5
    function usageOf(address user, address key, uint256 modelId) external view returns (Usage memory);

    /// @notice The EIP-712 hash that the signer of a voucher signs.
    /// @param user Who pays.
    /// @param key Who signs: the user, or a key that the user authorised.
    /// @param modelId The model.
    /// @param units Units of inference of user, key and model so far [units].
    /// @param list What they cost at list price [USDC units].
    /// @param paid What the user pays for them [USDC units].
    /// @return The hash.
    /// @custom:errors none
    /// @custom:paper 3.5
    function voucherHash(
        address user,
        address key,
        uint256 modelId,
        uint64 units,
        uint96 list,
        uint96 paid
    ) external view returns (bytes32);

    /// @notice What `settle` would do with a row now.
    /// @param modelId The model.
    /// @param row The voucher.
    /// @return reason Why it would be skipped; `None` if it would be collected.
    /// @return collected What would be collected of it.
    /// @custom:errors none
    /// @custom:paper 3.5
    function previewVoucher(
        uint256 modelId,
        VoucherRow calldata row
    ) external view returns (Skip reason, Usage memory collected);
}
