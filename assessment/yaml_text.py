"""Read YAML as plain data with JSON's types, and know on which line each key stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from assessment.errors import DefinitionError

LARGEST = 2 * 1024 * 1024
DEEPEST = 20
STANDARD = "tag:yaml.org,2002:"
Key = str | int
Place = tuple[Key, ...]
Data = dict[Key, "Data"] | list["Data"] | str | int | float | bool | None


@dataclass(frozen=True)
class YamlDocument:
    """Hold the data of a file, and the line of each key: ``lines[("items", 2, "id")]``."""

    data: Data
    lines: Mapping[Place, int]


FastestLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader of the C library where there is one: ten times faster, the same rules."""


class _JsonTypes(FastestLoader):  # pyright: ignore[reportUntypedBaseClass, reportGeneralTypeIssues] - chosen at import
    """Resolve what JSON knows and leave the rest text: no dates, no yes and no, no 12:30, no 1e5."""


_JsonTypes.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"-?(?:0|[1-9][0-9]{0,15})", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,25}(?:e-[0-9]{1,3}|e[+][0-9]{1,2})?", "-0123456789"),
):
    _JsonTypes.add_implicit_resolver(f"{STANDARD}{_tag}", re.compile(rf"^(?:{_pattern})\Z"), [*_first, ""])


class _NoReferences(yaml.SafeDumper):
    """Write out what stands twice; the reader refuses references."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the dumper's own signature
        return True


def read_yaml(path: Path) -> YamlDocument:
    """Read a file of settings.

    Raises
    ------
    DefinitionError
        For every fault of form, with its line: not UTF-8, too large or deep, a key written twice, a reference or a tag,
        broken syntax.
    """
    text = _text_of(path)
    try:
        problems = list(_unwelcome(text))
        node = None if problems else yaml.compose(text, Loader=_JsonTypes)
    except yaml.YAMLError as error:
        raise DefinitionError(path.name, [_syntax(error, text)]) from None
    reading = _Reading(problems)
    data = reading.value(node, ()) if node else None
    if reading.problems:
        raise DefinitionError(path.name, reading.problems)
    return YamlDocument(data, reading.lines)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise DefinitionError(path.name, [f"the file is larger than {LARGEST // 1024 // 1024} MiB"])
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DefinitionError(path.name, ["the file is missing"]) from None
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, [f"byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    except OSError as error:
        raise DefinitionError(path.name, [f"the file cannot be opened: {error.strerror}"]) from None


def _unwelcome(text: str) -> Iterator[str]:
    """Look at events before anything is built: references unfold to gigabytes, nesting exhausts the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_JsonTypes):
        line = _line_of(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield f"line {line}: more than {DEEPEST} levels deep"
            return
        if isinstance(event, yaml.AliasEvent):
            yield f"line {line}: a reference (*) is not allowed; write it out"
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            yield f"line {line}: an anchor (&) is not allowed; write the text where it is needed"
        tag = getattr(event, "tag", None)
        if tag:
            yield f"line {line}: the tag {ascii(tag.removeprefix(STANDARD)[:40])[1:-1]} is not allowed"


def _syntax(error: yaml.YAMLError, text: str) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return f"line {line}: a control character (code {error.character}) is not allowed; delete it"
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or "cannot be read")
    return f"line {mark.line + 1}, column {mark.column + 1}: {what}" if mark else what


def _line_of(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 0


@dataclass
class _Reading:
    """Turn nodes into data; collect the line of each key and every problem on the way."""

    problems: list[str]
    lines: dict[Place, int] = field(default_factory=dict[Place, int])

    def value(self, node: yaml.Node, place: Place) -> Data:
        self.lines.setdefault(place, _line_of(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i)) for i, child in enumerate(node.value)]
        return _scalar(node)

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[Key, Data]:
        built: dict[Key, Data] = {}
        for key_node, value_node in node.value:
            line = _line_of(key_node)
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.problems.append(f"{_where(place)}line {line}: a key must be a text or a whole number")
            elif key in built:
                self.problems.append(f"{_where(place)}line {line}: the key '{key}' is written twice")
            else:
                self.lines[(*place, key)] = line
                built[key] = self.value(value_node, (*place, key))
        return built


def _where(place: Place) -> str:
    dotted = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
    return f"{dotted}, " if dotted else ""


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    text = str(node.value)
    match node.tag.removeprefix(STANDARD):
        case "int":
            return int(text)
        case "float":
            return float(text)
        case "bool":
            return text == "true"
        case "null":
            return None
        case _:
            return text


def yaml_text(data: Mapping[str, object]) -> str:
    """Write plain data as YAML in the given order, so that it reads back as it was."""
    return yaml.dump(
        dict(data), Dumper=_NoReferences, sort_keys=False, allow_unicode=True, default_flow_style=False, width=110
    )
