"""Turn what the models found into sentences: file, key, line, what would be right."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.errors import DefinitionError
from assessment.model.base import Definition
from assessment.yaml_text import Data, Key, Place, YamlDocument, read_yaml

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
        return None, sorted(set(_sentences(error, document, model)))


def located(path: Path, problems: Iterable[str]) -> list[str]:
    """Add its line to each problem that begins with a key or an id of the file."""
    found = list(problems)
    if not (found and path.is_file()):
        return found
    line_of = _lines_by_name(read_yaml(path))
    split = [problem.partition(": ") for problem in found]
    return [
        f"{where} (line {line_of[where]}): {what}" if where in line_of else where + colon + what
        for where, colon, what in split
    ]


def _lines_by_name(document: YamlDocument) -> Mapping[str, int]:
    keys = {_dotted(place, document): line for place, line in document.lines.items()}
    return dict(_ids(document.data, (), document.lines)) | keys


def _ids(data: Data, place: Place, lines: Mapping[Place, int]) -> Iterator[tuple[str, int]]:
    """Yield the id of each entry of a list with its line, wherever the list stands."""
    entries = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for step, value in entries:
        if step == "id" and isinstance(value, str):
            yield value, lines[(*place, step)]
        yield from _ids(value, (*place, step), lines)


def _sentences(error: ValidationError, document: YamlDocument, model: type[Definition]) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=True, include_input=False):
        yield f"{_place(detail['loc'], document)}: {_what(detail, model)}"


def _place(loc: tuple[int | str, ...], document: YamlDocument) -> str:
    """Give the key as far as it is written, and its line: unions and keys of mappings add steps of their own."""
    written: tuple[int | str, ...] = ()
    for step in loc:
        if (*written, step) in document.lines:
            written = (*written, step)
        elif step == loc[-1] and isinstance(step, str) and step.isidentifier():
            return f"{_dotted((*written, step), document)}{_line(written, document)}"
    return f"{_dotted(written, document) or 'the file'}{_line(written, document)}"


def _dotted(steps: Place, document: YamlDocument) -> str:
    """Join the steps by dots; the entries of a list are counted from one, keys stay as written."""
    shown: list[str] = []
    here = document.data
    for step in steps:
        shown.append(str(step + 1) if isinstance(here, list) and isinstance(step, int) else str(step))
        here = _child(here, step)
    return ".".join(shown)


def _child(data: Data, step: Key) -> Data:
    if isinstance(data, list) and isinstance(step, int):
        return data[step]
    return data.get(step) if isinstance(data, dict) else None


def _line(written: tuple[int | str, ...], document: YamlDocument) -> str:
    line = document.lines.get(written)
    return f" (line {line})" if line else ""


def _what(detail: ErrorDetails, model: type[Definition]) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"unknown key{_near(str(detail['loc'][-1]), model)}"
    limits = detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return "has characters that an id, version, date or name of this kind may not have"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"must be {'at least' if 'ge' in limits else 'at most'} {limits.get('ge', limits.get('le'))}"
    return PLAIN.get(kind, detail["msg"].removeprefix("Value error, "))


def _near(key: str, model: type[Definition]) -> str:
    schema = model.model_json_schema()
    blocks = [schema, *schema.get("$defs", {}).values()]
    known = sorted({str(name) for block in blocks for name in block.get("properties", {})})
    close = get_close_matches(key, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
