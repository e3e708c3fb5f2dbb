"""Organisations that are small, one-sided, blind, unanimous or large all get a whole report, or a plain refusal."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import assessment
from assessment.errors import PolicyError
from assessment.export.html import page_html, section_html
from assessment.frames import Answers
from assessment.pipeline.gate import Facts, gate
from assessment.rendering.final_check import final_check
from assessment.results import About, Results, results_from_json
from assessment.sections import SECTIONS, words_for

HERE = Path(__file__).parent
CANNOT_TELL, NOT_ASKED = -1, -3
ORGANISATIONS = {
    "one role": ({"EN": 12}, {}, None),
    "five people": ({"PM": 5}, {}, None),
    "two of each": ({"EX": 2, "PM": 2, "EN": 2}, {}, None),
    "everyone says the middle": ({"PM": 8, "EN": 9}, {"always": 3, "blind": 0}, None),
    "everyone says the top": ({"PM": 8, "EN": 9}, {"always": 5, "blind": 0}, None),
    "everyone answered": ({"PM": 6, "EN": 9, "EX": 5}, {}, {"PM": 6, "EN": 9, "EX": 5}),
    "a role is missing": ({"PM": 6, "EN": 9}, {}, {"PM": 6, "EN": 9, "EX": 5, "DE": 3}),
    "most cannot tell": ({"PM": 6, "EN": 9, "GTM": 8}, {"blind": 0.6}, None),
    "sales alone": ({"GTM": 9}, {}, None),
    "large": ({"EX": 6, "PM": 30, "EN": 90, "DE": 20, "GTM": 30, "OPS": 12}, {"blind": 0.1}, None),
}


def codes(questionnaire, people, *, blind: float = 0.05, always: int | None = None) -> pd.DataFrame:
    """Simulate answers: normal around 55 points, a share that cannot tell, routing obeyed."""
    random = np.random.default_rng(3)
    rows = []
    for role, n in people.items():
        for number in range(n):
            row: dict[str, object] = {"respondent": f"{role}{number}", "role": role, "team": None}
            for item in questionnaire.items.values():
                answer = always or int(np.clip(round(1 + random.normal(55, 24) / 25), 1, 5))
                told = CANNOT_TELL if random.random() < blind else answer
                row[item.id] = told if item.is_asked_of(role) else NOT_ASKED
            rows.append(row)
    return pd.DataFrame(rows).astype(dict.fromkeys(questionnaire.items, "int8"))


def page_of(questionnaire, answers: pd.DataFrame, roster) -> str:
    scores = assessment.score(Answers(answers), questionnaire, roster)
    released = gate(scores, questionnaire.policy, (), Facts(declared=tuple(roster or ()))).released
    advised = assessment.recommend(released, questionnaire)
    about = About("x", "X (simulated)", True, "w1", None, None, questionnaire.id, questionnaire.version, "unvalidated")
    results = Results(about, released, (), None, advised.patterns, advised.recommended, {}, {"k": 5})
    assert results_from_json(results.to_json()).to_json() == results.to_json()
    words = words_for(questionnaire, language="en", audience="consultant")
    found = [section for draw in SECTIONS.values() if (section := draw(results, words))]
    contents = [(section.id, section.number, section.name) for section in found]
    return page_html([section_html(section, words) for section in found], contents, results, words)


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_gets_a_whole_page_without_a_hole(questionnaire, name):
    people, kind, roster = ORGANISATIONS[name]
    html = page_of(questionnaire, codes(questionnaire, people, **kind), roster)
    final_check(html)
    assert not re.search(r">\s*(nan|None|NaN|<NA>)\s*<|\bnan\b|\{\w+\}", html.split("</style>")[1])


def test_nobody_who_could_tell_is_no_report(questionnaire):
    with pytest.raises(PolicyError, match="nothing can be shown"):
        page_of(questionnaire, codes(questionnaire, {"PM": 6, "EN": 9}, blind=1.0), None)


def test_a_questionnaire_without_facets_levels_or_advice_gets_a_page():
    small = assessment.load(HERE / "questionnaires/orgsurvey/1.0.0")
    answers = assessment.read(HERE / "golden/orgsurvey.csv", small, only={"org": "org03", "wave": "1"})
    final_check(page_of(small, answers.codes, None))
