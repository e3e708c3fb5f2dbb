"""Tables that a mere threshold would print, and what an exact adversary makes of them."""

import importlib.util
import json
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from assessment.disclosure import OTHER_TEAMS, Material, decide, merge_small

HERE = Path(__file__).parent
loaded = importlib.util.spec_from_file_location("adversary", HERE / "adversary.py")
adversary = importlib.util.module_from_spec(loaded)
sys.modules["adversary"] = adversary
loaded.loader.exec_module(adversary)

with (HERE / "public_attacks.json").open(encoding="utf-8") as written:
    ATTACKS = [item for item in json.load(written)["items"] if item["class"] == "disclosure_table"]
each_table = pytest.mark.parametrize("attack", ATTACKS, ids=[item["id"] for item in ATTACKS])


def cells_of(attack):
    """The cells that hold somebody; empty ones are known to be empty."""
    counts = attack["payload"]["counts"]
    return [(name[:2], name[2:], n) for name, n in counts.items() if n]


def threshold_rows(cells, published):
    """A row over cell totals for each published mean; a cell counts by its people."""

    def belongs(team, role, figure):
        number = {"t": "team" + team[1:], "r": "role" + role[1:], "c": team + role}
        return figure in {"total", *number.values()}

    rows = []
    for figure in published:
        members = {n: size for n, (team, role, size) in enumerate(cells) if belongs(team, role, figure)}
        whole = sum(members.values())
        rows.append({(n, "x"): Fraction(1, whole) for n in members})
    return rows


def test_there_are_twelve_tables():
    assert len(ATTACKS) == 12


@each_table
def test_a_threshold_alone_leaks_exactly_what_is_stated(attack):
    payload, cells = attack["payload"], cells_of(attack)
    rows = threshold_rows(cells, payload["threshold_only_publishes"])
    found = adversary.exposed(rows, {n: size for n, (_, _, size) in enumerate(cells)}, k=payload["k"])
    assert bool(found) is payload["threshold_only_leaks"]
    if found:
        sizes = {sum(cells[n][2] for n in blocks) for blocks in found}
        assert min(sizes) == payload["smallest_derivable"]
        smallest = next(
            blocks for blocks in found if {cells[n][0] + cells[n][1] for n in blocks} == set(payload["derivable_cells"])
        )
        assert sum(cells[n][2] for n in smallest) == payload["smallest_derivable"]


@each_table
@pytest.mark.parametrize("merged", [False, True], ids=["as they are", "small groups merged"])
def test_our_table_gives_nobody_away(attack, merged):
    payload = attack["payload"]
    people = [(team, role) for team, role, n in cells_of(attack) for _ in range(n)]
    teams, roles = [team for team, _ in people], [role for _, role in people]
    if merged:
        plans = {
            name: merge_small({g: {"D": of.count(g)} for g in set(of)}, k=payload["k"], pool=pool).stratum_of
            for name, of, pool in (("team", teams, OTHER_TEAMS), ("role", roles, "other_roles"))
        }
        teams, roles = [plans["team"][team] for team in teams], [plans["role"][role] for role in roles]
    points = np.random.default_rng(7).integers(0, 5, (len(people), 1)) * 25.0
    material = Material(
        respondents=tuple(f"p{n}" for n in range(len(people))),
        strata=tuple(roles),
        teams=tuple(teams),
        items=("x",),
        points=points,
        parts={"D": {"D": ("x",)}},
        counts={"D": np.ones(len(people), dtype=np.bool_)},
    )
    decisions = decide(material, [], k=payload["k"], open_floor=3)
    shown = [key for key, decision in decisions.of.items() if decision.status == "shown"]
    crowd = [adversary.Person(role, team, frozenset({"x"})) for team, role in zip(teams, roles, strict=True)]
    method = adversary.Method("D", {"D": ["x"]}, 1, 1)
    rows = [adversary.row_of(crowd, method, key) for key in shown]
    cells = sorted(set(zip(teams, roles, strict=True)))
    of_cell = {n: cells.index((team, role)) for n, (team, role) in enumerate(zip(teams, roles, strict=True))}
    over_cells = [{(of_cell[n], item): share for (n, item), share in row.items()} for row in rows]
    sizes = {c: sum(1 for n in of_cell if of_cell[n] == c) for c in range(len(cells))}
    assert adversary.exposed(over_cells, sizes, k=payload["k"]) == []
    assert len(people) < payload["k"] or shown, "the organisation itself is shown"
