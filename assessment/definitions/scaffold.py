"""Start a new questionnaire: a small valid folder to write one's own into, or a language file to fill in."""

import re
from collections.abc import Mapping
from pathlib import Path

from assessment import files
from assessment.definitions.questionnaires import SHIPPED
from assessment.errors import DefinitionError
from assessment.yaml_text import read_yaml, yaml_text

TEMPLATE = Path(__file__).resolve().parent / "template"
FIRST = "0.1.0"
POLICY = SHIPPED / "product-led-maturity" / "0.1.0" / "policy.yaml"
"""The judgement values that a new questionnaire starts with; each has its reason beside it."""
LANGUAGE = re.compile(r"[a-z]{2}")
TO_FILL = "TODO: "


def new_questionnaire(workspace: Path, name: str) -> Path:
    """Write a folder that loads: two dimensions, two facets each, three statements to replace.

    Raises
    ------
    DefinitionError
        When there is such a questionnaire already.
    """
    files.check_slug(name, field="questionnaire")
    folder = workspace / "questionnaires" / name / FIRST
    if folder.exists() or (SHIPPED / name).exists():
        raise DefinitionError(f"there is a questionnaire '{name}' already; nothing was written")
    written = {path.relative_to(TEMPLATE): path.read_text(encoding="utf-8") for path in TEMPLATE.rglob("*.*")}
    contents = {str(path): text.replace("{id}", name) for path, text in written.items()}
    contents["policy.yaml"] = POLICY.read_text(encoding="utf-8")
    for path, text in sorted(contents.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        files.write_text(folder / path, text)
    return folder


def language_to_fill_in(folder: Path, language: str, *, source: str) -> list[Path]:
    """Write the words of another language to fill in: every key, with the source's sentence after ``TODO:``.

    The files end in ``.todo.yaml`` and are not read until they are renamed, so that a half-finished translation breaks
    nothing.

    Raises
    ------
    DefinitionError
        When the language is none, is there already, or was begun.
    """
    if not LANGUAGE.fullmatch(language):
        raise DefinitionError(f"'{language[:10]}' is no language; write two small letters, for example fi")
    written: list[Path] = []
    for part in ("", ".recommendations"):
        origin = folder / "texts" / f"{source}{part}.yaml"
        target = folder / "texts" / f"{language}{part}.todo.yaml"
        if not origin.is_file():
            continue
        if target.exists() or (folder / "texts" / f"{language}{part}.yaml").exists():
            raise DefinitionError(f"texts/{language}{part} is there already; nothing was written")
        data = read_yaml(origin).data
        if not isinstance(data, dict):
            raise DefinitionError(f"texts/{origin.name} must be a block of words")
        blank = {str(key): _to_fill(value) for key, value in data.items()}
        files.write_text(target, yaml_text(blank | {"language": language, "status": "draft"}))
        written.append(target)
    return written


def _to_fill(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _to_fill(inner) for key, inner in value.items()}  # pyright: ignore[reportUnknownVariableType] - plain YAML data
    if isinstance(value, list):
        return []
    return f"{TO_FILL}{value}" if isinstance(value, str) else value
