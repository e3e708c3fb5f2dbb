"""Write workbooks and documents so that the same form gives the same bytes, and no cell is a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl.worksheet.worksheet import Worksheet

WHEN = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """Append rows as text, whatever they begin with."""
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value:
                cell = sheet.cell(number, place, value)
                cell.data_type = "s"  # "=1+1" would become a formula


def undated(data: bytes) -> bytes:
    """Pack the parts of an Office file again in their order, without the time at which it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\3", old.read(name)))
    return packed.getvalue()
