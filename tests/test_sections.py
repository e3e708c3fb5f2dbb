"""What each section says in every state, the made-up organisation of `sample_results` in hand."""

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.comparison import LinkedChange
from assessment.export.html import page_html, section_html
from assessment.model.questionnaire import Questionnaire
from assessment.rendering.final_check import final_check
from assessment.results import Results
from assessment.sections import AUDIENCES, SECTIONS, words_for
from assessment.sections.blocks import (
    Block,
    Card,
    Details,
    Facts,
    Figure,
    HeatTable,
    Note,
    PageOne,
    PracticeGrid,
    Table,
)
from assessment.sections.words import Words

loaded = importlib.util.spec_from_file_location("sample_results", Path(__file__).parent / "sample_results.py")
sample = importlib.util.module_from_spec(loaded)
sys.modules["sample_results"] = sample
loaded.loader.exec_module(sample)
CHANGES, sample_released, sample_results = sample.CHANGES, sample.sample_released, sample.sample_results


@pytest.fixture(scope="module")
def words(questionnaire: Questionnaire) -> Words:
    return words_for(questionnaire, language="en", audience="leadership")


@pytest.fixture(scope="module")
def in_depth(questionnaire: Questionnaire) -> Words:
    return words_for(questionnaire, language="en", audience="consultant")


@pytest.fixture(scope="module")
def results(questionnaire: Questionnaire) -> Results:
    return sample_results(questionnaire)


def blocks_of(name: str, results: Results, words: Words) -> tuple[Block, ...]:
    section = SECTIONS[name](results, words)
    assert section is not None
    return section.blocks


def page_one(results: Results, words: Words) -> PageOne:
    (page,) = blocks_of("page_one", results, words)
    assert isinstance(page, PageOne)
    return page


def message(name: str, results: Results, words: Words) -> str:
    section = SECTIONS[name](results, words)
    assert section is not None
    return section.message


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def with_released(results: Results, **changed: object) -> Results:
    return replace(results, released=sample_released(**changed))


def gaps(verdict: str, difference: float, low: float, high: float) -> list[dict[str, object]]:
    known = {
        "measure": "OO",
        "role": "EX",
        "against": "others",
        "effect_size": None,
        "left_out": [],
        "status": "shown",
        "verdict": verdict,
    }
    return [known | {"difference": difference, "low": low, "high": high}]


def rows_of(results: Results, words: Words, section: str) -> Iterator[tuple[str, ...]]:
    for block in blocks_of(section, results, words):
        if isinstance(block, Table):
            yield from block.rows


class TestPageOne:
    def test_says_level_and_what_holds_it_back(self, results, words):
        page = page_one(results, words)
        assert (page.headline, page.emphasis) == ("Product-aware (level 3),", "held back by One front door.")

    def test_says_the_score_whole_with_its_range(self, results, words):
        assert page_one(results, words).lede[0] == (
            "Vindhaven (simulated) stands at 56 of 100. It likely lies between 52 and 60."
        )

    def test_shows_the_two_ends(self, results, words):
        strengths, brakes = page_one(results, words).pairs
        assert strengths[1] == (("Tools and methods", "75", "68 to 81"), ("Continuous improvement", "73", "65 to 79"))
        assert brakes[1] == (("One front door", "25", "20 to 32"), ("Learning after launch", "34", "28 to 41"))

    def test_tells_a_lower_view_with_its_range_in_the_same_direction(self, results, words):
        assert (
            page_one(results, words)
            .difference[1]
            .startswith("Leaders see Leadership empowerment 18 points lower than the other groups (likely 5 to 35).")
        )

    def test_keeps_the_direction_where_the_range_crosses_nothing(self, results, words):
        told = page_one(with_released(results, gaps=gaps("chance", -4.2, -10.0, 3.0)), words).difference[1]
        assert told == (
            "Leaders see Outcome focus 4 points lower than the other groups (likely −3 to 10). That could be chance."
        )

    def test_one_point_is_one_point(self, results, words):
        told = page_one(with_released(results, gaps=gaps("chance", 1.2, -5.0, 7.0)), words).difference[1]
        assert "1 point higher" in told

    def test_keeps_its_places_where_nothing_is_shown(self, results, words):
        hidden = with_released(results, table=[], levels=[], gaps=[])
        page = page_one(hidden, words)
        assert page.headline == "The whole cannot be shown."
        assert "not shown, to protect individuals" in page.lede[0]
        assert [rows for _, rows in page.pairs] == [(("Not shown, to protect individuals.", "–", ""),)] * 2
        assert page.difference[1] == "No difference between groups can be shown."

    def test_few_answers_are_a_start_for_a_talk(self, results, words):
        few = [{"group_kind": "organisation", "group": "organisation", "n": 12, "asked": 20, "band": None}]
        few[0]["status"] = "shown"
        roles = {"strata": [{"id": "all", "roles": ["PM", "EN"], "open": False}], "missing": []}
        small = with_released(results, participation=few, roles=roles)
        told = "Only 12 answers: a start for a talk, not a measurement."
        assert told in page_one(small, words).lede
        assert told in next(b for b in blocks_of("profile", small, words) if isinstance(b, Figure)).source
        assert message("how_to_read", small, words) == "12 people answered, each counts the same"

    def test_everyone_answered_has_no_range_to_tell(self, results, words):
        table = [
            {**row, "low": row["score"], "high": row["score"]} if row["measure"] == "overall" else row
            for row in sample_released().table.to_dict("records")
        ]
        assert "Everyone asked has answered" in page_one(with_released(results, table=table), words).lede[0]


class TestViews:
    def cells(self, results: Results, words: Words) -> dict[str, list[str]]:
        heat = next(b for b in blocks_of("views", results, words) if isinstance(b, HeatTable))
        return {label: [f"{c.kind} {c.text}" for c in cells] for _, rows in heat.groups for label, cells in rows}

    def test_every_state_of_a_cell_is_told_apart(self, results, words):
        cells = self.cells(results, words)
        assert cells["One front door"] == [
            "shown 25", "shown 11", "shown 27", "shown 25", "protected –", "bound ≤ 20", "protected –"
        ]  # fmt: skip
        assert cells["Leaders as partners"][3] == "not_asked not asked"
        assert cells["Tools and methods"][2] == "bound ≥ 75"

    def test_a_limit_lies_in_the_band_of_its_value(self, results, words):
        heat = next(b for b in blocks_of("views", results, words) if isinstance(b, HeatTable))
        limits = {c.text: c.level for _, rows in heat.groups for _, cells in rows for c in cells if c.kind == "bound"}
        assert limits == {"≤ 20": 1, "≥ 75": 4}

    def test_a_group_is_told_in_bands_and_an_open_one_as_open(self, results, words):
        heat = next(b for b in blocks_of("views", results, words) if isinstance(b, HeatTable))
        assert [column.below for column in heat.columns[:3]] == ["", "open group", "10–19 people"]

    @pytest.mark.parametrize(
        ("verdict", "said"),
        [
            ("clear", "Outcome focus looks different to those who lead"),
            ("possible", "Outcome focus may look different to those who lead"),
            ("chance", "No clear difference between the leaders and the others"),
        ],
    )
    def test_the_message_follows_the_verdict(self, results, words, verdict, said):
        assert message("views", with_released(results, gaps=gaps(verdict, 16.0, 1.0, 31.0)), words) == said

    def test_without_leaders_nothing_is_said_of_them(self, results, words):
        assert message("views", with_released(results, gaps=[]), words) == "How each group sees the place"

    def test_two_roles_are_compared_where_they_may_differ_and_in_depth_all(self, results, words, in_depth):
        tables = [b for b in blocks_of("views", results, words) if isinstance(b, Table)]
        assert [row[:3] for row in tables[1].rows] == [
            ("Executive or top leader and Product manager or product owner", "Outcome focus", "−16.1")
        ]
        (details,) = [b for b in blocks_of("views", results, in_depth) if isinstance(b, Details)]
        assert details.summary == "Roles beside each other: 2 comparisons"
        table = next(b for b in details.blocks if isinstance(b, Table))
        assert [row[-2:] for row in table.rows] == [("clear", "−0.9"), ("could be chance", "")]

    def test_says_who_cannot_tell_and_that_it_is_a_finding(self, results, words):
        table = [b for b in blocks_of("views", results, words) if isinstance(b, Table)][-1]
        assert table.rows == (
            ("Engineer", "“Customer feedback from all channels can be found in one place.”", "about 4 in 10"),
            (
                "Sales, marketing or customer success",
                "“Evidence from customers is used when the roadmap is decided.”",
                "80% or more",
            ),
        )
        assert "finding in itself" in table.caption


class TestMethod:
    def test_says_how_firm_the_scores_are(self, results, words):
        firm = next(b for b in blocks_of("method", results, words) if getattr(b, "strong", "") == "How firm.")
        assert plain(firm.text) == (
            "Product manager mandate is the lowest dimension in 65% of resamples of the answers. If some roles "
            "counted more and others less, another one would be the lowest. If roles counted up to 50% more or less, "
            "the level would be worded otherwise for: Product manager mandate, Outcome focus. Some answers look "
            "careless, and it matters. Without them the level or the score would be another for: Product manager "
            "mandate. The report counts everybody. An answer from a role that is missing would help most: Product "
            "operations. Further answers would narrow the ranges most from: Engineer."
        )

    def test_every_check_stands_in_a_table(self, results, words):
        details = [b for b in blocks_of("method", results, words) if isinstance(b, Details)]
        rows = next(b for b in details[0].blocks if isinstance(b, Table)).rows
        found = {(row[0], row[1]): row[2:] for row in rows}
        weights = "Roles count up to half as much more or less"
        assert found[weights, "Leadership empowerment"] == ("56 to 64", "same words")
        assert found[weights, "Outcome focus"] == ("–", "other words")  # a role's own mean is not shown
        assert found["Without answers that look careless", "Leadership empowerment"] == ("61.2", "same words")
        assert found["Lowest dimension in resamples", "Product manager mandate"] == ("65%", "may be another")

    def test_is_silent_where_nothing_was_tried(self, results, words):
        bare = with_released(results, checks=[])
        assert all(getattr(b, "strong", "") != "How firm." for b in blocks_of("method", bare, words))


class TestChange:
    def test_says_what_moved_with_its_range(self, results, words):
        said = [getattr(block, "text", "") for block in blocks_of("change", results, words)]
        assert said[:4] == [
            "Leadership empowerment: up 12 points (likely 4 to 20). That is from level 2 to level 3.",
            "Product manager mandate: down 12 points (likely 4 to 20).",
            "Outcome focus: +5 points (likely −1 to 12), perhaps a change. One more wave will tell.",
            (
                "The whole: +1 point (likely −3 to 5), too small to tell from chance. "
                "With this many answers, a change below 4 points cannot be told from chance. "
                "A change of 8 points or more is unlikely."
            ),
        ]

    def test_the_table_has_every_change(self, results, words):
        of_all = [words.name(c.measure) for c in CHANGES if c.kind != "facet"]
        assert [row[0] for row in rows_of(results, words, "change")] == of_all

    def test_a_facet_has_its_range_and_no_verdict(self, results, words):
        (details,) = [b for b in blocks_of("change", results, words) if isinstance(b, Details)]
        table = next(b for b in details.blocks if isinstance(b, Table))
        assert table.rows == (("Links between functions", "51.0", "54.0", "+3.0", "−7 to 13"),)

    def test_method_mix_and_the_same_people_stand_beside_the_movement(self, results, words):
        told = replace(
            CHANGES[0], rescored=(50.0, 61.0), by_answers=9.0, by_mix=3.0, linked=LinkedChange(8.0, 1.0, 15.0)
        )
        blocks = blocks_of("change", replace(results, changes=(told,)), words)
        note = next(block for block in blocks if isinstance(block, Note))
        assert [paragraph.text for paragraph in note.paragraphs[1:]] == [
            "With this many answers, a true change of 12 points would be found eight times in ten.",
            (
                "Leadership empowerment: published as 48.0 then; on what both surveys have in common, by today's "
                "method, 50.0 then and 61.0 now. What lies between the first two is a change of method, no movement."
            ),
            (
                "Leadership empowerment: of the change in the plain mean over people, +3 points come from who answered "
                "and +9 points from what they answered. The balanced score is free of the first."
            ),
            "Leadership empowerment: those who answered both times moved by +8 points (likely 1 to 15).",
        ]

    @pytest.mark.parametrize(
        ("n", "said"),
        [
            (5, "2 of 4 dimensions have moved; the rest could be chance"),
            (1, "Leadership empowerment has moved; the rest could be chance"),
        ],
    )
    def test_the_message_counts_what_is_clear(self, results, words, n, said):
        assert message("change", replace(results, changes=CHANGES[:n]), words) == said

    def test_a_first_wave_has_none(self, results, words):
        assert SECTIONS["change"](replace(results, changes=()), words) is None


class TestAgenda:
    def test_names_what_to_guess_and_keeps_its_size_closed(self, results, words):
        facts, reveal, _ = blocks_of("agenda", results, words)
        assert isinstance(facts, Facts)
        assert isinstance(reveal, Details)
        open_text = " ".join(text for _, text in facts.pairs)
        assert "Leadership empowerment" in open_text
        assert "points" not in open_text
        assert "18 points lower" in " ".join(paragraph.text for paragraph in reveal.blocks)

    def test_fills_ninety_minutes(self, results, words):
        facts = blocks_of("agenda", results, words)[0]
        assert isinstance(facts, Facts)
        assert sum(int(re.findall(r"\((\d+) minutes\)", name)[0]) for name, _ in facts.pairs) == 90

    def test_without_differences_patterns_or_advice_there_is_still_a_meeting(self, results, words):
        bare = replace(with_released(results, gaps=[]), patterns=(), recommended=replace(results.recommended, shown=()))
        facts, rules = blocks_of("agenda", bare, words)
        told = dict(facts.pairs)
        assert told["Guess first (10 minutes)"].endswith("Then open page one.")
        assert "One front door and Learning after launch" in told["One pattern (15 minutes)"]
        assert "Choose one thing of your own" in told["Actions (25 minutes)"]
        assert rules.strong == "Rules."


class TestOthers:
    def test_a_part_without_facets_shown_still_has_its_place(self, results, words):
        hidden = with_released(results, table=[], levels=[])
        figure = next(b for b in blocks_of("profile", hidden, words) if isinstance(b, Figure))
        assert (message("profile", hidden, words), figure.message) == (
            "No facet can be shown",
            "The facets by dimension",
        )
        assert len(figure.table.rows) == 16

    def test_a_target_is_explained(self, results, words):
        figure = next(b for b in blocks_of("profile", results, words) if isinstance(b, Figure))
        assert figure.source == "Hollow diamond: target."

    def test_each_wording_of_a_level(self, results, words):
        levels = {row[0]: plain(row[4]) for row in rows_of(results, words, "profile") if len(row) == 5}
        assert levels == {
            "Leadership empowerment": "Level 3, Product-aware: 90% likely.",
            "Product manager mandate": "Level 2, Project-run: over 95% likely. "
            "The score alone would give level 3. One front door holds it at level 2.",
            "Outcome focus": "Between level 2 and level 3: the answers do not tell them apart.",
            "Product operations coverage": "Too few answers to name a level.",
            "The whole": "Level 3, Product-aware: 85% likely.",
        }

    def test_participation_of_groups_is_told_in_bands(self, results, words):
        figure = next(b for b in blocks_of("how_to_read", results, words) if isinstance(b, Figure))
        told = {name: plain(printed) for name, printed in figure.table.rows}
        assert told["Everyone asked"] == "57 of 75 people (76%)"
        assert told["Designer or researcher"] == "under 50%"
        assert told["Product operations"] == "not known"

    def test_practices_are_told_from_what_is_unknown_and_what_does_not_apply(self, results, words):
        grid = next(b for b in blocks_of("product_operations", results, words) if isinstance(b, PracticeGrid))
        says = Counter(cell.says for _, cells, _, _ in grid.pillars for cell in cells)
        assert says == {
            "shared, improved": 2, "shared": 4, "own way": 1, "not done": 1, "could not be told": 1, "does not apply": 1
        }  # fmt: skip

    def test_a_trace_names_every_kind_of_figure(self, results, words):
        card = blocks_of("actions", results, words)[0]
        assert isinstance(card, Card)
        facts = card.trace.blocks[0]
        assert isinstance(facts, Facts)
        assert plain(dict(facts.pairs)["Figures"]) == (
            "One front door 25 (likely 20 to 32), n = 57; "
            f"“{words.texts.items['PM3b']}” 2.1 on the scale of five; "
            "“Organisation chart” rated 1.0 of 3; Coverage of practices 75%; "
            "difference on Leadership empowerment −18 (likely −35 to −5)"
        )

    def test_one_blank_is_one_figure(self, results, words):
        assert message("privacy", with_released(results, n_blank=1), words).startswith("One figure is")
        assert message("privacy", with_released(results, n_blank=0), words) == "No figure had to be left out"

    def test_depth_follows_the_reader_and_numbers_do_not(self, questionnaire, results, words):
        deep = words_for(questionnaire, language="en", audience="consultant")
        folds = [b for w in (words, deep) for b in blocks_of("profile", results, w) if isinstance(b, Details)]
        assert [fold.in_print for fold in folds] == [False] * 4 + [True] * 4
        assert [fold.blocks for fold in folds[:4]] == [fold.blocks for fold in folds[4:]]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_state_makes_a_whole_page(questionnaire, results, audience):
    words = words_for(questionnaire, language="en", audience=audience)
    states = [
        results,
        with_released(results, table=[], levels=[], gaps=[]),
        replace(results, changes=(), practices=None, targets={}),
    ]
    for state in states:
        found = [s for name in SECTIONS if name in AUDIENCES[audience] and (s := SECTIONS[name](state, words))]
        contents = [(s.id, s.number, s.name) for s in found]
        page = page_html([section_html(s, words) for s in found], contents, state, words)
        final_check(page)
        assert not re.search(
            r"[>\s](nan|None|<NA>|\{\w+\})[<\s.,]", page.split("</style>")[1].replace("None of the", "")
        )
