"""Let the shown parts hold a level back, and print the wording that belongs to the cap that results."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.cells import OVERALL, check_columns

TOP = 5
LEVELS = range(1, TOP + 1)
COVERAGE = "coverage"
NEEDED = (
    "measure", "level", "supported", *(f"p_{level}" for level in LEVELS),
    *(f"{name}_{cap}" for name in ("wording", "level", "other_level", "probability") for cap in LEVELS),
)  # fmt: skip
KNOWN = (*NEEDED, "coverage_cap")
"""`level`: of the mean; `supported`: the level not exceeded with enough support (U); `p_*`: exact; for each possible
cap the wording that it would give; `coverage_cap`: the highest level that the practices allow."""

Rows = Mapping[str, Mapping[str, object]]


def printed_levels(
    levels: pd.DataFrame, statuses: Mapping[str, str], parts: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
) -> list[dict[str, object]]:
    """Give the levels of the dimensions and of the whole.

    Parameters
    ----------
    statuses
        What is printed of each measure of the organisation: only shown parts hold back.
    parts
        The facets of each dimension.
    sizes
        Respondents behind each measure.

    Raises
    ------
    PolicyError
        When the table has other columns than the gate knows.
    """
    check_columns(levels, needed=NEEDED, known=KNOWN, name="levels")
    rows: dict[str, Mapping[str, object]] = {str(row["measure"]): row for row in levels.to_dict("records")}  # pyright: ignore[reportAssignmentType]
    supported = {measure: int(str(row["supported"])) for measure, row in rows.items()}
    of_parts = {
        dimension: {facet: supported[facet] + 1 for facet in facets if statuses.get(facet) == "shown" and facet in rows}
        for dimension, facets in parts.items()
        if dimension in rows
    }
    caps = {dimension: found | _of_practices(rows[dimension]) for dimension, found in of_parts.items()}
    if OVERALL in rows:
        folded = {d: min(supported[d], *found.values(), TOP) for d, found in caps.items() if statuses.get(d) == "shown"}
        caps[OVERALL] = {dimension: level + 1 for dimension, level in folded.items()}
    return [_printed(rows[measure], caps[measure], statuses.get(measure, "protected"), sizes) for measure in caps]


def _of_practices(row: Mapping[str, object]) -> dict[str, int]:
    cap = row.get("coverage_cap")
    return {} if cap is None or pd.isna(cap) else {COVERAGE: int(str(cap).removesuffix(".0"))}  # pyright: ignore[reportArgumentType, reportGeneralTypeIssues, reportCallIssue]


def _printed(
    row: Mapping[str, object], caps: Mapping[str, int], status: str, sizes: Mapping[str, int]
) -> dict[str, object]:
    measure = str(row["measure"])
    if status != "shown":
        return {"measure": measure, "status": "protected" if status == "bound" else status}
    cap, n = min([*caps.values(), TOP]), sizes[measure]
    exact = np.array([row[f"p_{level}"] for level in LEVELS], dtype=np.float64)
    folded = np.where(np.arange(TOP) < cap - 1, exact, 0.0)
    folded[cap - 1] = exact[cap - 1 :].sum()
    of_mean = int(str(row["level"]))
    return {
        "measure": measure,
        "wording": row[f"wording_{cap}"],
        "level": row[f"level_{cap}"],
        "other_level": row[f"other_level_{cap}"],
        "probability": rounding.probability(float(str(row[f"probability_{cap}"])), n=n),
        **{f"p_{level}": rounding.probability(folded[level - 1], n=n) for level in LEVELS},
        "cap": cap,
        "uncapped_level": of_mean,
        "held_by": tuple(sorted(part for part, limit in caps.items() if limit == cap)) if cap < of_mean else (),
        "status": status,
    }
