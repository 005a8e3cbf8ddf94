// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Seats} from "../../../contracts/registry/libraries/Seats.sol";
import {CardRow, Key, Usage, VoucherRow} from "../../../contracts/usage/types/UsageTypes.sol";
import {MeterGhosts} from "./MeterGhosts.sol";

/// @title MeterActions
/// @notice Vouchers good and bad, of users and of their keys, cards, and seats that take their credit out.
abstract contract MeterActions is MeterGhosts {
    function settle(uint256 modelSeed, uint256 seed) external acts {
        uint256 modelId = _model(modelSeed);
        VoucherRow[] memory rows = new VoucherRow[](1 + (seed % 3));
        for (uint256 i = 0; i < rows.length; ++i) rows[i] = _voucher(modelId, _hash(seed, i));
        if (_settle(modelId, rows) != 0) ++done["settle"];
    }

    /// @dev A row with the thinnest margin beside a row that is nearly all net: the first weighs much for its net revenue.
    function settleUnevenly(uint256 modelSeed, uint256 userSeed, uint256 seed) external acts {
        uint256 modelId = _model(modelSeed);
        uint96 list = uint96(_magnitude(seed, 10, MAX_SPEND));
        VoucherRow[] memory rows = new VoucherRow[](2);
        for (uint256 i = 0; i < rows.length; ++i) {
            address user = _actor((userSeed % ACTORS) + i);
            Usage storage signed = _signed[modelId][user][user];
            signed.units += i == 0 ? uint64(list) : 1;
            signed.list += list;
            signed.paid += i == 0 ? (list * 7 + 9) / 10 : list;
            rows[i] = _row(modelId, user, user, signed, user);
        }
        if (_settle(modelId, rows) != 0) ++done["settle unevenly"];
    }

    /// @dev More use by a key in the last second in which it is collected or of a higher cap, or in the first without: it is collected
    /// exactly if key and account have something left.
    function settleAtAnEdge(uint256 modelSeed, uint256 userSeed, uint256 seed) external acts {
        (address user, address key) = _signer(userSeed, 1 + (seed % 2));
        Key storage ghost = _keyNow(user, key);
        uint256 edge = ghost.capFalls ? ghost.nextCapAt : ghost.expiresAt + DELAY;
        if (edge <= time) return;
        _goTo(edge - ((seed >> 1) % 2));
        uint256 modelId = _model(modelSeed);
        _signMore(_signed[modelId][user][key], seed);
        VoucherRow[] memory rows = new VoucherRow[](1);
        rows[0] = _row(modelId, user, key, _signed[modelId][user][key], key);
        bool hasLeft = _hasLeft(user, key) && _signed[modelId][user][key].units > _collected[modelId][user][key].units;
        assertEq(_settle(modelId, rows) != 0, hasLeft, "collected at the edge of a key");
        ++done[hasLeft ? "settle at an edge" : "skip at an edge"];
    }

    function settleCard(uint256 modelSeed, uint256 listSeed) external acts {
        uint256 list = _magnitude(listSeed, 1, MAX_SPEND);
        CardRow[] memory rows = new CardRow[](2);
        for (uint256 i = 0; i < rows.length; ++i) {
            rows[i] = CardRow({
                modelId: _model((modelSeed % MODELS) + i),
                units: uint64(list), // at the price floor
                list: uint96(list),
                paid: uint96(list)
            });
        }
        (, uint256 inWaterfall, uint256 credits) = _money();
        vm.prank(p.platform);
        p.meter.settleCard(rows);
        _checkParts(inWaterfall, credits, 2 * list);
        _noteEpoch();
        ++done["settleCard"];
    }

    function claimCredit(uint256 seatSeed, uint256 amountSeed) external acts {
        bytes32 seat = seatOf(seatSeed % seatCount());
        uint256 credit = p.waterfall.creditOf(seat);
        if (credit == 0) return;
        vm.prank(p.registry.holderOf(seat));
        p.waterfall.claim(seat, _bound(amountSeed, 1, credit), makeAddr("income"));
        ++done["claimCredit"];
    }

    function donateUsdc(uint256 roomSeed, uint256 amountSeed) external acts {
        address room = roomSeed % 2 == 0 ? address(p.meter) : address(p.waterfall);
        uint256 amount = _magnitude(amountSeed, 1, MAX_SPEND);
        vm.prank(p.platform);
        p.usdc.transfer(room, amount);
        donated[address(p.usdc)][room] += amount;
        ++done["donateUsdc"];
    }

    function seatCount() public pure returns (uint256) {
        return 3 + 2 * MODELS;
    }

    /// @notice Every seat that can have a credit.
    function seatOf(uint256 index) public view returns (bytes32) {
        if (index == 0) return Seats.treasury();
        if (index == 1) return Seats.buybackFlock();
        if (index == 2) return p.registry.providerSeatOf(1);
        uint256 modelId = 1 + ((index - 3) % MODELS);
        return index - 3 < MODELS ? Seats.issuer(modelId) : Seats.buybackModel(modelId);
    }

    function creditOfAll() public view returns (uint256 sum) {
        for (uint256 i = 0; i < seatCount(); ++i) sum += p.waterfall.creditOf(seatOf(i));
    }

    function _money() private view returns (uint256 inMeter, uint256 inWaterfall, uint256 credits) {
        return (p.usdc.balanceOf(address(p.meter)), p.usdc.balanceOf(address(p.waterfall)), creditOfAll());
    }

    /// @dev The parts of a settlement are its whole.
    function _checkParts(uint256 inWaterfall, uint256 credits, uint256 brought) private view {
        assertEq(p.usdc.balanceOf(address(p.waterfall)) - inWaterfall, brought, "all of it reaches the waterfall");
        assertEq(creditOfAll() - credits, brought, "the parts are the whole");
    }

    /// @dev Settles, checks what it moves, and returns it [USDC units].
    function _settle(uint256 modelId, VoucherRow[] memory rows) private returns (uint256 brought) {
        (uint256 inMeter, uint256 inWaterfall, uint256 credits) = _money();
        vm.prank(p.platform);
        p.meter.settle(modelId, rows);
        brought = inMeter - p.usdc.balanceOf(address(p.meter));
        _checkParts(inWaterfall, credits, brought);
        assertEq(_noteCollected(modelId), brought, "what is taken is what is collected");
        if (brought != 0) _noteEpoch();
    }

    function _noteEpoch() private {
        uint256 epoch = _epoch();
        if (rateIn[epoch] != 0) return;
        epochs.push(epoch);
        rateIn[epoch] = _rate + 1; // one more, so that a rate of zero is noted too
    }

    /// @dev A voucher for more use or an old one once more, by the user or a key, now and then one that may not sign. A
    /// forgery is for more use too, but nobody has signed that: the user signs for its key, or a key for the user.
    function _voucher(uint256 modelId, uint256 seed) private returns (VoucherRow memory) {
        (address user, address key) = _signer(seed, _hash(seed, 4));
        if (seed % 7 != 0 && !_isAuthorized(user, key)) key = user;
        (, address forger) = _signer(seed, key == user ? 1 : 0);
        bool isForged = seed % 9 == 0;
        Usage storage signed = _signed[modelId][user][key];
        Usage memory before = signed;
        if (seed % 8 != 0) _signMore(signed, seed);
        Usage memory total = signed;
        if (isForged) _signed[modelId][user][key] = before;
        return _row(modelId, user, key, total, isForged ? forger : key);
    }

    /// @dev At a discount of at most 30%, and at or above the price floor.
    function _signMore(Usage storage signed, uint256 seed) private {
        uint256 list = _magnitude(_hash(seed, 1), 1, MAX_SPEND);
        uint256 paid = (list * _bound(_hash(seed, 2), 7_000, 10_000) + 9_999) / 10_000;
        signed.units += uint64(_bound(_hash(seed, 3), seed % 11 == 0 ? 0 : 1, list));
        signed.list += uint96(list);
        signed.paid += uint96(paid);
    }

    function _row(
        uint256 modelId,
        address user,
        address key,
        Usage memory total,
        address signer
    ) private view returns (VoucherRow memory row) {
        row = VoucherRow({user: user, key: key, units: total.units, list: total.list, paid: total.paid, r: 0, vs: 0});
        bytes32 digest = p.meter.voucherHash(user, key, modelId, row.units, row.list, row.paid);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_privateKeys[signer], digest);
        (row.r, row.vs) = (r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    /// @dev Whether anything could be collected that a key signs for a user now.
    function _hasLeft(address user, address key) private returns (bool) {
        Key storage ghost = _keyNow(user, key);
        bool isCovered = _accounts[user].deposited + _accounts[user].credit != 0;
        return isCovered && time < ghost.expiresAt + DELAY && ghost.spent < ghost.cap;
    }
}
