"""Compose the rooms; read aloud, this is the method: load, read, score, release, compare, recommend."""

from assessment.pipeline.assessing import assess, newest_wave
from assessment.pipeline.intake import Imported, answered, import_answers, new_organisation
from assessment.pipeline.scores import Scores, score
from assessment.pipeline.verbs import Advised, analyse_items, compare, load, read, recommend, release
from assessment.pipeline.workspace import Client, client_of, workspace_of

__all__ = [
    "Advised",
    "Client",
    "Imported",
    "Scores",
    "analyse_items",
    "answered",
    "assess",
    "client_of",
    "compare",
    "import_answers",
    "load",
    "new_organisation",
    "newest_wave",
    "read",
    "recommend",
    "release",
    "score",
    "workspace_of",
]
