"""Word the refusal of a file: a stable code, what is wrong, where, and what to do."""

from collections.abc import Iterable, Mapping

from assessment.errors import ImportRefused

TITLES: Mapping[str, str] = {
    "E01": "not a response file",
    "E02": "encoding",
    "E03": "single column",
    "E04": "tool not recognised",
    "E05": "tool not certain",
    "E06": "header rows damaged",
    "E07": "item without column",
    "E08": "column claimed twice",
    "E09": "answers not known",
    "E10": "answers not certain",
    "E11": "numbers without key",
    "E12": "spreadsheet damage",
    "E13": "same id twice",
    "E14": "no responses",
    "E15": "headings cut",
}
LONGEST_QUOTE = 40


def problem(code: str, text: str) -> str:
    """Write one problem as its stable code, the code's title and the text.

    >>> problem("E02", "Byte 7 is wrong.")
    'E02 encoding: Byte 7 is wrong.'
    """
    return f"{code} {TITLES[code]}: {text}"


def refused(name: str, problems: Iterable[str]) -> ImportRefused:
    """Make the error that lists every problem of one stage."""
    listed = tuple(problems)
    return ImportRefused(f"{shown(name, longest=80)} cannot be read: {len(listed)} problem(s)", listed)


def shown(text: str, *, longest: int = LONGEST_QUOTE) -> str:
    r"""Shorten a quoted text and show its control characters as escapes, so that it cannot change a message's form.

    >>> shown("a\nb\u202e")
    'a\\nb\\u202e'
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def listed_rows(rows: Iterable[int], *, longest: int = 8) -> str:
    """List row numbers for a message, the first few of them.

    >>> listed_rows([3, 9])
    '3, 9'
    """
    numbers = [str(row) for row in rows]
    return ", ".join(numbers[:longest]) + (f" and {len(numbers) - longest} more" if len(numbers) > longest else "")


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does.

    >>> [column_letter(i) for i in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
