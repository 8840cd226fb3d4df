"""Numerals in Chinese characters."""

from __future__ import annotations

from functools import lru_cache

from checker.numbers.number import LONGEST

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN = "零〇○一二两三四五六七八九十百千万亿廿卅"
"""The characters that numerals are made of."""


@lru_cache(maxsize=4096)
def chinese_value(han: str) -> int | None:
    """The value of a numeral in Chinese characters; also of digits one by one (二〇二一); None when it is none."""
    if not han or len(han) > LONGEST:
        return None
    if han.isdecimal() and han.isascii():
        return int(han)
    han = han.replace("廿", "二十").replace("卅", "三十")
    if len(han) > 1 and all(char in DIGITS for char in han):
        return int("".join(str(DIGITS[char]) for char in han))
    total = section = digit = 0
    last = 10**9
    for char in han:
        if char in DIGITS:
            digit = DIGITS[char]
            if char in "零〇○":
                last = 10**9
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit, last = 0, _UNITS[char]
        elif char in "万亿":
            factor = 10**4 if char == "万" else 10**8
            section += digit
            if char == "亿":
                total, section = (total + (section or (0 if total else 1))) * factor, 0
            else:
                total, section = total + (section or 1) * factor, 0
            digit, last = 0, factor
        else:
            return None
    if digit and last < 10**9 and last >= 100 and han[-2:-1] in ("百", "千", "万", "亿"):
        digit *= last // 10  # 三百五 is 350
    return total + section + digit
