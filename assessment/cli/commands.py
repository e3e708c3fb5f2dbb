"""Offer the command `assess`: each command is a few calls; heavy imports wait until they are needed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assessment.cli import questionnaires, surveys
from assessment.errors import AssessmentError

if TYPE_CHECKING:
    from assessment.frames import ImportReceipt

app = typer.Typer(
    name="assess",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    help="Assess how product-led an organisation is: import survey answers, make the report.",
    epilog="Start with: assess demo",
)

Workspace = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", help="Folder that holds organisations/ and reports/. Default: the current folder."
    ),
]
Organisation = Annotated[
    str, typer.Argument(help="The organisation's id: the name of its folder under organisations/.")
]
HERE = Path()


def main() -> None:
    """Run the command; a problem that a person can put right is printed without a traceback."""
    try:
        app(prog_name="assess")
    except AssessmentError as error:
        typer.echo(f"Error: {_printable(str(error))}", err=True)
        sys.exit(1)


def _printable(text: str) -> str:
    """Show control and direction characters as escapes, so that a hostile name cannot change the message's form."""
    return "".join(
        c if c == "\n" or (c.isprintable() and ord(c) not in range(0x202A, 0x2070)) else ascii(c)[1:-1] for c in text
    )


@app.command(epilog="Example: assess demo")
def demo(workspace: Workspace = HERE) -> None:
    """Go the whole way on a simulated organisation: two waves of answers, imported and reported."""
    from assessment.definitions import find_questionnaire, load_questionnaire
    from assessment.demo import write_demo, write_pooled
    from assessment.pipeline import import_answers
    from assessment.rendering import issue_report

    questionnaire = load_questionnaire(find_questionnaire("product-led-maturity", workspace=workspace))
    written = write_demo(workspace, questionnaire)
    write_pooled(workspace, questionnaire)
    report = None
    for wave, export in written.exports.items():
        with _working(f"Importing {export.name}"):
            outcome = import_answers(written.organisation.name, export, wave=wave, workspace=workspace)
        typer.echo(f"{wave}: {outcome.message}")
        with _working(f"Making the report of {wave}"):
            report = issue_report(written.organisation.name, wave, workspace=workspace)
    if report:
        typer.echo("A report on a simulated organisation; open it in a browser:")
        typer.echo(str(report.page.resolve()))


@app.command(epilog='Example: assess init acme --name "Acme" --role EX=5 --role PM=12')
def init(
    organisation: Organisation,
    name: Annotated[str, typer.Option(help="The name that the report shows.")],
    language: Annotated[str, typer.Option(help="The report's language.")] = "en",
    questionnaire: Annotated[str, typer.Option(help="Questionnaire as id or id/version.")] = "product-led-maturity",
    role: Annotated[
        list[str] | None, typer.Option(help="Role and how many people have it, for example PM=12. Repeat it.")
    ] = None,
    open_group: Annotated[
        bool, typer.Option("--open-group", help="The leadership team has agreed to be shown from three.")
    ] = False,
    workspace: Workspace = HERE,
) -> None:
    """Make the folder of a new organisation."""
    from assessment.pipeline import new_organisation

    path = new_organisation(
        organisation,
        name=name,
        language=language,
        questionnaire=questionnaire,
        people=dict(_counts(role or [])),
        open_group=open_group,
        workspace=workspace,
    )
    typer.echo(f"Made {path}. Check it, then: assess import {organisation} EXPORT-FILE --wave WAVE")


def _counts(written: list[str]) -> list[tuple[str, int]]:
    wrong = [text for text in written if not text.partition("=")[2].isdigit()]
    if wrong:
        raise typer.BadParameter(f"'{wrong[0]}' is not ROLE=NUMBER, for example PM=12", param_hint="--role")
    return [(text.partition("=")[0], int(text.partition("=")[2])) for text in written]


@app.command("import", epilog="Example: assess import acme answers.csv --wave 2026-q3 --dry-run")
def import_file(
    organisation: Organisation,
    file: Annotated[Path, typer.Argument(help="The file as the survey tool exported it.")],
    wave: Annotated[str, typer.Option(help="The wave's name: lower-case letters, digits, hyphens.")],
    tool: Annotated[str | None, typer.Option(help="The survey tool, when the file does not tell.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Keep the rows where HEADING=VALUE, in a file of several. Repeat it.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="A file that says what the columns are; a failed import writes one to complete.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The survey's definition (.qsf), for an export of numbers.")] = None,
    keep: Annotated[
        Literal["all", "first", "last", "most_complete"],
        typer.Option(help="Which response stays when one source sent several."),
    ] = "all",
    form: Annotated[
        Literal["full", "pulse"] | None,
        typer.Option(help="Which form the wave asks; default: as organisation.yaml says."),
    ] = None,
    missing_item: Annotated[
        list[str] | None, typer.Option(help="An item that was left out of the form on purpose. Repeat it.")
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help="You vouch for the file: it may be eight times as large as usual.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the receipt and change nothing.")] = False,
    workspace: Workspace = HERE,
) -> None:
    """Read an export file into the organisation's store; nothing is kept unless all of it can be read."""
    from assessment.pipeline import import_answers

    matching = dict(text.split("=", 1) for text in only or [] if "=" in text)
    with _working(f"Reading {file.name}"):
        outcome = import_answers(
            organisation,
            file,
            wave=wave,
            tool=tool,
            only=matching,
            mapping=mapping,
            key=key,
            keep=keep,
            form=form,
            missing_items=missing_item or (),
            large=large,
            dry_run=dry_run,
            workspace=workspace,
        )
    _print_receipt(outcome.receipt)
    typer.echo(outcome.message)


@app.command(epilog="Example: assess report acme --wave 2026-q3 --audience consultant")
def report(
    organisation: Organisation,
    wave: Annotated[str | None, typer.Option(help="The wave; default: the newest one.")] = None,
    audience: Annotated[str, typer.Option(help="leadership, coach or consultant.")] = "leadership",
    language: Annotated[str | None, typer.Option(help="Two letters; default: the organisation's language.")] = None,
    workspace: Workspace = HERE,
) -> None:
    """Make and publish the report of a wave."""
    from assessment.rendering import issue_report

    with _working("Making the report"):
        issued = issue_report(organisation, wave, audience=audience, language=language, workspace=workspace)
    typer.echo(str(issued.page.resolve()))


@app.command("list", epilog="Example: assess list")
def list_organisations(workspace: Workspace = HERE) -> None:
    """List organisations, their waves, how many answered, and the newest report."""
    from assessment.cli.listing import overview

    typer.echo(overview(workspace))


app.add_typer(questionnaires.app, name="questionnaire")
app.add_typer(surveys.app, name="survey")
app.command("check", epilog="Example: assess check questionnaires/product-led-maturity/0.1.0")(questionnaires.check)


def _print_receipt(receipt: "ImportReceipt") -> None:
    from assessment.cli.listing import receipt_text

    typer.echo(receipt_text(receipt))


def _working(message: str) -> "Working":
    """Show what is going on while it takes longer than a moment; silent where nobody watches."""
    from assessment.cli.progress import Working

    return Working(message)


if TYPE_CHECKING:
    from assessment.cli.progress import Working
