"""Decode text strictly: what is not certain is refused, and no character is ever replaced."""

import codecs
from collections.abc import Collection, Mapping

from assessment.sheets.comparable import comparable
from assessment.sheets.refusals import problem, refused

BYTE_ORDER_MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
LEGACY = ("cp1252", "cp1250")
SAMPLE = 200_000


def decoded(name: str, data: bytes, known_texts: Collection[str]) -> tuple[str, str]:
    """Decode bytes by byte order mark, as UTF-8, or as Western or Central European text.

    Parameters
    ----------
    known_texts
        Headings and answers that the file may hold. They alone decide between Western and Central European text: the
        encoding in which more of them occur. There is no statistical guess.

    Returns
    -------
    text, encoding

    Raises
    ------
    ImportRefused
        E02 with the position of the first byte that does not fit.
    """
    mark = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    encoding = BYTE_ORDER_MARKS[mark] if mark else "utf-8"
    text, position = _attempt(data, encoding)
    if text is not None:
        return text, encoding
    if mark:
        raise refused(name, [_misfit(position, "the encoding that its first bytes declare")])
    return _legacy(name, data, position, known_texts)


def _legacy(name: str, data: bytes, position: int, known_texts: Collection[str]) -> tuple[str, str]:
    """Choose the legacy encoding in which more known texts occur, or the only text that all give."""
    texts = {encoding: text for encoding in LEGACY if (text := _attempt(data, encoding)[0]) is not None}
    if len(texts) == len(LEGACY) and len(set(texts.values())) == 1:
        return texts[LEGACY[0]], LEGACY[0]
    telling = {comparable(text) for text in known_texts if not text.isascii()}
    hits = {encoding: _n_found(text, telling) for encoding, text in texts.items()}
    best = [encoding for encoding, n in hits.items() if n and n == max(hits.values())]
    if len(best) != 1:
        raise refused(name, [_misfit(position, "UTF-8, and known words do not settle which older encoding it is")])
    return texts[best[0]], best[0]


def _attempt(data: bytes, encoding: str) -> tuple[str | None, int]:
    """Give the text, or None and the place of the first byte that does not fit.

    The codec's own exception carries the whole file, so it must not become the context of a refusal.
    """
    try:
        return data.decode(encoding), len(data)
    except UnicodeDecodeError as error:
        return None, error.start


def _n_found(text: str, telling: Collection[str]) -> int:
    """Count the known texts that occur in the beginning of a decoded file."""
    sample = comparable(text[:SAMPLE])
    return sum(known in sample for known in telling)


def _misfit(position: int, what: str) -> str:
    return problem("E02", f"Byte {position + 1} does not fit {what}. Save as 'CSV UTF-8' or XLSX and import again.")
