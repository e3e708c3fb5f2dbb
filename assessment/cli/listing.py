"""Write the texts that the commands print: receipts, overviews, who is asked what."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.model.questionnaire import Questionnaire
from assessment.store import list_waves, open_store

if TYPE_CHECKING:
    from assessment.frames import ImportReceipt


def overview(workspace: Path) -> str:
    """Say which organisations there are, their waves, how many answered, and the newest report."""
    folders = sorted(path.parent for path in (workspace / "organisations").glob("*/store.sqlite"))
    rows = [row for folder in folders for row in _waves(folder)]
    if not rows:
        return "No organisation has answers yet. Start with: assess demo, or assess init --help"
    return _columns(["organisation", "wave", "answered", "reports"], rows)


def _waves(folder: Path) -> Iterable[Sequence[str]]:
    with open_store(folder, folder.name) as store:
        for wave in list_waves(store):
            yield (folder.name, wave.name, str(wave.n_respondents), wave.last_issue or "-")


def eligibility(questionnaire: Questionnaire) -> str:
    """Say for each role how many items it is asked and in which dimensions it counts."""
    rows = [
        (
            role,
            str(sum(item.is_asked_of(role) for item in questionnaire.items.values())),
            " ".join(d.id for d in questionnaire.dimensions if questionnaire.is_eligible(role, d.id)) or "-",
        )
        for role in questionnaire.roles
    ]
    heading = f"{questionnaire.id} {questionnaire.version} is in order: {len(questionnaire.items)} items."
    return "\n".join([heading, _columns(["role", "items", "counts in"], rows)])


def receipt_text(receipt: "ImportReceipt") -> str:
    """Say what was recognised, mapped, ignored and dropped in a file, and why."""
    how = f"{receipt.file_name}: read as {receipt.tool} ({receipt.variant}): {receipt.rule}"
    what = (
        f"{receipt.container}, {receipt.encoding}, {receipt.header_rows} heading row(s), SHA-256 {receipt.sha256[:16]}"
    )
    answered, cannot_tell, not_answered, not_asked = (
        int(receipt.items[state].sum()) for state in ("answered", "cannot_tell", "not_answered", "not_asked")
    )
    lines = [
        how,
        what,
        f"{receipt.n_rows} rows read, {receipt.n_kept} kept, {len(receipt.items)} items found",
        f"answers: {answered} answered, {cannot_tell} cannot tell, {not_answered} not answered, {not_asked} not asked",
        *(f"not kept: {row.n} rows, {row.reason}" for row in receipt.dropped.itertuples()),
        *_unused(receipt),
        *(f"note: {note}" for note in receipt.notes),
    ]
    return "\n".join(lines)


def _unused(receipt: "ImportReceipt") -> list[str]:
    unused = receipt.columns[receipt.columns["use"].isin(["ignored", "dropped"])]
    return [f"column {row.position} '{row.heading}' {row.use}: {row.why}" for row in unused.itertuples()]


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in [headings, *rows]
    )
