"""Show what pooled answers say about the questionnaire, never what few people answered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.disclosure.cells import check_columns
from assessment.disclosure.visibility import shown_share
from assessment.model.policy import Policy

RELIABILITY = ("dimension", "items", "k", "n", "alpha", "low", "high", "omega")
GROUPS = ("dimension", "n", "n_groups", "icc1", "icc2")
ITEMS = (
    "item", "facet", "n", "n_complete", "mean", "sd", "item_rest", "alpha_without", "n_asked", "n_told", "n_left_out",
)  # fmt: skip
ROLES = ("role", "item", "n", "n_told", "n_left_out")
PAIRS = ("first", "second", "n", "n_apart")
CARELESS = ("what", "n", "n_flagged")
SPREAD = ("index", "n", "lower", "median", "upper")
LEAST_FOR_PAIR = 30
LEAST_GROUPS = 5
TOO_FEW = "too few answers"
UNCLEAR_DIRECTION = "check item direction"
NOT_VISIBLE = "many cannot tell"
NOT_OPPOSITE = "may not be opposites"


@dataclass(frozen=True)
class PooledReleased:
    """Hold what the owner of a questionnaire may see of pooled answers; built only by the gate.

    Every statistic rests on at least the policy's `reliability_n` respondents; a share on ten asked, and it never tells
    what nearly everybody chose.
    """

    reliability: pd.DataFrame
    groups: pd.DataFrame
    items: pd.DataFrame
    roles: pd.DataFrame
    pairs: pd.DataFrame
    careless: pd.DataFrame
    spread: pd.DataFrame


def release_pooled(  # noqa: PLR0917 - the tables of an item analysis
    reliability: pd.DataFrame,
    groups: pd.DataFrame,
    items: pd.DataFrame,
    roles: pd.DataFrame,
    pairs: pd.DataFrame,
    careless: pd.DataFrame,
    spread: pd.DataFrame,
    *,
    policy: Policy,
) -> PooledReleased:
    """Blank what rests on too few, round what is left, and put the notes to the owner beside it.

    Raises
    ------
    PolicyError
        When a table has other columns than the gate knows.
    """
    known = {"reliability": RELIABILITY, "groups": GROUPS, "items": ITEMS, "roles": ROLES}
    known |= {"pairs": PAIRS, "careless": CARELESS, "spread": SPREAD}
    tables = (reliability, groups, items, roles, pairs, careless, spread)
    for (name, columns), table in zip(known.items(), tables, strict=True):
        check_columns(table, needed=columns, known=columns, name=name)
    least = policy.reliability_n
    return PooledReleased(
        reliability=_blanked(reliability, ["alpha", "low", "high", "omega"], reliability["n"] >= least),
        groups=_blanked(groups, ["icc1", "icc2"], (groups["n"] >= least) & (groups["n_groups"] >= LEAST_GROUPS)),
        items=_items(items, least, policy),
        roles=_shares(roles, {"n_told": "cannot_tell", "n_left_out": "not_answered"}, of="n"),
        pairs=_pairs(pairs, policy),
        careless=_shares(careless[careless["n"] >= least], {"n_flagged": "share"}, of="n"),
        spread=_blanked(spread, ["lower", "median", "upper"], spread["n"] >= least),
    )


def _blanked(table: pd.DataFrame, columns: list[str], is_enough: pd.Series) -> pd.DataFrame:
    """Blank figures of too few respondents, with the reason beside them."""
    shown = table[columns].where(is_enough).round(2)
    return table.assign(**{name: shown[name] for name in columns}, note=np.where(is_enough, "", TOO_FEW))


def _items(items: pd.DataFrame, least: int, policy: Policy) -> pd.DataFrame:
    is_known, is_whole = items["n"] >= least, items["n_complete"] >= least
    shown = _blanked(items, ["mean", "sd"], is_known)
    names = ["item_rest", "alpha_without"]
    correlations = items[names].where(is_whole).round(2)
    shown = shown.assign(**{name: correlations[name] for name in names})
    shares = _shares(items, {"n_told": "cannot_tell", "n_left_out": "not_answered"}, of="n_asked")
    notes = [
        "; ".join(filter(None, (note, *said)))
        for note, *said in zip(
            shown["note"],
            np.where(correlations["item_rest"] < 0, UNCLEAR_DIRECTION, ""),
            np.where(items["n_told"] >= policy.cannot_tell_item * items["n_asked"].clip(lower=1), NOT_VISIBLE, ""),
            strict=True,
        )
    ]
    kept = shown.drop(columns=["n_asked", "n_told", "n_left_out"])
    return kept.assign(cannot_tell=shares["cannot_tell"], not_answered=shares["not_answered"], note=notes)


def _pairs(pairs: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    shown = _shares(pairs, {"n_apart": "share_apart"}, of="n")
    is_enough = pairs["n"] >= LEAST_FOR_PAIR
    doubted = is_enough & (pairs["n_apart"] >= policy.pair_share * pairs["n"])
    return shown.assign(share_apart=shown["share_apart"].where(is_enough, ""), note=np.where(doubted, NOT_OPPOSITE, ""))


def _shares(table: pd.DataFrame, names: dict[str, str], *, of: str) -> pd.DataFrame:
    """Turn counts into shares as R2 and R6 allow; an empty text where there are too few."""
    found = {
        share: [shown_share(int(part), int(n)) for part, n in zip(table[count], table[of], strict=True)]
        for count, share in names.items()
    }
    return table.drop(columns=list(names)).assign(**found)
