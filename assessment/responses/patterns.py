"""Accept regular expressions from a tool's file only when they are sound, quick and name the groups that are needed."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator

NESTED_REPEAT = re.compile(r"\([^()]*[*+][^()]*\)[*+{]")


def _regex(pattern: str) -> str:
    if NESTED_REPEAT.search(pattern):
        raise ValueError("repeats a repeated group, which can take for ever")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error.msg}") from None
    return pattern


def _with_group(group: str) -> Callable[[str], str]:
    def check(pattern: str) -> str:
        if group not in re.compile(_regex(pattern)).groupindex:
            raise ValueError(f"needs a group called '{group}'")
        return pattern

    return check


Regex = Annotated[str, AfterValidator(_regex)]
RowRegex = Annotated[str, AfterValidator(_with_group("row"))]
TextRegex = Annotated[str, AfterValidator(_with_group("text"))]
IdRegex = Annotated[str, AfterValidator(_with_group("id"))]
CodeRegex = Annotated[str, AfterValidator(_with_group("code"))]
