"""Write down how a file was read: for the person who imports, never for a report, and never with an answer."""

from collections.abc import Collection, Mapping

import pandas as pd

from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED, ImportReceipt
from assessment.responses.detection import Detected
from assessment.responses.layout import Layout
from assessment.responses.mapping import Mapped
from assessment.responses.rows import Kept
from assessment.sheets import comparable
from assessment.sheets.refusals import shown

OUTSIDE = "another wave or organisation"


def receipt_of(
    file_name: str, found: Detected, layout: Layout, people: Kept, *, n_outside: int, notes: Collection[str]
) -> ImportReceipt:
    """Collect what every stage decided.

    Parameters
    ----------
    n_outside
        Rows of another wave or organisation in a pooled file.
    """
    grid, adapter = found.grid, found.adapter
    sheet = f"Read from the sheet '{shown(grid.sheet)}'." if grid.sheet else ""
    fallback = "No survey tool was recognised; read as a plain table." if adapter.fallback else ""
    trial = f"Reading exports of {adapter.title} is experimental: check the counts." if adapter.is_experimental else ""
    return ImportReceipt(
        file_name=shown(file_name, longest=80),
        sha256=grid.sha256,
        tool=adapter.tool,
        variant=found.signature.variant,
        rule=f"{found.rule}; items by {layout.mapping.method}",
        container=grid.container,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_rows=found.signature.header_rows,
        n_rows=len(people.codes) + len(people.rejected) + n_outside,
        n_kept=len(people.codes),
        items=_items(people.codes, layout.mapping),
        columns=_columns(layout),
        dropped=_dropped(people.dropped, n_outside),
        notes=tuple(filter(None, (fallback, trial, sheet, *grid.notes, *notes))),
    )


def _items(codes: pd.DataFrame, mapping: Mapped) -> pd.DataFrame:
    """Count the states of each item over the kept rows."""
    items = codes.iloc[:, 3:]
    headings = {item: " + ".join(column.heading for column in held) for item, held in mapping.columns.items()}
    return pd.DataFrame(
        {
            "item": list(items.columns),
            "column": [headings.get(item, "") for item in items.columns],
            "answered": (items >= 0).sum().to_numpy(),
            "cannot_tell": (items == CANNOT_TELL).sum().to_numpy(),
            "not_answered": (items == NOT_ANSWERED).sum().to_numpy(),
            "not_asked": (items == NOT_ASKED).sum().to_numpy(),
        }
    )


def _columns(layout: Layout) -> pd.DataFrame:
    """Say what became of each column of the file."""
    items = {
        column.index: (item, f"by {layout.mapping.method}")
        for item, held in layout.mapping.columns.items()
        for column in held
    }
    named = {column.index: (use, "about the respondent") for use, column in layout.about.items() if use != "submitted"}
    personal = set(map(comparable, layout.adapter.personal))
    identifying = {c.index: ("dropped", "identifies people") for c in layout.columns if c.is_called(personal)}
    uses = identifying | named | items
    rows = [(c.letters, c.heading, *uses.get(c.index, ("dropped", "not an item"))) for c in layout.columns]
    return pd.DataFrame(rows, columns=["position", "heading", "use", "why"])


def _dropped(dropped: Mapping[str, tuple[int, ...]], n_outside: int) -> pd.DataFrame:
    rows = [(reason, len(lines), ", ".join(map(str, lines))) for reason, lines in dropped.items()]
    outside = [(OUTSIDE, n_outside, "")] if n_outside else []
    return pd.DataFrame([*rows, *outside], columns=["reason", "n", "rows"])
