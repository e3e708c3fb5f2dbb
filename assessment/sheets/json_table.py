"""Lay a JSON list of responses out as a table: one column per path of keys, one row per response."""

import json
from collections.abc import Iterator, Mapping

from assessment.sheets.limits import Limits
from assessment.sheets.refusals import problem, refused

DEEPEST = 4
NO_LIST = "The file is JSON but no list of responses: a list of objects is expected. Export the responses as JSON."


def json_rows(name: str, text: str, limits: Limits) -> list[list[str]]:
    """Give a heading row with the paths ("LE/LE1a") in the order in which they are first met, then the responses.

    A key that a response lacks is an empty cell, as is null. A list of plain values is joined by commas.

    Raises
    ------
    ImportRefused
        E01 when it is no JSON, no list of objects, too deep, or over a limit; E14 for an empty list.
    """
    flat = [dict(_paths(entry, "", 1)) for entry in _objects(name, text)]
    heading = list(dict.fromkeys(path for row in flat for path in row))
    if not flat or not heading:
        raise refused(name, [problem("E14", "The file holds no response.")])
    if over := _over_limit(flat, heading, limits):
        raise refused(name, [problem("E01", over)])
    return [heading, *([row.get(path, "") for path in heading] for row in flat)]


def _objects(name: str, text: str) -> list[Mapping[str, object]]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        raise refused(name, [problem("E01", "The file begins like JSON and cannot be read as such.")]) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refused(name, [problem("E01", NO_LIST)])
    return entries


def _paths(value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of every value; what lies deeper than a matrix of ours is kept as one text."""
    if isinstance(value, dict) and depth <= DEEPEST:
        for key, child in value.items():
            yield from _paths(child, f"{path}/{key}" if path else str(key), depth + 1)
        return
    yield path, _text(value)


def _text(value: object) -> str:
    """Write a value as a person would type it: 5.0 as 5, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(not isinstance(part, dict | list) for part in value):
        return ",".join(map(_text, value))
    return str(value) if not isinstance(value, dict | list) else json.dumps(value)


def _over_limit(flat: list[dict[str, str]], heading: list[str], limits: Limits) -> str:
    """Say which limit the table breaks, or nothing."""
    if len(flat) > limits.rows:
        return f"The file has more than {limits.rows} responses."
    if len(heading) > limits.columns:
        return f"The responses have more than {limits.columns} different keys."
    if len(flat) * len(heading) > limits.cells:
        return f"The file has more than {limits.cells} cells."
    if any(len(cell) > limits.cell_characters for row in flat for cell in (*row, *row.values())):
        return f"A cell has more than {limits.cell_characters} characters."
    return ""
