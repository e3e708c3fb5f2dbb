"""Tell from its first bytes what a file is, and refuse what holds no table of answers."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from assessment.sheets.refusals import problem, refused

Container = Literal["text", "xlsx", "sav", "parquet"]
EXPORT_AGAIN = "Export the responses from the survey tool as CSV or XLSX and import that file as downloaded."
BINARY: Mapping[bytes, str] = {
    b"\xd0\xcf\x11\xe0": "an old or an encrypted Office file. Save it without a password as XLSX or 'CSV UTF-8'.",
    b"PAR1": f"a Parquet file, which is not read here. {EXPORT_AGAIN}",
    b"$FL2": f"an SPSS file, which is not read here. {EXPORT_AGAIN}",
    b"$FL3": f"an SPSS file, which is not read here. {EXPORT_AGAIN}",
    b"%PDF": f"a PDF document. {EXPORT_AGAIN}",
    b"\x89PNG": f"a picture. {EXPORT_AGAIN}",
    b"GIF8": f"a picture. {EXPORT_AGAIN}",
    b"\xff\xd8\xff": f"a picture. {EXPORT_AGAIN}",
    b"\x1f\x8b": "a compressed file. Unpack it and import the table inside.",
    b"7z\xbc\xaf": "a compressed file. Unpack it and import the table inside.",
    b"Rar!": "a compressed file. Unpack it and import the table inside.",
    b"SQLite format 3": f"a database. {EXPORT_AGAIN}",
    b"\x7fELF": f"a program. {EXPORT_AGAIN}",
    b"MZ\x90": f"a program. {EXPORT_AGAIN}",
}
EXTRA: Mapping[bytes, Container] = {b"$FL2": "sav", b"$FL3": "sav", b"PAR1": "parquet"}
LIMESURVEY = "Responses > Export > Export responses, format CSV"
JSON = r"\{|\[\s*[\{\]]"
MARKUP: Mapping[str, str] = {
    r"<\?xml.{0,200}<limesurveydoctype>": (
        f"describes a LimeSurvey survey but holds no table of responses. In LimeSurvey: {LIMESURVEY}."
    ),
    r"<\?xml|<document\b": f"describes a survey or a document but holds no table of responses. {EXPORT_AGAIN}",
    r"<!doctype html|<html|<head|<body|<table|<meta|<style|<!--": (
        f"is a web page, whatever its name ends in. {EXPORT_AGAIN}"
    ),
    JSON: f"is JSON, which is not read here. {EXPORT_AGAIN}",
}


def container_of(name: str, data: bytes, *, also: Collection[str] = ()) -> Container:
    """Name the container of a file by its first bytes.

    Parameters
    ----------
    also
        Containers that the caller reads besides text and workbooks: "json", "sav", "parquet".

    Raises
    ------
    ImportRefused
        E01 when the file is empty or is known to be something else than a table.
    """
    if not data or data.isspace():
        raise refused(name, [problem("E01", f"The file is empty. {EXPORT_AGAIN}")])
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    for magic, kind in EXTRA.items():
        if data.startswith(magic) and kind in also:
            return kind
    found = next((what for magic, what in BINARY.items() if data.startswith(magic)), None)
    if found:
        raise refused(name, [problem("E01", f"The file is {found}")])
    return "text"


def is_json(text: str) -> bool:
    """Tell whether a text begins like JSON."""
    return bool(re.match(JSON, text.lstrip()))


def check_is_table_text(name: str, text: str, *, also: Collection[str] = ()) -> None:
    """Refuse text that is empty, a page, a structure file, JSON unless `also` names it, or not text at all.

    Raises
    ------
    ImportRefused
        E01, with the line of the first NUL byte where there is one.
    """
    if not text or text.isspace():
        raise refused(name, [problem("E01", f"The file is empty. {EXPORT_AGAIN}")])
    start = text[:2000].lstrip().casefold()
    known = {pattern: what for pattern, what in MARKUP.items() if not (pattern == JSON and "json" in also)}
    found = next((what for pattern, what in known.items() if re.match(pattern, start, re.DOTALL)), None)
    if found:
        raise refused(name, [problem("E01", f"The file {found}")])
    before, nul, _ = text.partition("\0")
    if nul:
        line = len(before.splitlines()) or 1
        raise refused(name, [problem("E01", f"Line {line} holds a NUL byte, so this is not a table. {EXPORT_AGAIN}")])
