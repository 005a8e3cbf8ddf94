// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Seats} from "../../../contracts/registry/libraries/Seats.sol";
import {Account as Prepaid, CardRow, VoucherRow} from "../../../contracts/usage/interfaces/IInferenceMeter.sol";
import {Usage} from "../../../contracts/usage/libraries/UsageVoucher.sol";
import {EarningGhosts} from "./EarningGhosts.sol";

/// @title MeterActions
/// @notice Deposits, credit, withdrawals, vouchers good and bad, cards, and seats that take their credit out.
abstract contract MeterActions is EarningGhosts {
    uint256 private constant MOST_SPEND = 100_000e6;
    uint256 private constant WITHDRAWAL_DELAY = 48 hours;

    function deposit(uint256 userSeed, uint256 amountSeed) external acts {
        address user = _actor(userSeed);
        uint256 amount = _magnitude(amountSeed, 1, MOST_SPEND);
        vm.prank(user);
        p.meter.deposit(amount);
        ++done["deposit"];
    }

    function depositCredit(uint256 userSeed, uint256 amountSeed) external acts {
        vm.prank(p.platform);
        p.meter.depositCredit(_actor(userSeed), _magnitude(amountSeed, 1, MOST_SPEND));
        ++done["depositCredit"];
    }

    function requestWithdrawal(uint256 userSeed, uint256 amountSeed) external acts {
        address user = _actor(userSeed);
        uint256 deposited = p.meter.accountOf(user).deposited;
        if (deposited == 0) return;
        vm.prank(user);
        p.meter.requestWithdrawal(_bound(amountSeed, 1, deposited));
        ++done["requestWithdrawal"];
    }

    /// @dev Goes to a moment at which a request can be executed, if there is one.
    function withdraw(uint256 userSeed, uint256 delaySeed) external acts {
        address user = _actor(userSeed);
        Prepaid memory account = p.meter.accountOf(user);
        if (account.requestedAt == 0 || account.requested == 0) return;
        uint256 maturesAt = account.requestedAt + WITHDRAWAL_DELAY;
        if (time >= maturesAt + WITHDRAWAL_DELAY) return;
        if (time < maturesAt) time = maturesAt + _bound(delaySeed, 0, WITHDRAWAL_DELAY - 1);
        vm.warp(time);
        uint256 before = p.usdc.balanceOf(user);
        vm.prank(user);
        p.meter.withdraw(user);
        assertEq(p.usdc.balanceOf(user) - before, account.requested, "what was requested and is left");
        ++done["withdraw"];
    }

    function settle(uint256 modelSeed, uint256 seed) external acts {
        uint256 modelId = _model(modelSeed);
        VoucherRow[] memory rows = new VoucherRow[](1 + (seed % 3));
        for (uint256 i = 0; i < rows.length; ++i) rows[i] = _voucher(modelId, _hash(seed, i));
        (uint256 inMeter, uint256 inWaterfall, uint256 credits) = _money();
        vm.prank(p.platform);
        p.meter.settle(modelId, rows);
        uint256 brought = inMeter - p.usdc.balanceOf(address(p.meter));
        _checkParts(inWaterfall, credits, brought);
        _checkCumulative(modelId);
        if (brought != 0) _noteSettlement("settle");
    }

    function settleCard(uint256 modelSeed, uint256 listSeed) external acts {
        uint256 list = _magnitude(listSeed, 1, MOST_SPEND);
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
        _noteSettlement("settleCard");
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
        uint256 amount = _magnitude(amountSeed, 1, MOST_SPEND);
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

    /// @dev Cumulative fields never fall, and never pass what was signed.
    function _checkCumulative(uint256 modelId) private {
        for (uint256 i = 0; i < ACTORS; ++i) {
            address user = actors[i];
            Usage memory now_ = p.meter.usageOf(user, user, modelId);
            Usage storage before = _collected[modelId][user];
            Usage storage signed = _signed[modelId][user];
            assertGe(now_.units, before.units, "units");
            assertGe(now_.list, before.list, "list");
            assertGe(now_.paid, before.paid, "paid");
            assertLe(now_.units, signed.units, "units signed");
            assertLe(now_.list, signed.list, "list signed");
            assertLe(now_.paid, signed.paid, "paid signed");
            _collected[modelId][user] = now_;
        }
    }

    function _noteSettlement(string memory action) private {
        uint256 epoch = _epoch();
        if (rateIn[epoch] == 0) {
            epochs.push(epoch);
            rateIn[epoch] = _rate + 1; // one more, so that a rate of zero is noted too
        }
        ++done[action];
    }

    /// @dev A voucher for more use, an old one once more, or one with somebody else's signature.
    function _voucher(uint256 modelId, uint256 seed) private returns (VoucherRow memory row) {
        address user = _actor(seed);
        Usage storage signed = _signed[modelId][user];
        if (seed % 8 != 0) {
            uint256 list = _magnitude(_hash(seed, 1), 1, MOST_SPEND);
            uint256 paid = (list * _bound(_hash(seed, 2), 7_000, 10_000) + 9_999) / 10_000;
            signed.units += uint64(_bound(_hash(seed, 3), 0, list));
            signed.list += uint96(list);
            signed.paid += uint96(paid);
        }
        row = VoucherRow({
            user: user,
            key: user,
            units: signed.units,
            list: signed.list,
            paid: signed.paid,
            r: 0,
            vs: 0
        });
        address signer = seed % 9 == 0 ? _actor(seed + 1) : user;
        bytes32 digest = p.meter.voucherHash(user, user, modelId, row.units, row.list, row.paid);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_privateKeys[signer], digest);
        (row.r, row.vs) = (r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }
}
