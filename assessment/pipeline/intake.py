"""Take in what a client brings: a new organisation, and the file that its survey tool exported."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assessment import files
from assessment.definitions import find_questionnaire, load_questionnaire
from assessment.errors import DefinitionError, ImportRefused
from assessment.frames import ABOUT_RESPONDENT, NOT_ANSWERED, Answers, ImportReceipt
from assessment.model.pulse import in_form
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import FormKind
from assessment.pipeline.workspace import SETTINGS, Client, client_of, workspace_of
from assessment.responses import read_answers
from assessment.responses.repeats import Keep
from assessment.sheets import LARGE, STANDARD
from assessment.store import (
    Store,
    WaveSettings,
    add_import,
    answers_of,
    create_store,
    has_store,
    list_waves,
    only_writer,
    open_store,
    open_wave,
    reconcile,
    wave_settings,
)
from assessment.yaml_text import yaml_text


@dataclass(frozen=True)
class Imported:
    """What an import did, and the receipt of how the file was read."""

    receipt: ImportReceipt
    message: str


def new_organisation(
    organisation: str,
    *,
    name: str,
    language: str = "en",
    questionnaire: str = "product-led-maturity",
    people: Mapping[str, int] | None = None,
    open_group: bool = False,
    workspace: Path = Path(),
) -> Path:
    """Make an organisation's folder with its settings; gives the path of `organisation.yaml`.

    Parameters
    ----------
    people
        How many people have each role.
    open_group
        The leadership team has agreed, before the wave opens, to be shown from three.

    Raises
    ------
    AssessmentError
        When the id cannot name a folder, is taken, or a setting is wrong; then nothing is left behind.
    """
    files.check_slug(organisation, field="organisation")
    place = find_questionnaire(questionnaire, workspace=workspace)
    loaded = load_questionnaire(place)
    folder = files.safe_child(workspace_of(workspace), "organisations", organisation)
    if folder.exists():
        raise DefinitionError(f"organisation '{organisation}' exists already; its settings are in {SETTINGS}")
    roles = {
        role: {"people": n} | ({"open_group": True} if open_group and role == loaded.leadership_role else {})
        for role, n in (people or {}).items()
    }
    settings = {
        "name": name,
        "language": language,
        "questionnaire": f"{loaded.id}/{loaded.version}",
        "roles": roles,
    }
    return _written(folder, settings, organisation, workspace)


def _written(folder: Path, settings: Mapping[str, object], organisation: str, workspace: Path) -> Path:
    """Write the settings and read them back as everybody will; what cannot be read is taken away again."""
    folder.mkdir(parents=True, mode=0o700)
    files.write_text(folder / SETTINGS, yaml_text(settings))
    try:
        client_of(organisation, workspace=workspace)
    except DefinitionError:
        (folder / SETTINGS).unlink()
        folder.rmdir()
        raise
    return folder / SETTINGS


def import_answers(
    organisation: str,
    file: Path,
    *,
    wave: str,
    tool: str | None = None,
    only: Mapping[str, str] | None = None,
    mapping: Path | None = None,
    key: Path | None = None,
    keep: Keep = "all",
    form: FormKind | None = None,
    missing_items: Sequence[str] = (),
    large: bool = False,
    dry_run: bool = False,
    workspace: Path = Path(),
) -> Imported:
    """Read an export file into the organisation's store: all of it or nothing.

    Where the columns cannot be told, a mapping file ready to edit is written into the organisation's folder.

    Parameters
    ----------
    mapping
        A mapping file that says what the columns are.
    key
        The survey's definition, for an export of numbers.
    keep
        Which response stays when one source sent several.
    form
        Which form the wave asks; None for what `organisation.yaml` says of the wave, or all of the questionnaire.
    missing_items
        Items that were left out of the form on purpose.
    large
        A person vouches for the file: every limit but those of a cell and of compression is eight times as high.

    Raises
    ------
    ImportRefused
        With every problem of the file, or when the wave asks another form; the store is unchanged.
    StoreError
        When the store cannot be written.
    """
    files.check_slug(wave, field="wave")
    client = client_of(organisation, workspace=workspace)
    asked = asked_in(client, wave, form)
    answers = read_answers(
        file,
        asked,
        tool=tool,
        only=only,
        mapping=mapping,
        key=key,
        keep=keep,
        missing_items=missing_items,
        limits=LARGE if large else STANDARD,
        draft=None if dry_run else client.folder / f"{wave}-mapping.yaml",
    )
    check_roster(answers.codes, client.settings.roster)
    receipt = answers.receipt
    if receipt is None:
        raise TypeError("a file that was read has a receipt")
    if dry_run:
        return Imported(receipt, "Dry run: nothing was changed.")
    with only_writer(client.folder, organisation):
        read_as = [f"{heading}={value}" for heading, value in sorted((only or {}).items())]
        read_as += [path.read_text(encoding="utf-8", errors="replace") for path in (mapping, key) if path]
        return _stored(
            client, asked, answers, receipt, wave=wave, read_as=read_as, reports=workspace_of(workspace) / "reports"
        )


def _stored(
    client: Client,
    asked: Questionnaire,
    answers: Answers,
    receipt: ImportReceipt,
    *,
    wave: str,
    read_as: Sequence[str],
    reports: Path,
) -> Imported:
    """Add the answers to the store; a report that was interrupted is first finished or withdrawn."""
    if not has_store(client.folder):
        create_store(client.folder, client.id)
    with open_store(client.folder, client.id) as store:
        reconcile(store, reports)
        _open(store, client, asked, wave)
        outcome = add_import(
            store,
            wave=wave,
            sha256=_content(receipt, read_as),
            adapter=receipt.tool,
            answers=answers.codes,
            rejected=answers.rejected,
            n_rows=receipt.n_kept + len(answers.rejected),
        )
    if not outcome.added:
        return Imported(receipt, f"This file was imported into wave '{wave}' before; nothing was changed.")
    return Imported(receipt, f"{outcome.n_respondents} respondents imported into wave '{wave}'.")


def _open(store: Store, client: Client, asked: Questionnaire, wave: str) -> None:
    """Open the wave with the rules of this moment; they stay as they are even if the settings change later."""
    dates = client.wave(wave)
    open_wave(
        store,
        wave=wave,
        questionnaire=asked.id,
        version=asked.version,
        form=asked.form,
        policy={
            "k": max(asked.policy.k, client.settings.privacy.k),
            "variants": sorted(client.settings.variants),
            "role_groups": [list(group) for group in client.settings.role_groups],
        },
        roster={role: entry.model_dump() for role, entry in client.settings.roles.items()},
        retain_until=dates.retain_until,
    )


def asked_in(client: Client, wave: str, form: FormKind | None = None) -> Questionnaire:
    """Give the questionnaire that a wave asks: of an open wave the one that was frozen with it.

    Raises
    ------
    ImportRefused
        When the wave is open with another form.
    """
    frozen = _frozen(client, wave)
    if frozen is None:
        return in_form(client.questionnaire, form or client.wave(wave).form)
    if form not in (None, frozen.form):
        raise ImportRefused(
            f"wave '{wave}' was opened with the {frozen.form} form; import other answers as another wave"
        )
    return client.questionnaire_of(f"{frozen.questionnaire}/{frozen.version}", frozen.variants, frozen.form)


def _frozen(client: Client, wave: str) -> WaveSettings | None:
    if not has_store(client.folder):
        return None
    with open_store(client.folder, client.id) as store:
        return wave_settings(store, wave) if wave in {one.name for one in list_waves(store)} else None


def answered(client: Client, wave: str) -> dict[str, int]:
    """Count who has answered anything, by role: of a wave that runs.

    Raises
    ------
    StoreError
        When there is no such wave, or nothing was imported yet.
    """
    with open_store(client.folder, client.id) as store:
        codes = answers_of(store, wave)
    has_answered = (codes[codes.columns[len(ABOUT_RESPONDENT) :]] > NOT_ANSWERED).any(axis=1)
    return {str(role): int(n) for role, n in codes.loc[has_answered, "role"].value_counts().items()}


def check_roster(codes: pd.DataFrame, roster: Mapping[str, int]) -> None:
    """Refuse answers of more people than a role has.

    Raises
    ------
    ImportRefused
        Naming each role; which number is wrong, only the client knows.
    """
    counts = codes["role"].value_counts()
    problems = [
        f"role {role}: more people answered than the roster has ({roster[role]}); correct the roster in {SETTINGS}"
        for role in sorted(roster)
        if int(counts.get(role, 0)) > roster[role]
    ]
    if problems:
        raise ImportRefused("the answers do not fit the roster; nothing was kept", problems)


def _content(receipt: ImportReceipt, read_as: Sequence[str]) -> str:
    """Give the hash by which the same file is known again: the same rows of it, read in the same way."""
    if not read_as:
        return receipt.sha256
    return hashlib.sha256(json.dumps([receipt.sha256, *read_as]).encode()).hexdigest()
