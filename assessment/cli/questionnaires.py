"""Offer `assess questionnaire`: start one, read it, check it, compare versions, begin a translation."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assessment.model.questionnaire import Questionnaire

app = typer.Typer(no_args_is_help=True, help="Start, read, check, compare and translate questionnaires.")

Named = Annotated[str, typer.Argument(help="The folder of one version, or id, or id/version.")]
Workspace = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder that holds questionnaires/. Default: the current folder.")
]
HERE = Path()


@app.command(epilog="Example: assess questionnaire new our-questions")
def new(
    name: Annotated[str, typer.Argument(help="Its id: small letters, digits and hyphens.")], workspace: Workspace = HERE
) -> None:
    """Write a small questionnaire that works, to replace its words and items by one's own."""
    from assessment.definitions.scaffold import new_questionnaire

    folder = new_questionnaire(workspace, name)
    typer.echo(f"Written: {folder}\nChange it, then: assess questionnaire check {name}")


@app.command(epilog="Example: assess questionnaire show product-led-maturity --language sv")
def show(
    named: Named,
    language: Annotated[str | None, typer.Option(help="Language of the words; the source's by default.")] = None,
    workspace: Workspace = HERE,
) -> None:
    """Print what is asked, by dimension and facet."""
    from assessment.cli.questionnaire_text import shown

    typer.echo(shown(_loaded(named, workspace), language))


@app.command(epilog="Example: assess questionnaire check product-led-maturity")
def check(named: Named, workspace: Workspace = HERE) -> None:
    """Say everything that is wrong with a questionnaire's folder, else who is asked what."""
    from assessment.cli.listing import eligibility
    from assessment.definitions.trace import check_trace

    questionnaire = _loaded(named, workspace)
    check_trace(_folder(named, workspace), questionnaire)
    typer.echo(eligibility(questionnaire))


@app.command(epilog="Example: assess questionnaire diff our-questions/0.1.0 our-questions/0.2.0")
def diff(
    earlier: Annotated[str, typer.Argument(help="The earlier version.")],
    later: Annotated[str, typer.Argument(help="The later version.")],
    workspace: Workspace = HERE,
) -> None:
    """Say what changed between two versions, and which items stay comparable."""
    from assessment.cli.questionnaire_text import compared
    from assessment.definitions.versions import version_change

    typer.echo(compared(version_change(_loaded(earlier, workspace), _loaded(later, workspace))))


@app.command(epilog="Example: assess questionnaire translate our-questions --lang fi")
def translate(
    named: Named,
    lang: Annotated[str, typer.Option(help="Two small letters: fi, fr, es ...")],
    workspace: Workspace = HERE,
) -> None:
    """Write the words of another language to fill in, every key with the source's sentence."""
    from assessment.definitions.scaffold import language_to_fill_in

    source = _loaded(named, workspace).structure.source_language
    for path in language_to_fill_in(_folder(named, workspace), lang, source=source):
        typer.echo(f"Written: {path}")
    typer.echo("Fill in what stands after TODO, then take '.todo' out of the names.")


def _folder(named: str, workspace: Path) -> Path:
    from assessment.definitions import find_questionnaire

    return (
        Path(named)
        if (Path(named) / "questionnaire.yaml").is_file()
        else find_questionnaire(named, workspace=workspace)
    )


def _loaded(named: str, workspace: Path) -> "Questionnaire":
    from assessment.definitions import load_questionnaire

    return load_questionnaire(_folder(named, workspace))
