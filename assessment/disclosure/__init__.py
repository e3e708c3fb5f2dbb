"""The gate: from scores to what may be shown, with a proof that nobody can be worked out from it."""

from assessment.disclosure.companions import is_gap_shown
from assessment.disclosure.decisions import Decision, Decisions, accepted, decide
from assessment.disclosure.figures import Figure, comparable_figure, figure_without, gap_figure
from assessment.disclosure.ledger import LedgerRow
from assessment.disclosure.material import Material, basis_name
from assessment.disclosure.merging import EVERYBODY, OTHER_ROLES, OTHER_TEAMS, MergePlan, merge_small
from assessment.disclosure.pooled import PooledReleased, release_pooled
from assessment.disclosure.release import release
from assessment.disclosure.released import Released, Strata, Stratum, released_from_json, released_to_json
from assessment.disclosure.search import AuditFailedError
from assessment.disclosure.trend import Both
from assessment.disclosure.values import (
    Row,
    Stated,
    Value,
    figure,
    gap_values,
    organisation_rows,
    organisation_value,
    values_read,
)

__all__ = [
    "EVERYBODY",
    "OTHER_ROLES",
    "OTHER_TEAMS",
    "AuditFailedError",
    "Both",
    "Decision",
    "Decisions",
    "Figure",
    "LedgerRow",
    "Material",
    "MergePlan",
    "PooledReleased",
    "Released",
    "Row",
    "Stated",
    "Strata",
    "Stratum",
    "Value",
    "accepted",
    "basis_name",
    "comparable_figure",
    "decide",
    "figure",
    "figure_without",
    "gap_figure",
    "gap_values",
    "is_gap_shown",
    "merge_small",
    "organisation_rows",
    "organisation_value",
    "release",
    "release_pooled",
    "released_from_json",
    "released_to_json",
    "values_read",
]
