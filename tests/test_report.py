"""The report from end to end: complete, private, inert, published whole or not at all."""

import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import html5lib
import nbformat
import pytest

import assessment
from assessment.errors import AssessmentError, ImportRefused, PolicyError, ReportError, StoreError
from assessment.export.html import page_html, section_html
from assessment.pipeline import import_answers, new_organisation
from assessment.rendering import engine, issue_report
from assessment.rendering.final_check import final_check
from assessment.results import Results
from assessment.sections import AUDIENCES, SECTIONS, words_for
from assessment.yaml_text import read_yaml, yaml_text

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></head><body onload=alert(1)>",
    "{{7*7}} {% for x in y %}",
    "=1+1",
    "$\\href{javascript:alert(1)}{x}$",
    "<!-- --> <![CDATA[x]]> &lt;b&gt;",
    "[x](javascript:alert(1)) ![t](https://evil.example/x.png)",
]


def parsed(html: str):
    """Parse a page as a browser does; the elements of drawings lose their namespace, so that all are seen alike."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return tree


def drawn_page(results: Results, *, audience: str = "leadership") -> str:
    words = words_for(assessment.load("product-led-maturity"), language="en", audience=audience)
    found = [s for name in SECTIONS if name in AUDIENCES[audience] and (s := SECTIONS[name](results, words))]
    contents = [(s.id, s.number, s.name) for s in found]
    return page_html([section_html(s, words) for s in found], contents, results, words)


@pytest.fixture
def copy(demo, tmp_path) -> Path:
    """The demo's workspace, to change."""
    return Path(shutil.copytree(demo, tmp_path / "workspace"))


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


class TestPage:
    def test_has_every_section_in_order(self, page):
        tree = parsed(page.read_text())
        names = [s.get("id") for s in tree.iter("section")]
        assert names == [
            "page-one",
            "how",
            "profile",
            "level",
            "views",
            "patterns",
            "ops",
            "actions",
            "change",
            "agenda",
            "method",
            "privacy",
        ]

    def test_headings_leave_no_gap_and_there_is_one_title(self, page):
        levels = [int(e.tag[1]) for e in parsed(page.read_text()).iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))

    def test_every_figure_speaks_and_has_a_table(self, page):
        tree = parsed(page.read_text())
        drawings = [svg for svg in tree.iter("svg") if svg.get("role") == "img"]
        assert len(drawings) >= 6
        assert all(len(svg.get("aria-label", "")) > 40 for svg in drawings)
        assert all(
            figure.find(".//table") is not None or figure.find(".//ul") is not None for figure in tree.iter("figure")
        )

    def test_tables_name_their_rows_and_columns(self, page):
        for table in parsed(page.read_text()).iter("table"):
            assert all(th.get("scope") in ("col", "row", "rowgroup") for th in table.iter("th"))

    def test_nothing_acts_loads_or_leads_away(self, page):
        html = page.read_text()
        final_check(html)
        elements = list(parsed(html).iter())
        assert not [e for e in elements if e.tag in ("script", "iframe", "link", "form", "object", "img")]
        names = {name for e in elements for name in e.attrib}
        assert not [name for name in names if name.startswith("on") or name in {"style", "src"}]
        assert all(e.get("href", "#").startswith("#") for e in elements)
        assert "://" not in html

    def test_every_link_in_the_page_has_its_place(self, page):
        elements = list(parsed(page.read_text()).iter())
        ids = Counter(e.get("id") for e in elements if e.get("id"))
        assert max(ids.values()) == 1
        assert {e.get("href")[1:] for e in elements if e.get("href")} <= ids.keys()

    def test_says_that_it_is_simulated_unvalidated_and_how_sure(self, page):
        html = page.read_text()
        assert html.count("Simulated example") >= 2
        assert "Unvalidated questionnaire, version 0.1.0" in html
        assert "People who did not answer may think differently" in html
        assert "likely lies between" in html

    def test_shows_the_mark_of_a_blank_and_never_its_cause(self, page):
        html = page.read_text()
        assert '<td class="hz"><span>–</span></td>' in html
        assert "not asked" in html
        assert "too few people" not in html

    def test_a_coach_gets_other_sections_and_the_same_numbers(self, demo, page):
        results = assessment.assess("demo", "2026-q3", demo)
        coach = drawn_page(results, audience="coach")
        assert 'id="level"' not in coach
        assert all(
            row in page.read_text() for row in re.findall(r"<tr>.*?</tr>", coach.split('id="fig-facets"')[1])[:20]
        )


class TestPrivacy:
    def test_no_answer_no_comment_and_no_respondent_is_in_any_published_byte(self, demo):
        from assessment.store import answers_of, open_store

        with open_store(demo / "organisations" / "demo", "demo") as store:
            pseudonyms = set(answers_of(store, "2026-q3")["respondent"])
        for file in (demo / "reports" / "demo").rglob("*.*"):
            content = file.read_text()
            assert "A simulated comment" not in content
            assert not pseudonyms & set(re.findall(r"[0-9a-f]{64}", content))
            assert "(simulated)</span>" not in content or "Sensors" not in content

    def test_results_hold_printed_figures_only(self, page):
        results = json.loads((page.parent / "results.json").read_text())
        columns = set(results["released"]["table"][0])
        assert not columns & {"se", "se_sample", "df", "variance", "p", "mean"}
        for row in results["released"]["table"]:
            if row["status"] == "protected":
                assert not [row[name] for name in ("score", "low", "high", "n", "n_band", "agreement") if row[name]]
            if row["group_kind"] == "role":
                assert row["n"] is None

    def test_the_notebook_holds_no_metadata_and_nothing_but_frames(self, page):
        notebook = nbformat.read(page.parent / "report.ipynb", as_version=4)
        nbformat.validate(notebook)
        outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
        assert {output.output_type for output in outputs} == {"display_data"}
        assert {mime for output in outputs for mime in output.data} <= {"text/html", "text/plain"}
        assert all(not cell.metadata for cell in notebook.cells)
        assert set(notebook.metadata) == {"kernelspec"}

    def test_no_working_file_is_left(self, demo):
        assert list((demo / "reports" / ".staging").iterdir()) == []


class TestSameNumbers:
    def test_by_hand_and_issued(self, demo, page):
        by_hand = json.loads(assessment.assess("demo", "2026-q3", demo).to_json())
        issued = json.loads((page.parent / "results.json").read_text())
        assert by_hand == issued

    def test_from_python_verb_by_verb(self, demo, questionnaire, page):
        export = demo / "organisations/demo/exports/2026-q3-google-forms.csv"
        answers = assessment.read(export, questionnaire)
        roster = {"EX": 5, "PM": 11, "EN": 28, "DE": 9, "GTM": 12, "OPS": 7}
        scores = assessment.score(answers, questionnaire, roster=roster)
        table = assessment.release(scores, questionnaire.policy).table
        issued = json.loads((page.parent / "results.json").read_text())["released"]["table"]
        known = {row["measure"]: row["score"] for row in issued if row["group_kind"] == "organisation"}
        # Without the leaders' agreement they are merged and the balance differs, but not where they are not asked.
        ours = table[table["group_kind"] == "organisation"].set_index("measure")["score"]
        assert ours["OO3"] == pytest.approx(known["OO3"])

    def test_a_second_report_is_a_new_issue_beside_the_first(self, copy):
        before = (copy / "reports/demo/2026-q3/0001/results.json").read_bytes()
        issued = issue_report("demo", "2026-q3", audience="consultant", workspace=copy)
        assert issued.folder.name == "0002"
        assert (copy / "reports/demo/2026-q3/current").read_text() == "0002\n"
        assert (copy / "reports/demo/2026-q3/0001/results.json").read_bytes() == before
        again = json.loads((issued.folder / "results.json").read_text())
        assert again["released"] == json.loads(before)["released"]


class TestHostileNames:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_come_out_as_text(self, copy, name):
        plain = assessment.assess("demo", "2026-q3", copy)
        settings = copy / "organisations/demo/organisation.yaml"
        data = dict(read_yaml(settings).data)
        settings.write_text(yaml_text(data | {"name": name}), encoding="utf-8")
        hostile = assessment.assess("demo", "2026-q3", copy)
        pages = [drawn_page(results) for results in (plain, hostile)]
        for html in pages:
            final_check(html)
        counts = [Counter(str(e.tag) for e in parsed(html).iter()) for html in pages]
        assert counts[0] == counts[1]
        shown = "".join(parsed(pages[1]).find(".//header").itertext())
        assert name in shown


class TestAllOrNothing:
    def failing(self, tmp_path, monkeypatch, source: str) -> None:
        notebook = nbformat.v4.new_notebook(
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            cells=[
                nbformat.v4.new_code_cell(
                    'organisation = wave = audience = language = ""', metadata={"tags": ["parameters"]}
                ),
                nbformat.v4.new_code_cell(source),
            ],
        )
        folder = tmp_path / "notebooks"
        folder.mkdir()
        nbformat.write(notebook, folder / "report.ipynb")
        monkeypatch.setattr(engine, "NOTEBOOKS", folder)

    def test_a_failing_notebook_leaves_nothing_and_says_nothing_of_what_it_held(self, copy, tmp_path, monkeypatch):
        self.failing(tmp_path, monkeypatch, 'secret = "CANARY-7"\nraise ValueError(secret)')
        before = tree(copy)
        with pytest.raises(ReportError) as caught:
            issue_report("demo", "2026-q3", workspace=copy)
        assert "CANARY" not in str(caught.value)
        assert "ValueError" in str(caught.value)
        assert tree(copy) == before

    def test_a_problem_that_a_person_can_solve_is_told_as_it_is(self, copy, tmp_path, monkeypatch):
        self.failing(
            tmp_path, monkeypatch, 'from assessment.errors import PolicyError\nraise PolicyError("too few", ["a", "b"])'
        )
        with pytest.raises(PolicyError) as caught:
            issue_report("demo", "2026-q3", workspace=copy)
        assert caught.value.problems == ("a", "b")

    def test_a_page_with_a_foreign_element_is_not_published(self, copy, monkeypatch):
        from assessment.rendering import report

        monkeypatch.setattr(report, "page_html", lambda *_: "<!doctype html><p onclick=x><script>1</script>")
        before = tree(copy)
        with pytest.raises(ReportError) as caught:
            issue_report("demo", "2026-q3", workspace=copy)
        assert "element <script>" in caught.value.problems
        assert tree(copy) == before

    @pytest.mark.parametrize(
        ("arguments", "error", "message"),
        [
            ({"wave": "2025-q1"}, StoreError, "no wave '2025-q1'; known are: 2026-q1, 2026-q3"),
            ({"audience": "everyone"}, ReportError, "known are: leadership, coach, consultant"),
            ({"language": "xx"}, ReportError, "languages of product-led-maturity: da, de, en"),
        ],
    )
    def test_unknown_things_name_the_known_ones(self, demo, arguments, error, message):
        with pytest.raises(error, match=message):
            issue_report("demo", **{"wave": "2026-q3"} | arguments, workspace=demo)

    def test_late_answers_are_refused(self, demo):
        with pytest.raises(ImportRefused, match="has been reported"):
            import_answers(
                "demo", demo / "organisations/demo/exports/2026-q1-google-forms.csv", wave="2026-q3", workspace=demo
            )

    def test_more_answers_than_people_are_refused(self, copy):
        settings = copy / "organisations/demo/organisation.yaml"
        settings.write_text(settings.read_text().replace("people: 28", "people: 3"))
        export = copy / "organisations/demo/exports/2026-q3-google-forms.csv"
        with pytest.raises(ImportRefused) as caught:
            import_answers("demo", export, wave="new", workspace=copy)
        assert "role EN" in caught.value.problems[0]


def test_an_organisation_below_the_smallest_group_gets_no_report(tmp_path, questionnaire):
    new_organisation("small", name="Small (simulated)", workspace=tmp_path)
    items = list(questionnaire.items)
    rows = [[f"p{n}", "PM", *["4"] * len(items)] for n in range(4)]
    table = "\n".join(",".join(row) for row in [["respondent", "role", *items], *rows])
    (tmp_path / "answers.csv").write_text(table + "\n")
    import_answers("small", tmp_path / "answers.csv", wave="w1", workspace=tmp_path)
    with pytest.raises(PolicyError, match="nothing can be shown") as caught:
        issue_report("small", workspace=tmp_path)
    assert "4" not in str(caught.value)
    assert not (tmp_path / "reports" / "small").exists()


BAD_FILES = {
    "empty": ("", "E"),
    "header only": ("respondent,role,LE1a\n", "E"),
    "a picture": ("\x89PNG\r\n\x1a\n\x00\x00", "E"),
    "no table": ("just some words\n", "E"),
    "unknown columns": ("a,b\n1,2\n", "E"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_by_code_and_changes_nothing(copy, name):
    content, code = BAD_FILES[name]
    file = copy / "bad.csv"
    file.write_bytes(content.encode("latin-1"))
    before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    with pytest.raises(AssessmentError, match=code) as refusal:
        import_answers("demo", file, wave="new", workspace=copy)
    own = (".writer.lock", "new-mapping.yaml")  # the second is the draft that the refusal offers
    after = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file() and p.name not in own}
    assert after == {p: content for p, content in before.items() if p.name not in own}
    draft = copy / "organisations" / "demo" / "new-mapping.yaml"
    assert draft.is_file() == (draft.name in str(refusal.value))
