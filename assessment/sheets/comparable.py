"""Bring a text into the form in which two spellings of the same words are equal."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
BLANKS = re.compile(r"\s+")
ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
TYPOGRAPHY = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"\u2026": "..."}
)


PLAINLY_BLANK = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
UNEVEN = ("<", "&", "`", "  ", "\0 ", " \0", *PLAINLY_BLANK)


@lru_cache(maxsize=20_000)
def comparable(text: str) -> str:
    """Fold what survey tools and spreadsheets change: tags, entities, blanks, quotes, dashes, letter case.

    For comparison only; the text as read stays what it was.

    >>> comparable("<b>I can\u2019t&nbsp;tell</b> ") == comparable("I can't tell")
    True
    """
    plain = html.unescape(TAGS.sub(" ", text)) if "<" in text or "&" in text else text
    folded = unicodedata.normalize("NFC", plain).translate(ZERO_WIDTH).translate(TYPOGRAPHY)
    return BLANKS.sub(" ", folded).strip().casefold()


def comparables(texts: Sequence[str]) -> list[str]:
    """Fold many texts; plain ones, such as ids and times, all at once.

    >>> comparables(["Never", "r1"]), comparables(["<b>Never</b>", "r1"])
    (['never', 'r1'], ['never', 'r1'])
    """
    joined = "\0".join(["", *texts, ""])
    is_plain = joined.isascii() and not any(mark in joined for mark in UNEVEN) and joined.count("\0") == len(texts) + 1
    return joined.casefold().split("\0")[1:-1] if is_plain else list(map(comparable, texts))
