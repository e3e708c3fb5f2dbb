"""Recognise the tool that wrote a table by its signature, or stop: a tool is never guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Adapter
from assessment.responses.conditions import holds, is_datetime
from assessment.responses.header import Header
from assessment.responses.known import is_answer_like
from assessment.responses.signatures import Signature
from assessment.sheets import Grid
from assessment.sheets.refusals import problem, refused, shown

N_HEADINGS_SHOWN = 8
Rows = list[list[str]]


@dataclass(frozen=True)
class Detected:
    """The sheet that holds the responses, who wrote it, and why we think so."""

    grid: Grid
    adapter: Adapter
    signature: Signature

    @property
    def heading_rows(self) -> Rows:
        """The rows above the first response."""
        return self.grid.top(self.signature.header_rows)

    @property
    def header(self) -> Header:
        """How the headings of this form are read."""
        return self.signature.header or self.adapter.header

    @property
    def rule(self) -> str:
        """The conditions that held, for the receipt."""
        return " and ".join(condition.rule for condition in self.signature.when) or self.grid.container


def detected(
    name: str,
    grids: Sequence[Grid],
    adapters: Sequence[Adapter],
    questionnaire: Questionnaire,
    *,
    tool: str | None,
    is_mapped: bool = False,
) -> Detected:
    """Find the one sheet and the one adapter that fit; a fallback counts only when nothing else fits.

    Parameters
    ----------
    is_mapped
        A mapping file names the columns, so that a fallback needs no items in the headings.

    Raises
    ------
    ImportRefused
        E01 when the file is something else of a tool, E04 when nothing fits or `tool` does not, E05 when several fit
        or the one that does is not certain, E06 when the first row holds answers or heading rows are damaged.
    """
    allowed = [adapter for adapter in adapters if tool in (None, adapter.tool)]
    if not allowed:
        readable = ", ".join(adapter.tool for adapter in adapters)
        raise refused(name, [problem("E04", f"'{shown(tool or '')}' is no readable tool; readable are: {readable}.")])
    for is_fallback in (False, True):
        asked = [adapter for adapter in allowed if adapter.fallback == is_fallback]
        for grid in grids:
            fits = list(_fitting(grid, asked, questionnaire))
            if len(fits) > 1 or (fits and not tool and not fits[0].signature.is_certain):
                raise refused(name, [_uncertain(fits)])
            if fits:
                return fits[0]
        if damages := [told for grid in grids for told in _damages(grid, asked, questionnaire)]:
            raise refused(name, damages[:1])
    if is_mapped and (by_hand := _by_hand(grids[0], allowed)):
        return by_hand
    raise refused(name, [_nothing_fits(grids[0], allowed, questionnaire, tool)])


def claim(grid: Grid, adapter: Adapter, questionnaire: Questionnaire) -> Signature | None:
    """Give the first signature of an adapter that a sheet fits."""
    if grid.container not in adapter.containers:
        return None
    fits = (s for s in adapter.detect if grid.n_rows >= s.header_rows and holds(s.when, grid, adapter, questionnaire))
    return next(fits, None)


def _fitting(grid: Grid, adapters: Sequence[Adapter], questionnaire: Questionnaire) -> Iterator[Detected]:
    for adapter in adapters:
        if first := claim(grid, adapter, questionnaire):
            yield Detected(grid, adapter, first)


def _by_hand(grid: Grid, adapters: Sequence[Adapter]) -> Detected | None:
    """Take the plain table's form, where a mapping file says what every column is."""
    plain = next((a for a in adapters if a.fallback and grid.container in a.containers), None)
    return plain and Detected(grid, plain, plain.detect[0].model_copy(update={"when": ()}))


def _damages(grid: Grid, adapters: Sequence[Adapter], questionnaire: Questionnaire) -> Iterator[str]:
    """Say what a file of a tool is that is no export of responses, or what happened to its headings."""
    for adapter in adapters:
        for refusal in adapter.refuse:
            if holds(refusal.when, grid, adapter, questionnaire):
                yield problem(refusal.code, f"{refusal.says} {adapter.advice.export_again}")


def _uncertain(fits: Sequence[Detected]) -> str:
    if len(fits) > 1:
        titles = " and ".join(fit.adapter.title for fit in fits)
        return problem("E05", f"The file fits {titles}. Name the tool with tool=…")
    fit = fits[0]
    told = (
        f"The file may come from {fit.adapter.title} ({fit.signature.variant}), but its first column does not say so."
    )
    return problem("E05", f"{told} If it does, import with tool={fit.adapter.tool}.")


def _nothing_fits(grid: Grid, allowed: Sequence[Adapter], questionnaire: Questionnaire, tool: str | None) -> str:
    """Word the refusal; headings are quoted only when the first row cannot be somebody's answers."""
    first = [cell for cell in grid.top(1)[0] if cell.strip()]
    if any(is_datetime(cell) or is_answer_like(cell, questionnaire) for cell in first):
        told = "The first row holds answers, not headings."
        return problem("E06", f"{told} Export again and leave the heading rows as they are.")
    headings = ", ".join(f"'{shown(cell)}'" for cell in first[:N_HEADINGS_SHOWN])
    if tool:
        told = f"The file does not look like {allowed[0].title}. The first headings are: {headings}."
        return problem("E04", f"{told} {allowed[0].advice.export_again}")
    told = f"No survey tool fits, and too few items stand in the headings. The first headings are: {headings}."
    return problem("E04", f"{told} Name the tool with tool=…, or see the list of readable exports.")
