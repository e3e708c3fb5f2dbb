"""Offer `assess survey`: plan, questionnaire for a tool or as a page, the texts around it, the response."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assessment import files

if TYPE_CHECKING:
    from assessment.model.organisation import Administrator
    from assessment.model.structure import FormKind
    from assessment.pipeline import Client

app = typer.Typer(no_args_is_help=True, help="Before and while people answer: plan, form, texts, response.")

Organisation = Annotated[
    str, typer.Argument(help="The organisation's id: the name of its folder under organisations/.")
]
Wave = Annotated[str, typer.Option(help="Name of the wave, for example 2026-q3.")]
Form = Annotated[Literal["full", "pulse"], typer.Option(help="All statements, or one of each facet.")]
Account = Annotated[
    Literal["client", "consultant"] | None,
    typer.Option(help="Who runs the survey account; default: as organisation.yaml says, else you are asked."),
]
FormOfWave = Annotated[
    Literal["full", "pulse"] | None,
    typer.Option(
        "--form", help="All statements, or one of each facet; default: as organisation.yaml says of the wave."
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The file to write, or a folder.")]
Workspace = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder that holds organisations/. Default: the current folder.")
]
HERE = Path()
KNOWN_BY = {
    "run": "The tool's own library takes it",
    "source": "Written from the tool's source",
    "documentation": "Written from documentation, not run",
}


@app.command(epilog="Example: assess survey plan acme --wave 2026-q3")
def plan(organisation: Organisation, wave: Wave, workspace: Workspace = HERE) -> None:
    """Say which roles can appear, how many must answer, how sure it can be, and which groups would show more."""
    from assessment.pipeline.planning import plan_text, survey_plan

    client = _client(organisation, workspace)
    names = client.questionnaire.texts[client.questionnaire.structure.source_language].roles
    typer.echo(plan_text(survey_plan(client.settings, client.questionnaire, wave=wave), names))


@app.command(epilog="Example: assess survey export acme --to limesurvey --language sv --out survey.txt")
def export(
    organisation: Organisation,
    to: Annotated[str, typer.Option(help="The survey tool; assess survey tools lists them.")],
    out: Out,
    language: Annotated[str | None, typer.Option(help="Language of the words; the organisation's by default.")] = None,
    form: Form = "full",
    comments: Annotated[bool, typer.Option("--comments", help="Ask the open questions too.")] = False,
    workspace: Workspace = HERE,
) -> None:
    """Write the questionnaire as a file that a survey tool opens, with the organisation's variants and words."""
    from assessment.export.survey import survey_file

    client = _client(organisation, workspace)
    written = survey_file(
        client.questionnaire,
        tool=to,
        language=language or client.settings.language,
        out=out,
        form=form,
        teams=client.settings.teams,
        comments=comments,
    )
    for path in written:
        typer.echo(f"Written: {path}")


@app.command(epilog="Example: assess survey tools")
def tools() -> None:
    """List the survey tools that a questionnaire can be written for."""
    from assessment.export.survey import TOOLS

    for name, tool in TOOLS.items():
        languages = "all languages" if tool.languages == "all" else "one language"
        typer.echo(f"{name:<18} {tool.title}; {languages} in a file. {KNOWN_BY[tool.evidence]}.")
        typer.echo(f"{'':<18} {tool.next_step}")


@app.command(epilog="Example: assess survey form acme --wave 2026-q3 --out form.html")
def form(
    organisation: Organisation,
    wave: Wave,
    out: Out,
    language: Annotated[
        list[str] | None, typer.Option(help="Languages to choose from, the first one first; all by default.")
    ] = None,
    form: FormOfWave = None,
    comments: Annotated[bool, typer.Option("--comments", help="Ask the open questions too.")] = False,
    workspace: Workspace = HERE,
) -> None:
    """Write the questionnaire as one page that works without a server and hands over a small file of answers."""
    from assessment.export.form import form_page

    client = _client(organisation, workspace)
    settings, questionnaire = client.settings, client.questionnaire
    every = [settings.language, *sorted(questionnaire.texts.keys() - {settings.language})]
    page = form_page(
        questionnaire,
        organisation=settings.name,
        wave=wave,
        languages=language or every,
        teams=settings.teams,
        variant_of_form=form or _form_of(client, wave),
        open_group=bool(settings.open_roles),
        k=max(questionnaire.policy.k, settings.privacy.k),
        comments=comments,
    )
    files.write_text(out / f"{organisation}-{wave}.html" if out.is_dir() else out, page)
    typer.echo(f"Written: {out}")


@app.command(epilog="Example: assess survey kit acme --wave 2026-q3 --language sv --link https://... --out kit/")
def kit(
    organisation: Organisation,
    wave: Wave,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write into.")],
    language: Annotated[str | None, typer.Option(help="Language of the texts; the organisation's by default.")] = None,
    link: Annotated[str | None, typer.Option(help="The one link that everybody gets.")] = None,
    contact: Annotated[str | None, typer.Option(help="Who answers questions.")] = None,
    form: FormOfWave = None,
    account: Account = None,
    workspace: Workspace = HERE,
) -> None:
    """Write invitation, reminders, thanks, notes, FAQ, QR code, draft impact assessment."""
    from assessment.export.kit import kit as texts_of

    client = _client(organisation, workspace)
    texts = texts_of(
        client.settings,
        client.questionnaire,
        wave=wave,
        language=language or client.settings.language,
        link=link,
        administrator=account or _account_of(client, wave),
        form=form or _form_of(client, wave),
        contact=contact,
    )
    out.mkdir(parents=True, exist_ok=True)
    for name, content in texts.items():
        files.write_bytes(out / name, content if isinstance(content, bytes) else content.encode())
        typer.echo(f"Written: {out / name}")


@app.command(epilog="Example: assess survey status acme --wave 2026-q3")
def status(organisation: Organisation, wave: Wave, workspace: Workspace = HERE) -> None:
    """Say how many have answered: a number for the organisation, bands for roles, never who."""
    from assessment.pipeline import answered
    from assessment.pipeline.planning import response_so_far, response_text

    client = _client(organisation, workspace)
    k = max(client.questionnaire.policy.k, client.settings.privacy.k)
    typer.echo(response_text(response_so_far(answered(client, wave), client.settings.roster, k=k)))


def _client(organisation: str, workspace: Path) -> "Client":
    from assessment.pipeline import client_of

    return client_of(organisation, workspace=workspace)


def _form_of(client: "Client", wave: str) -> "FormKind":
    return client.wave(wave).form


def _account_of(client: "Client", wave: str) -> "Administrator":
    from assessment.cli.asking import who_runs_the_account

    return client.wave(wave).account or who_runs_the_account(wave)
