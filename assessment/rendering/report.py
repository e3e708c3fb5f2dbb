"""Make one report: execute, draw, check, publish; what fails on the way leaves nothing."""

from dataclasses import dataclass
from pathlib import Path

import nbformat

from assessment.errors import ReportError
from assessment.export.html import page_html
from assessment.pipeline import client_of, newest_wave, workspace_of
from assessment.rendering.clean import cleaned, drawn_sections
from assessment.rendering.engine import run_notebook
from assessment.rendering.final_check import final_check
from assessment.rendering.publication import publish, staging_folder
from assessment.sections import AUDIENCES, words_for
from assessment.staging import Staged
from assessment.store import only_writer, open_store, reconcile


@dataclass(frozen=True)
class IssuedReport:
    """Where a published report lies."""

    folder: Path
    page: Path


def issue_report(
    organisation: str,
    wave: str | None = None,
    *,
    audience: str = "leadership",
    language: str | None = None,
    workspace: Path = Path(),
) -> IssuedReport:
    """Make and publish the report of a wave for one audience in one language.

    Raises
    ------
    AssessmentError
        When it cannot be made, or may not be shown; then nothing is published and earlier reports stay as they are.
    """
    root = workspace_of(workspace)
    client = client_of(organisation, workspace=root)
    words = words_for(client.questionnaire, language=language or client.settings.language, audience=audience)
    if audience not in AUDIENCES:
        raise ReportError(f"no audience '{audience}'; known are: {', '.join(AUDIENCES)}")
    reports = root / "reports"
    with only_writer(client.folder, organisation), open_store(client.folder, organisation) as store:
        reconcile(store, reports)
        wave = newest_wave(store, wave)
        with staging_folder(reports) as run:
            parameters = {"organisation": organisation, "wave": wave, "audience": audience, "language": words.language}
            executed = run_notebook("report", parameters=parameters, workspace=root, run=run)
            staged = Staged(run)
            results = staged.results()
            drawn = drawn_sections(executed)
            contents_list = [(one["id"], one["number"], one["name"]) for one in drawn]
            page = page_html([one["html"] for one in drawn], contents_list, results, words)
            final_check(page)
            contents = {
                f"{audience}-{words.language}.html": page,
                "report.ipynb": nbformat.writes(cleaned(executed)),
                "results.json": results.to_json(),
            }
            folder = publish(
                contents, store=store, staged=staged, run=run, reports=reports, organisation=organisation, wave=wave
            )
    return IssuedReport(folder, folder / f"{audience}-{words.language}.html")
