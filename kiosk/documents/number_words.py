"""Numbers and dates written in Vietnamese words, as the declarations ask ("ghi bằng chữ")."""

from kiosk.domain.partial_date import PartialDate

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
LARGEST = 10**12 - 1


def number_words(number: int) -> str:
    """A number from 0 to 999 999 999 999 in words: ``2026`` → "hai nghìn không trăm hai mươi sáu".

    Raises ``ValueError`` outside that range.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError("number out of range")
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            words += [*_group_words(count, full=bool(words)), name]
    if number:
        words += _group_words(number, full=bool(words))
    return " ".join(words)


def date_words(day: PartialDate) -> str:
    """The known part of a date: "ngày mười hai tháng tám năm …", "tháng tám năm …" or "năm …"."""
    words = [f"năm {number_words(day.year)}"]
    if day.month is not None:
        words.insert(0, f"tháng {'tư' if day.month == 4 else number_words(day.month)}")
    if day.day is not None:
        words.insert(0, f"ngày {number_words(day.day)}")
    return " ".join(words)


def _group_words(number: int, *, full: bool) -> list[str]:
    """The words of 1 to 999; after a higher group (``full``) the empty hundreds are said, too."""
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest == 0:
        return words
    tens, units = divmod(rest, 10)
    if tens == 0:
        return [*words, "linh", _DIGITS[units]] if words else [_DIGITS[units]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return [*words, _unit_word(tens, units)] if units else words


def _unit_word(tens: int, units: int) -> str:
    """The last digit after a ten: "mốt", "tư" and "lăm" change their sound."""
    if units == 5:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return _DIGITS[units]
