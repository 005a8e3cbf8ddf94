// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Skip, Usage, VoucherRow} from "../usage/types/UsageTypes.sol";
import {IProtocolLens} from "./interfaces/IProtocolLens.sol";
import {LensState} from "./LensState.sol";
import {SeriesId, SeriesView} from "./types/LensTypes.sol";

/// @title UsageLens
/// @notice The part of the lens that shows what is signed for usage, and for how much it is good.
abstract contract UsageLens is LensState {
    /// @inheritdoc IProtocolLens
    function seriesOf(SeriesId[] calldata ids) external view returns (SeriesView[] memory series) {
        series = new SeriesView[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            SeriesId calldata id = ids[i];
            SeriesView memory one = series[i];
            (one.collected, one.discount) = _useOf(id.user, id.key, id.modelId);
            (one.account, one.available) = _prepaidOf(id.user);
            one.record = METER.keyOf(id.user, id.key);
        }
    }

    /// @inheritdoc IProtocolLens
    function previewVouchers(
        uint256 modelId,
        VoucherRow[] calldata rows
    ) external view returns (Skip[] memory reasons, Usage[] memory collected) {
        reasons = new Skip[](rows.length);
        collected = new Usage[](rows.length);
        for (uint256 i = 0; i < rows.length; ++i) {
            (reasons[i], collected[i]) = METER.previewVoucher(modelId, rows[i]);
        }
    }
}
