// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ShortString} from "@openzeppelin/contracts/utils/ShortStrings.sol";

/// @title PlainText
/// @notice What a name, a symbol or an API id may be made of: well-formed UTF-8 in which every character can be seen, and
/// single spaces between them. A terminal, a wallet or an explorer that prints such a text shows all of it, in its order, and
/// nothing else happens.
///
/// Refused are the control characters (a terminal obeys them), the marks of direction (they reorder what stands around
/// them), the separators of lines and paragraphs, and characters that are drawn as nothing, by which two equal-looking names
/// would differ: what Unicode calls default ignorable, all spaces but the common one, and the few letters and symbols that
/// are blank. For the same reason a space cannot begin or end a text, or follow another. That two different letters look
/// alike cannot be known here.
library PlainText {
    /// @notice A text is not well-formed UTF-8.
    /// @param what Which text it is.
    /// @param index Where the first character that is none begins [bytes].
    error PlainText_Malformed(bytes32 what, uint256 index);
    /// @notice A text contains a character that cannot be seen.
    /// @param what Which text it is.
    /// @param index Where the first such character begins [bytes].
    /// @param codePoint The character.
    error PlainText_Invisible(bytes32 what, uint256 index, uint256 codePoint);
    /// @notice A space begins or ends a text, or follows another space.
    /// @param what Which text it is.
    /// @param index Where the space is [bytes].
    error PlainText_Spacing(bytes32 what, uint256 index);

    /// @dev The lowest bit of each byte of a word.
    uint256 private constant ONES = type(uint256).max / 0xFF;
    /// @dev The highest bit of each byte of a word, and the other seven.
    uint256 private constant HIGH = 0x80 * ONES;
    uint256 private constant LOW = 0x7F * ONES;
    /// @dev Words below this begin with a byte of ASCII.
    uint256 private constant ASCII_END = 1 << 255;
    uint256 private constant SPACE = 0x20;

    /// @dev Reverts unless all of the text is plain. Of several faults the first is reported. What consists of visible
    /// ASCII, as names mostly do, is passed over a word at a time; any other character is looked at alone.
    function check(bytes32 what, string calldata text) internal pure {
        bytes calldata raw = bytes(text);
        uint256 index = 0;
        while (index < raw.length) {
            // Beyond the end of the text a word reads zeros, which are neither visible nor part of a character.
            uint256 word = uint256(bytes32(raw[index:]));
            uint256 size = 0;
            unchecked {
                if (word < ASCII_END) {
                    uint256 others = notVisible(word);
                    uint256 left = raw.length - index; // above zero
                    if (left <= 32 && others >> (256 - 8 * left) == 0) return;
                    size = others == 0 ? 32 : (255 - Math.log2(others)) / 8; // the bytes before the first of the others
                }
                if (size == 0) {
                    uint256 codePoint;
                    (codePoint, size) = decode(word >> 224);
                    require(size != 0, PlainText_Malformed(what, index));
                    if (codePoint == SPACE) require(_isBetween(raw, index), PlainText_Spacing(what, index));
                    else require(!isInvisible(codePoint), PlainText_Invisible(what, index, codePoint));
                }
                index += size; // never beyond the end of the text
            }
        }
    }

    /// @dev A text of at most 31 bytes in one word, as `ShortStrings` stores it, but without the way through memory.
    function toShortString(string calldata text) internal pure returns (ShortString) {
        return ShortString.wrap(bytes32(bytes(text)) | bytes32(bytes(text).length));
    }

    /// @dev Which bytes of a word are no visible ASCII (21 to 7E), all bytes at once: their highest bits are set. A byte
    /// is none for one of three reasons: it is 80 or more, so it has that bit itself; its lower seven bits are 7F, the one
    /// value that reaches 80 when 1 is added; or they are below 21, so that they do not reach 80 when 5F is added. Without
    /// their highest bits, no two bytes add up to more than FF. So nothing is carried from one byte into another.
    function notVisible(uint256 word) internal pure returns (uint256) {
        unchecked {
            uint256 low = word & LOW;
            return (word | (low + ONES) | ~(low + 0x5F * ONES)) & HIGH;
        }
    }

    /// @dev The character with which four bytes begin, and its size [bytes]; a size of zero if they begin with none. Each
    /// mask picks the bits that are fixed in a character of that size. What remains wrong then is a character that would
    /// fit fewer bytes (overlong), half of a UTF-16 pair (surrogate), or one above the last of Unicode.
    function decode(uint256 word) internal pure returns (uint256 codePoint, uint256 size) {
        if (word & 0x80000000 == 0) return (word >> 24, 1);
        if (word & 0xE0C00000 == 0xC0800000) {
            codePoint = ((word >> 18) & 0x7C0) | ((word >> 16) & 0x3F);
            return (codePoint, codePoint < 0x80 ? 0 : 2);
        }
        if (word & 0xF0C0C000 == 0xE0808000) {
            codePoint = ((word >> 12) & 0xF000) | ((word >> 10) & 0xFC0) | ((word >> 8) & 0x3F);
            bool isSurrogate = codePoint & 0xF800 == 0xD800;
            return (codePoint, codePoint < 0x800 || isSurrogate ? 0 : 3);
        }
        if (word & 0xF8C0C0C0 == 0xF0808080) {
            codePoint = ((word >> 6) & 0x1C0000) | ((word >> 4) & 0x3F000) | ((word >> 2) & 0xFC0) | (word & 0x3F);
            return (codePoint, codePoint < 0x10000 || codePoint > 0x10FFFF ? 0 : 4);
        }
    }

    /// @dev Whether a character is one of those that are refused: controls (Unicode's Cc), separators of lines and
    /// paragraphs (Zl, Zp), spaces (Zs) but the common one, everything that is default ignorable, which contains all marks
    /// of direction, and what is drawn as nothing though it has none of these properties: the blank of Braille (2800), the
    /// marks around annotations and the place of an object (FFF9 to FFFC), the joiners and blanks of hieroglyphs (13430 to
    /// 13442), a filler of Khitan (16FE4), a note without a head (1D159), and what is no character (FFFE, FFFF).
    function isInvisible(uint256 codePoint) internal pure returns (bool) {
        if (codePoint < 0x300) return codePoint < 0x20 || _isIn(codePoint, 0x7F, 0xA0) || codePoint == 0xAD;
        if (codePoint < 0x2000) {
            return
                codePoint == 0x34F ||
                codePoint == 0x61C ||
                _isIn(codePoint, 0x115F, 0x1160) ||
                codePoint == 0x1680 ||
                _isIn(codePoint, 0x17B4, 0x17B5) ||
                _isIn(codePoint, 0x180B, 0x180F);
        }
        if (codePoint < 0x3000) {
            return
                _isIn(codePoint, 0x2000, 0x200F) ||
                _isIn(codePoint, 0x2028, 0x202F) ||
                _isIn(codePoint, 0x205F, 0x206F) ||
                codePoint == 0x2800;
        }
        if (codePoint < 0x10000) {
            return
                codePoint == 0x3000 ||
                codePoint == 0x3164 ||
                _isIn(codePoint, 0xFE00, 0xFE0F) ||
                codePoint == 0xFEFF ||
                codePoint == 0xFFA0 ||
                _isIn(codePoint, 0xFFF0, 0xFFFC) ||
                codePoint > 0xFFFD;
        }
        return
            _isIn(codePoint, 0x13430, 0x13442) ||
            codePoint == 0x16FE4 ||
            _isIn(codePoint, 0x1BCA0, 0x1BCA3) ||
            codePoint == 0x1D159 ||
            _isIn(codePoint, 0x1D173, 0x1D17A) ||
            _isIn(codePoint, 0xE0000, 0xE0FFF);
    }

    /// @dev Whether something stands on both sides of a byte, and no space before it.
    function _isBetween(bytes calldata raw, uint256 index) private pure returns (bool) {
        return index != 0 && index + 1 != raw.length && raw[index - 1] != bytes1(uint8(SPACE));
    }

    function _isIn(uint256 codePoint, uint256 first, uint256 last) private pure returns (bool) {
        return codePoint >= first && codePoint <= last;
    }
}
