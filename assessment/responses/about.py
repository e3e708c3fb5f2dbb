"""Find the columns that say something about the respondent, and the rows that belong to the wave."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import About, Adapter
from assessment.responses.claims import ends_in_code
from assessment.responses.columns import Column
from assessment.responses.known import context_headings
from assessment.responses.words import changed, words_of
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, problem, refused, shown

SOURCES: Mapping[About, str] = {"role": "roles", "team": "organisation.teams"}
TWINS_SHOWN = 5


def about_columns(
    columns: Sequence[Column], questionnaire: Questionnaire, adapter: Adapter
) -> tuple[Mapping[About, Column], list[str]]:
    """Find at most one column each for id, role, team and time; the questionnaire's own words go before the adapter's.

    Returns
    -------
    columns, problems
        E08 for two columns with the same heading; E07 when the role has no column and there is more than one role.
    """
    found: dict[About, Column] = {}
    problems: list[str] = []
    for about in ("respondent", "role", "team", "submitted"):
        held = _candidates(about, columns, questionnaire, adapter)
        if len(held) > 1:
            places = " and ".join(column_letter(column.index) for column in held)
            problems.append(problem("E08", f"The columns {places} both say who answered ({about}). Delete one."))
        found |= {about: held[0]} if held else {}
    if "role" not in found and len(questionnaire.roles) > 1:
        told = "No column for the role of the respondent. Name the column 'role', or use the heading of the form."
        problems.append(problem("E07", told))
    return found, problems


def _candidates(
    about: About, columns: Sequence[Column], questionnaire: Questionnaire, adapter: Adapter
) -> list[Column]:
    """Give the columns with the first heading that occurs at all."""
    ids, asks = context_headings(questionnaire, SOURCES[about]) if about in SOURCES else ((), frozenset[str]())
    coded = [column for column in columns if any(_is_coded(column, context_id) for context_id in ids)]
    named = [[c for c in columns if c.is_called({comparable(word)})] for word in adapter.about.get(about, ())]
    asked = [column for column in columns if column.is_called(asks) or asks & set(map(comparable, column.endings))]
    return next((held for held in (coded, asked, *named) if held), [])


def _is_coded(column: Column, context_id: str) -> bool:
    """Tell whether the heading holds a context item's id in brackets, or the name is a path to it."""
    return f"[{context_id.casefold()}]" in comparable(column.text) or ends_in_code(column.name, context_id)


def wave_rows(
    name: str, body: pd.DataFrame, columns: Sequence[Column], adapter: Adapter, only: Mapping[str, str]
) -> pd.Series:
    """Tell which rows belong to the wave and organisation that `only` names.

    Raises
    ------
    ImportRefused
        E07 for a heading of `only` that the file does not have once, E10 for a file of several waves or organisations
        without `only`, E14 when no row is left.
    """
    chosen = pd.Series(True, index=body.index)
    problems: list[str] = []
    for heading, value in only.items():
        held = [column for column in columns if comparable(column.name) == comparable(heading)]
        if len(held) != 1:
            problems.append(problem("E07", f"only= names '{shown(heading)}'; {len(held)} columns have this heading."))
            continue
        chosen &= changed(body[held[0].index], comparable) == comparable(str(value))
    problems = problems or _mixed(body[chosen], columns, adapter)
    if not problems and not chosen.any():
        told = ", ".join(f"{shown(heading)} = {shown(str(value))}" for heading, value in only.items())
        problems.append(problem("E14", f"No row has {told}."))
    if problems:
        raise refused(name, problems)
    return chosen


def _mixed(body: pd.DataFrame, columns: Sequence[Column], adapter: Adapter) -> list[str]:
    """Report columns that show several waves or organisations in the chosen rows."""
    scope = set(map(comparable, adapter.scope))
    held = [column for column in columns if comparable(column.name) in scope]
    counts = {column: len(set(map(comparable, words_of(body[column.index])))) for column in held}
    told = "different values; a file is read as one wave of one organisation. Name the rows with only=…"
    return [
        problem("E10", f"{column.start} ({column.heading}) holds {n} {told}") for column, n in counts.items() if n > 1
    ]


def decoded_teams(cells: pd.Series, *, index: int) -> tuple[pd.Series, list[str]]:
    """Fold blanks in team names; two spellings of one name are E09 rather than two teams. Empty is missing."""
    names = changed(cells, lambda cell: " ".join(cell.split()))
    spellings = names[names != ""].drop_duplicates()
    twins = spellings[spellings.map(comparable).duplicated(keep=False)]
    listed = ", ".join(f"'{shown(name)}'" for name in twins[:TWINS_SHOWN])
    told = f"Column {column_letter(index)} (team): {listed} differ only in spelling. Write each team in one way."
    return names.mask(names == ""), [problem("E09", told)] if len(twins) else []
