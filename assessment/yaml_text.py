"""Read YAML as plain data with JSON's types, and know on which line each key stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assessment.errors import DefinitionError

LARGEST = 2 * 1024 * 1024
DEEPEST = 20
STANDARD = "tag:yaml.org,2002:"
PLAIN_TAGS = (f"{STANDARD}map", f"{STANDARD}seq")
Key = str | int
Data = dict[Key, "Data"] | list["Data"] | str | int | float | bool | None


@dataclass(frozen=True)
class YamlDocument:
    """Hold the data of a file, and the line of each key: ``lines[("items", 2, "id")]``."""

    data: Data
    lines: Mapping[tuple[Key, ...], int]


class _JsonTypes(yaml.SafeLoader):
    """Resolve what JSON knows and leave the rest text: no dates, no yes and no, no 12:30, no 1e5."""


_JsonTypes.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"-?(?:0|[1-9][0-9]{0,15})", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,17}", "-0123456789"),
):
    _JsonTypes.add_implicit_resolver(f"{STANDARD}{_tag}", re.compile(rf"^(?:{_pattern})$"), [*_first, ""])


def read_yaml(path: Path) -> YamlDocument:
    """Read a file of settings.

    Raises
    ------
    DefinitionError
        For every fault of form, with its line: not UTF-8, too large or deep, a key written twice, a reference or a tag,
        broken syntax.
    """
    problems: list[str] = []
    try:
        if path.stat().st_size > LARGEST:
            raise DefinitionError(path.name, [f"the file is larger than {LARGEST // 1024 // 1024} MiB"])
        text = path.read_text(encoding="utf-8")
        _refuse_references(path, text)
        node = yaml.compose(text, Loader=_JsonTypes)
    except FileNotFoundError:
        raise DefinitionError(path.name, ["the file is missing"]) from None
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, [f"byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    except yaml.YAMLError as error:
        raise DefinitionError(path.name, [_syntax(error)]) from None
    lines: dict[tuple[Key, ...], int] = {}
    data = _build(node, (), lines, problems)
    if problems:
        raise DefinitionError(path.name, problems)
    return YamlDocument(data, lines)


def _refuse_references(path: Path, text: str) -> None:
    """Stop before a reference is followed: a few lines of them can unfold to gigabytes."""
    aliases = [_line_of(event) for event in yaml.parse(text, Loader=_JsonTypes) if isinstance(event, yaml.AliasEvent)]
    if aliases:
        raise DefinitionError(path.name, [f"line {n}: a reference (*) is not allowed; write it out" for n in aliases])


def _syntax(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or "cannot be read")
    return f"line {mark.line + 1}, column {mark.column + 1}: {what}" if mark else what


def _build(
    node: yaml.Node | None, place: tuple[Key, ...], lines: dict[tuple[Key, ...], int], problems: list[str]
) -> Data:
    if node is None:
        return None
    line = _line_of(node)
    lines[place] = line
    if len(place) > DEEPEST:
        problems.append(f"line {line}: more than {DEEPEST} levels deep")
        return None
    if isinstance(node, yaml.CollectionNode) and node.tag not in PLAIN_TAGS:
        problems.append(_tag_problem(line, node.tag))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, lines, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*place, i), lines, problems) for i, child in enumerate(node.value)]
    return _scalar(node, line, problems)


def _line_of(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 0


def _mapping(
    node: yaml.MappingNode, place: tuple[Key, ...], lines: dict[tuple[Key, ...], int], problems: list[str]
) -> dict[Key, Data]:
    built: dict[Key, Data] = {}
    for key_node, value_node in node.value:
        line = _line_of(key_node)
        key = _scalar(key_node, line, problems) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str | int) or isinstance(key, bool):
            problems.append(f"line {line}: a key must be a text or a whole number")
        elif key in built:
            problems.append(f"line {line}: the key '{key}' is written twice")
        else:
            built[key] = _build(value_node, (*place, key), lines, problems)
            lines[(*place, key)] = line
    return built


def _scalar(node: yaml.Node, line: int, problems: list[str]) -> str | int | float | bool | None:
    kind = node.tag.removeprefix(STANDARD)
    text = str(node.value)
    match kind:
        case "int":
            return int(text)
        case "float":
            return float(text)
        case "bool":
            return text == "true"
        case "null":
            return None
        case "str":
            return text
        case _:
            problems.append(_tag_problem(line, node.tag))
            return None


def _tag_problem(line: int, tag: str) -> str:
    return f"line {line}: the tag {ascii(tag.removeprefix(STANDARD)[:40])[1:-1]} is not allowed"


def yaml_text(data: Mapping[str, object]) -> str:
    """Write plain data as YAML in the given order."""
    return yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, default_flow_style=False, width=110)
