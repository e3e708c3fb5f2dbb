"""Ask a person what only a person knows; where nobody sits at the keyboard, say which option tells it."""

import sys
from typing import TYPE_CHECKING, cast

import click
import typer

from assessment.errors import DefinitionError

if TYPE_CHECKING:
    from assessment.model.organisation import Administrator


def can_ask() -> bool:
    """Tell whether somebody sits at the keyboard."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def who_runs_the_account(wave: str) -> "Administrator":
    """Ask who runs the survey account of a wave.

    Raises
    ------
    DefinitionError
        When nobody can be asked.
    """
    if not can_ask():
        raise DefinitionError(
            f"who runs the survey account of wave '{wave}'? Say --account client or --account consultant, or write "
            f"'account' under waves.{wave} in organisation.yaml; its administrators can see single answers"
        )
    chosen = typer.prompt("Who runs the survey account?", type=click.Choice(["client", "consultant"]))
    return cast("Administrator", chosen)
