"""Fill the form's template: one file with its style, its script and its content, and a policy that allows no more."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessment.errors import DefinitionError
from assessment.export.form.content import Occasion, content_of, escaped
from assessment.export.form.paging import is_in_form
from assessment.export.form.words import form_words
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import FormKind

FOLDER = Path(__file__).parent
SCRIPTS = ("elements", "answers", "answer_file", "statements", "about", "hand_over", "form")
"""The parts of the script in the order in which they build on one another."""


def form_page(
    questionnaire: Questionnaire,
    *,
    organisation: str,
    wave: str,
    languages: Sequence[str],
    teams: Sequence[str] = (),
    variant_of_form: FormKind = "full",
    open_group: bool,
    k: int,
    comments: bool = False,
) -> str:
    """Write the questionnaire as a page that works from a file, without a server and without the internet.

    The page asks, keeps unfinished answers in the browser, and hands over a CSV file with one row: respondent (a random
    id), wave, language, role, team, a code for every item (-1 cannot tell, -3 not asked, empty not answered).

    Parameters
    ----------
    languages
        The first is shown where the browser asks for none of them.
    teams
        The list to choose from; without it nobody is asked for a team.
    open_group
        The leadership team has agreed, before the wave opens, to be shown from the policy's floor.
    k
        The smallest group that is shown; never below the questionnaire's own.
    comments
        Whether the open items are asked.

    Raises
    ------
    DefinitionError
        When there are no words in a language, or nothing to ask.
    """
    chosen = tuple(dict.fromkeys(languages))
    _check(questionnaire, chosen, variant_of_form)
    occasion = Occasion(
        organisation=organisation,
        wave=wave,
        teams=tuple(dict.fromkeys(" ".join(team.split()) for team in teams)),
        kind=variant_of_form,
        open_group=open_group,
        k=questionnaire.policy.raised(k=k).k,
        comments=comments,
    )
    words = form_words(chosen)
    style, script = _style(), _script()
    return (
        _environment()
        .get_template("form.html.j2")
        .render(
            language=chosen[0],
            title=f"{questionnaire.words(chosen[0]).title}: {organisation}",
            needs_script={code: own.needs_script for code, own in words.items()},
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script=Markup(script),  # noqa: S704 - our own files
            script_hash=_hash(script),
            content=Markup(escaped(content_of(questionnaire, words, occasion))),  # noqa: S704 - escaped for a script
        )
    )


def _check(questionnaire: Questionnaire, languages: Sequence[str], kind: FormKind) -> None:
    lacking = [language for language in languages if language not in questionnaire.texts]
    problems = [f"languages: '{language}' is none of {', '.join(sorted(questionnaire.texts))}" for language in lacking]
    problems += [] if languages else ["languages: name at least one"]
    if not any(is_in_form(item, kind) for item in questionnaire.items.values()):
        problems.append(f"form: no item belongs to the {kind} form")
    if problems:
        raise DefinitionError(f"no form of {questionnaire.id} can be written:", problems)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (FOLDER / "form.css").read_text(encoding="utf-8").strip()


@cache
def _script() -> str:
    """Join the parts into one function, so that no name of them is seen outside."""
    parts = [(FOLDER / "script" / f"{name}.js").read_text(encoding="utf-8").strip() for name in SCRIPTS]
    return "\n".join(['"use strict";', "(() => {", *parts, "})();"])


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
