"""Turn scores into what may be shown: the only way out of the room."""

from collections.abc import Mapping, Sequence
from typing import cast

import pandas as pd

from assessment.disclosure.cells import KNOWN, NEEDED, Cell, check_columns, printed, smallest_of, status_of
from assessment.disclosure.checks import CHECKS, printed_checks
from assessment.disclosure.companions import (
    GAPS,
    NEXT,
    PARTICIPATION,
    RULES,
    gap_name,
    printed_gaps,
    printed_next,
    printed_participation,
    printed_rules,
)
from assessment.disclosure.decisions import Decisions
from assessment.disclosure.figures import ORGANISATION
from assessment.disclosure.levels import NEEDED as LEVELS
from assessment.disclosure.levels import printed_levels
from assessment.disclosure.policy_check import check_policy, check_size
from assessment.disclosure.released import Released, Strata, table_of
from assessment.disclosure.trend import CHANGES, Both, printed_changes
from assessment.disclosure.visibility import VISIBILITY, printed_visibility
from assessment.model.policy import Policy


def release(
    cells: pd.DataFrame,
    decisions: Decisions,
    *,
    parts: Mapping[str, Sequence[str]],
    roles: Strata,
    policy: Policy,
    n_respondents: int,
    levels: pd.DataFrame | None = None,
    rules: pd.DataFrame | None = None,
    gaps: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    both: Both | None = None,
    checks: pd.DataFrame | None = None,
    visibility: pd.DataFrame | None = None,
    next_evidence: pd.DataFrame | None = None,
    participation: pd.DataFrame | None = None,
) -> Released:
    """Release what the decisions allow, rounded as R7 and R8 ask.

    Parameters
    ----------
    cells
        CELL_SCORES: one row per group and measure.
    parts
        The facets of each dimension.
    n_respondents
        Everybody who answered anything.
    levels, rules, gaps, changes, checks, visibility, next_evidence, participation
        What was computed beside the scores; `both` says what is known of the two waves of `changes`.

    Raises
    ------
    PolicyError
        Under rules below the floor, for an organisation below k, for tables that the gate does not know, and where a
        score does not rest on the people that were checked.
    """
    check_policy(policy)
    check_size(n_respondents, policy)
    check_columns(cells, needed=NEEDED, known=KNOWN, name="cells")
    written = cast("list[Cell]", cells.to_dict("records"))
    table = table_of("table", _printed_cells(written, decisions, roles, policy))
    organisation = table[table["group_kind"] == ORGANISATION]
    statuses = dict(zip(organisation["measure"], organisation["status"], strict=True))
    of_everybody = [cell for cell in written if cell["group_kind"] == ORGANISATION]
    sizes = {str(cell["measure"]): int(cell["n"]) for cell in of_everybody}
    level_rows = printed_levels(_or_empty(levels, LEVELS), statuses, parts, sizes)
    gap_rows = printed_gaps(_or_empty(gaps, GAPS), decisions)
    shown = {measure for measure, status in statuses.items() if status == "shown"}
    shown_gaps = {gap_name(row) for row in gap_rows if row["status"] == "shown"}
    is_shown = table["status"].isin(["shown", "bound"])
    groups = set(zip(table.loc[is_shown, "group_kind"], table.loc[is_shown, "group"], strict=True))
    return Released(
        table=_with_levels(table, level_rows),
        levels=table_of("levels", level_rows),
        gaps=table_of("gaps", gap_rows),
        changes=table_of(
            "changes", printed_changes(_or_empty(changes, CHANGES), both, statuses, decisions, k=policy.k)
        ),
        checks=table_of(
            "checks",
            printed_checks(
                _or_empty(checks, CHECKS),
                decisions,
                scores={str(c["measure"]): float(c["mean"]) for c in of_everybody if statuses[c["measure"]] == "shown"},
                caps={str(row["measure"]): int(str(row["cap"])) for row in level_rows if row["status"] == "shown"},
                strata=[stratum.id for stratum in roles.strata],
                points=policy.flags_matter_points,
                n=n_respondents,
            ),
        ),
        visibility=table_of(
            "visibility",
            printed_visibility(
                _or_empty(visibility, VISIBILITY), {group for _, group in groups}, share=policy.cannot_tell_role
            ),
        ),
        next_evidence=table_of("next_evidence", printed_next(_or_empty(next_evidence, NEXT), groups)),
        rules=table_of("rules", printed_rules(_or_empty(rules, RULES), shown | shown_gaps, n=n_respondents)),
        participation=table_of("participation", printed_participation(_or_empty(participation, PARTICIPATION), groups)),
        roles=roles,
        n_blank=int((table["status"] == "protected").sum()),
    )


def _printed_cells(
    cells: Sequence[Cell], decisions: Decisions, roles: Strata, policy: Policy
) -> list[dict[str, object]]:
    open_groups = frozenset(stratum.id for stratum in roles.strata if stratum.open)
    return [
        printed(
            cell,
            decision,
            decisions,
            smallest=smallest_of(cell, k=policy.k, open_floor=policy.open_group_floor, open_groups=open_groups),
            agreement_limit=policy.ad_limit,
        )
        for cell, decision in zip(cells, status_of(cells, decisions), strict=True)
    ]


def _with_levels(table: pd.DataFrame, levels: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Name a level beside the organisation's scores where it is sure enough to be named."""
    named = {row["measure"]: row["level"] for row in levels if row.get("wording") == "named"}
    found = table["measure"].map(named).where(table["group_kind"] == ORGANISATION)
    return table.assign(level=found.astype("Int64"))


def _or_empty(table: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns)) if table is None else table
