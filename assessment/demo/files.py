"""Write the demo organisation into a workspace; the same bytes every time."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment import files
from assessment.demo.forms import google_forms_export
from assessment.demo.simulate import simulate
from assessment.demo.story import Story, read_story
from assessment.model.questionnaire import Questionnaire
from assessment.yaml_text import yaml_text

POOLED = 8
"""How many times the demo's respondents the pooled answers have."""


@dataclass(frozen=True)
class DemoFiles:
    """Where the demo organisation and its exports lie, by wave in order."""

    organisation: Path
    exports: Mapping[str, Path]


def write_demo(workspace: Path, questionnaire: Questionnaire) -> DemoFiles:
    """Write the settings and one export per wave."""
    story = read_story()
    folder = workspace / "organisations" / story.slug
    exports = folder / "exports"
    files.private_folder(folder)
    files.private_folder(exports)
    files.write_text(folder / "organisation.yaml", yaml_text(_settings(story, questionnaire)))
    written: dict[str, Path] = {}
    for wave, told in sorted(story.waves.items()):
        people = simulate(story, wave, questionnaire)
        path = exports / f"{wave}-google-forms.csv"
        text = google_forms_export(people, questionnaire, language=story.language, opened=told.opened)
        files.write_text(path, text)
        written[wave] = path
    return DemoFiles(folder, written)


def write_pooled(workspace: Path, questionnaire: Questionnaire) -> Path:
    """Write simulated answers of several hundred people, for the item analysis of the questionnaire's owner."""
    story = read_story()
    roles = {role: of.model_copy(update={"answer": POOLED * of.answer}) for role, of in story.roles.items()}
    many, newest = story.model_copy(update={"roles": roles}), max(story.waves)
    folder = workspace / "pooled"
    files.private_folder(folder)
    people = simulate(many, newest, questionnaire)
    text = google_forms_export(people, questionnaire, language=story.language, opened=story.waves[newest].opened)
    path = folder / "simulated-google-forms.csv"
    files.write_text(path, text)
    return path


def _settings(story: Story, questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "name": story.name,
        "simulated": True,
        "language": story.language,
        "questionnaire": f"{questionnaire.id}/{questionnaire.version}",
        "roles": {
            role: {"people": story.roles[role].asked} | ({"open_group": True} if story.roles[role].open_group else {})
            for role in questionnaire.roles
        },
        "teams": list(story.teams),
        "waves": {
            wave: {"opened": of.opened, "closed": of.closed, "retain_until": of.retain_until}
            for wave, of in sorted(story.waves.items())
        },
        "practices": {
            wave: {
                "rated_on": of.practices_on,
                "ratings": {practice: {"value": value} for practice, value in sorted(of.practices.items())},
            }
            for wave, of in sorted(story.waves.items())
        },
    }
