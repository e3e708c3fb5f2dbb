"""Sum up simulated cases: shares with their Monte Carlo error, and whether they keep to a limit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

QUICK_ERRORS = 4.0
"""How many Monte Carlo errors beyond its limit a quick run forgives: it has too few cases to judge more sharply."""


@dataclass(frozen=True)
class Figure:
    """A figure of the experiment.

    Parameters
    ----------
    low, high
        The limits; none for a figure that only informs.
    se
        Monte Carlo standard error; the dimensions of one organisation count as one draw.
    organisations
        How many it rests on.
    where
        The condition in which it was found.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    se: float
    organisations: int
    where: str

    @property
    def limit(self) -> str:
        """The limit in words."""
        bounds = [(self.low, "at least"), (self.high, "at most")]
        return " and ".join(f"{word} {bound:g}" for bound, word in bounds if bound is not None) or "-"

    def is_met(self, *, quick: bool) -> bool:
        """Tell whether the figure keeps to its limits."""
        return all(
            sign * (self.value - bound) >= -self._forgiven(bound, quick=quick)
            for sign, bound in ((1, self.low), (-1, self.high))
            if bound is not None
        )

    def _forgiven(self, bound: float, *, quick: bool) -> float:
        """Give what chance may do at the limit itself; the error seen in few cases may be 0."""
        spread = max(np.sqrt(bound * (1 - bound) / max(self.organisations, 1)), self.se)
        return QUICK_ERRORS * float(spread) if quick else 0.0


def share_by(cases: pd.DataFrame, hits: str, by: Sequence[str], *, of: str | None = None) -> pd.DataFrame:
    r"""Give the share of hits in each condition, with its error.

    With h hits of m cases in an organisation :math:`p = \sum h / \sum m` and
    :math:`SE = \sqrt{\sum (h - p m)^2} / \sum m` (a ratio estimate, organisations as clusters).

    Parameters
    ----------
    hits
        Column of hits: 0, 1, or a count; NaN does not count.
    of
        Column of cases; one a row without it.

    Returns
    -------
    DataFrame
        The columns of `by`, then value, se, organisations and cases.
    """
    known = cases[cases[hits].notna()]
    known = known.assign(h=known[hits].astype("float64"), m=known[of].astype("float64") if of else 1.0)
    own = known.groupby([*by, "organisation"], as_index=False, observed=True)[["h", "m"]].sum()
    of_groups = {key: _share(group) for key, group in own.groupby(list(by), observed=True)}
    return (
        pd.concat(of_groups, names=list(by)).droplevel(-1).reset_index()[[*by, "value", "se", "organisations", "cases"]]
    )


def _share(own: pd.DataFrame) -> pd.DataFrame:
    h, m = own["h"].to_numpy(dtype=np.float64), own["m"].to_numpy(dtype=np.float64)
    value = h.sum() / m.sum() if m.sum() else np.nan
    se = np.sqrt(((h - value * m) ** 2).sum()) / m.sum() if m.sum() else np.nan
    return pd.DataFrame({"value": [value], "se": [se], "organisations": [int((m > 0).sum())], "cases": [int(m.sum())]})


def extreme(
    table: pd.DataFrame, name: str, *, highest: bool, low: float | None = None, high: float | None = None
) -> Figure:
    """Give the row with the highest (or lowest) value as a figure; its other columns say where it was found."""
    order = table["value"].argmax() if highest else table["value"].argmin()
    row = table.iloc[[int(order)]].to_dict("records")[0]
    own = [column for column in table.columns if column not in {"value", "se", "organisations", "cases"}]
    where = ", ".join(_words(column, row[column]) for column in own)
    return Figure(name, float(row["value"]), low, high, float(row["se"]), int(row["organisations"]), where)


def _words(column: str, value: object) -> str:
    if column == "roster":
        return "roster" if value else "no roster"
    return f"{column.replace('_', ' ')} {value}"


def calibration(cases: pd.DataFrame, *, n_bins: int = 10) -> pd.DataFrame:
    """Compare level probabilities with how often the level was true, in bins of equal width.

    Every dimension of an organisation is one case for each of its five levels, and every case weighs the same.

    Returns
    -------
    DataFrame
        A row per bin: bin, predicted and observed (means), value (their distance), se, organisations, cases.
    """
    columns = [f"p_{level}" for level in range(1, 6)]
    known = cases[cases[columns].notna().all(axis=1)]
    shares = known[columns].to_numpy(dtype=np.float64)
    is_true = known["level"].to_numpy()[:, np.newaxis] == np.arange(1, 6)
    long = pd.DataFrame(
        {
            "bin": np.minimum((shares * n_bins).astype(np.int64), n_bins - 1).ravel(),
            "predicted": shares.ravel(),
            "observed": is_true.astype(np.float64).ravel(),
            "organisation": np.repeat(known["organisation"].to_numpy(), 5),
        }
    )
    long = long.assign(surplus=long["observed"] - long["predicted"])
    means = long.groupby("bin", as_index=False)[["predicted", "observed"]].mean()
    away = share_by(long, "surplus", ["bin"])
    return means.merge(away.assign(value=away["value"].abs()), on="bin")
