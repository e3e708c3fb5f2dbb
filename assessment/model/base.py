"""Give every written definition the same strictness."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
"""A stable id: letters, digits, hyphen and underscore."""

Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
"""A text that says something."""

Number = StrictInt | StrictFloat
"""A number as written; a text that looks like one is refused."""

Share = Annotated[StrictInt | StrictFloat, Field(ge=0, le=1)]
"""A fraction of one, never percent."""


class Definition(BaseModel):
    """Refuse unknown keys, refuse changes, and keep what was written out of error messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
