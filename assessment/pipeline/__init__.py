"""Compose the rooms; read aloud, this is the method: load, read, score, release, compare, recommend, render."""

from assessment.pipeline.intake import Imported, import_answers, new_organisation

__all__ = ["Imported", "import_answers", "new_organisation"]
