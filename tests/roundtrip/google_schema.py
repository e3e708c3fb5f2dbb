"""Check a request body against the discovery document of the Forms service, with no name beyond it allowed."""

import json
from importlib.resources import files

ONE_OF = {"Request", "Item", "Question"}
"""Types that hold exactly one of their references, beside plain fields."""
TYPES = {"string": str, "boolean": bool, "integer": int}


def schemas() -> dict:
    document = files("googleapiclient") / "discovery_cache" / "documents" / "forms.v1.json"
    return json.loads(document.read_text(encoding="utf-8"))["schemas"]


def problems(body: object, name: str, known: dict, place: str = "") -> list[str]:
    """List what does not fit; read-only fields may not be sent."""
    if not isinstance(body, dict):
        return [f"{place}: must be a {name}"]
    properties = known[name]["properties"]
    found = [f"{place}.{key}: {name} has no such field" for key in body if key not in properties]
    for key, value in body.items():
        if key in properties:
            found += _value(value, properties[key], known, f"{place}.{key}")
    references = [key for key in body if "$ref" in properties.get(key, {})]
    if name in ONE_OF and len(references) != 1:
        found.append(f"{place}: {name} must hold one thing, not {references}")
    return found


def _value(value: object, wanted: dict, known: dict, place: str) -> list[str]:
    if wanted.get("readOnly"):
        return [f"{place}: is read-only"]
    if "$ref" in wanted:
        return problems(value, wanted["$ref"], known, place)
    if wanted["type"] != "array":
        return _plain(value, wanted, place)
    if not isinstance(value, list) or not value:
        return [f"{place}: must be a list that is not empty"]
    return [told for n, one in enumerate(value) for told in _value(one, wanted["items"], known, f"{place}[{n}]")]


def _plain(value: object, wanted: dict, place: str) -> list[str]:
    if type(value) is not TYPES[wanted["type"]]:
        return [f"{place}: must be a {wanted['type']}"]
    if "enum" in wanted and value not in wanted["enum"]:
        return [f"{place}: must be one of {wanted['enum']}"]
    if isinstance(value, str) and any(one in value for one in "\r\n\u2028"):
        return [f"{place}: the service refuses line breaks"]
    return []
