"""The owner's look at the questionnaire: what pooled answers say, and that few people are never seen in it."""

from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient

from assessment import analyse_items
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED, Answers
from assessment.scoring import cronbach_alpha

ROOT = Path(__file__).resolve().parents[1]


def answers_of(questionnaire, n, *, role="PM", seed=1, lean=1.0):
    """n made-up respondents; each leans up or down on everything."""
    random = np.random.default_rng(seed)
    own = lean * random.normal(0, 1, (n, 1))
    latent = np.clip(np.rint(3 + own + random.normal(0, 0.8, (n, len(questionnaire.items)))), 1, 5)
    is_reversed = [item.reversed for item in questionnaire.items.values()]
    asked = [item.is_asked_of(role) for item in questionnaire.items.values()]
    codes = np.where(asked, np.where(is_reversed, 6 - latent, latent), NOT_ASKED)
    table = pd.DataFrame(codes.astype("int8"), columns=list(questionnaire.items))
    about = {"respondent": [f"p{x}" for x in range(n)], "role": role, "team": [f"t{x % 6}" for x in range(n)]}
    return Answers(pd.concat([pd.DataFrame(about), table], axis=1))


def test_alpha_is_that_of_the_keyed_answers(questionnaire):
    answers = answers_of(questionnaire, 120)
    items = [item for item in questionnaire.items.values() if questionnaire.dimension_of[item.id] == "PM"]
    keyed = np.array([(6 - answers.codes[i.id] if i.reversed else answers.codes[i.id]) for i in items]).T
    found = analyse_items(answers, questionnaire).reliability.set_index(["dimension", "items"]).loc[("PM", "all")]
    assert found["alpha"] == pytest.approx(cronbach_alpha(keyed).value, abs=0.005)
    assert (found["k"], found["n"], found["note"]) == (12, 120, "")
    assert found["low"] < found["alpha"] < found["high"]


def test_below_a_hundred_nothing_is_told(questionnaire):
    found = analyse_items(answers_of(questionnaire, 99), questionnaire)
    assert found.reliability[["alpha", "low", "high", "omega"]].isna().all(axis=None)
    assert found.items[["mean", "sd", "item_rest", "alpha_without"]].isna().all(axis=None)
    assert found.groups[["icc1", "icc2"]].isna().all(axis=None)
    assert found.spread[["lower", "median", "upper"]].isna().all(axis=None)
    assert found.careless.empty
    assert set(found.reliability["note"]) == {"too few answers"}


def test_an_item_that_points_the_wrong_way_is_named(questionnaire):
    answers = answers_of(questionnaire, 150)
    turned = Answers(answers.codes.assign(LE1a=6 - answers.codes["LE1a"]))
    found = analyse_items(turned, questionnaire).items.set_index("item")
    assert found.loc["LE1a", "item_rest"] < 0
    assert found.loc["LE1a", "note"] == "check item direction"
    assert found.loc["LE1b", "note"] == ""


def test_shares_are_of_those_asked_and_never_tell_what_nearly_all_chose(questionnaire):
    answers = answers_of(questionnaire, 160)
    codes = answers.codes.copy()
    codes.loc[range(40), "LE1a"] = CANNOT_TELL
    codes.loc[range(40, 48), "LE1a"] = NOT_ANSWERED
    codes["LE1b"] = CANNOT_TELL
    found = analyse_items(Answers(codes), questionnaire)
    items, roles = found.items.set_index("item"), found.roles.set_index(["role", "item"])
    assert items.loc["LE1a", ["cannot_tell", "not_answered", "note"]].tolist() == ["25 %", "5 %", "many cannot tell"]
    assert items.loc["LE1b", "cannot_tell"] == "95 % or more"
    assert roles.loc[("PM", "LE1b"), "cannot_tell"] == "95 % or more"


def test_opposites_that_both_hold_are_doubted(questionnaire):
    answers = answers_of(questionnaire, 120, lean=2.0)
    same = Answers(answers.codes.assign(PM1c=answers.codes["PM1a"]))  # both true, or neither
    pairs = analyse_items(same, questionnaire).pairs.set_index(["first", "second"])["note"]
    assert pairs["PM1a", "PM1c"] == "may not be opposites"
    assert pairs["PM3a", "PM3b"] == ""


def test_flagged_respondents_are_counted(questionnaire):
    answers = answers_of(questionnaire, 120)
    codes = answers.codes.copy()
    codes.loc[range(12), list(questionnaire.items)] = 5
    found = analyse_items(Answers(codes), questionnaire).careless.set_index("what")["share"]
    assert (found["long_string"], found["contradiction"], found["flagged"]) == ("10 %", "10 %", "10 %")


def test_the_notebook_runs_on_the_simulated_answers_of_the_demo(demo, tmp_path):
    notebook = nbformat.read(ROOT / "notebooks" / "instrument.ipynb", as_version=4)
    notebook.cells[1]["source"] = notebook.cells[1]["source"].replace("../pooled", str(demo / "pooled"))
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, kernel_name="python3").execute()
    shown = [
        output.data["text/html"] for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output
    ]
    assert len(shown) == 7
    assert "alpha" in shown[0]
    assert all("respondent" not in table for table in shown)
