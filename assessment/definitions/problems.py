"""Turn what the models found into sentences: file, key, line, what would be right."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.errors import DefinitionError
from assessment.yaml_text import YamlDocument, read_yaml
from assessment.model.base import Definition

Written = TypeVar("Written", bound=Definition)

PLAIN: Mapping[str, str] = {
    "missing": "is missing",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "string_type": "must be a text; put it in quotes",
    "bool_type": "must be true or false",
    "dict_type": "must be a block of keys",
    "mapping_type": "must be a block of keys",
    "model_type": "must be a block of keys",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "string_too_short": "must not be empty",
}


def read_model(path: Path, model: type[Written]) -> tuple[Written | None, list[str]]:
    """Read one file as a model; give the model, or the problems with file, key and line."""
    try:
        document = read_yaml(path)
    except DefinitionError as error:
        return None, list(error.problems) or [error.headline]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, sorted(set(_sentences(error, document)))


def _sentences(error: ValidationError, document: YamlDocument) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=True, include_input=False):
        yield f"{_place(detail['loc'], document)}: {_what(detail)}"


def _place(loc: tuple[int | str, ...], document: YamlDocument) -> str:
    """Give the key as far as it is written, and its line: unions and keys of mappings add steps of their own."""
    written: tuple[int | str, ...] = ()
    for step in loc:
        if (*written, step) in document.lines:
            written = (*written, step)
        elif step == loc[-1] and isinstance(step, str) and step.isidentifier():
            return f"{_dotted((*written, step))}{_line(written, document)}"
    return f"{_dotted(written) or 'the file'}{_line(written, document)}"


def _dotted(steps: tuple[int | str, ...]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)


def _line(written: tuple[int | str, ...], document: YamlDocument) -> str:
    line = document.lines.get(written)
    return f" (line {line})" if line else ""


def _what(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"unknown key{_near(str(detail['loc'][-1]))}"
    limits = detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return "has characters that an id, version, date or name of this kind may not have"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"must be {'at least' if 'ge' in limits else 'at most'} {limits.get('ge', limits.get('le'))}"
    return PLAIN.get(kind, detail["msg"].removeprefix("Value error, "))


def _near(key: str) -> str:
    known = {name for model in _every(Definition) for name in model.model_fields}
    close = get_close_matches(key, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _every(model: type[Definition]) -> Iterator[type[Definition]]:
    for child in model.__subclasses__():
        yield child
        yield from _every(child)
