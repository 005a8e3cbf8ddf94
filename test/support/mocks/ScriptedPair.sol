// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ScriptedPair
/// @notice A pair without tokens: a test moves its reserves, as trades would, or sets everything that it reports. Trades
/// with it change nothing.
contract ScriptedPair {
    address public constant token0 = address(1);
    address public constant token1 = address(2);

    uint256 public price0CumulativeLast;
    uint256 public price1CumulativeLast;

    uint112 private _reserve0;
    uint112 private _reserve1;
    uint32 private _touchedAt;

    /// @notice Reserves change now; cumulative prices have run on until now, and wrap.
    function move(uint112 reserve0, uint112 reserve1) external {
        unchecked {
            uint32 elapsed = uint32(block.timestamp) - _touchedAt;
            if (elapsed != 0 && _reserve0 != 0 && _reserve1 != 0) {
                price0CumulativeLast += ((uint256(_reserve1) << 112) / _reserve0) * elapsed;
                price1CumulativeLast += ((uint256(_reserve0) << 112) / _reserve1) * elapsed;
            }
        }
        (_reserve0, _reserve1, _touchedAt) = (reserve0, reserve1, uint32(block.timestamp));
    }

    /// @notice Everything at once.
    function set(
        uint112 reserve0,
        uint112 reserve1,
        uint32 touchedAt,
        uint256 cumulative0,
        uint256 cumulative1
    ) external {
        (_reserve0, _reserve1, _touchedAt) = (reserve0, reserve1, touchedAt);
        (price0CumulativeLast, price1CumulativeLast) = (cumulative0, cumulative1);
    }

    function swap(uint256, uint256, address, bytes calldata) external {}

    function getReserves() external view returns (uint112, uint112, uint32) {
        return (_reserve0, _reserve1, _touchedAt);
    }
}
