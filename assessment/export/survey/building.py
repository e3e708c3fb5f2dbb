"""Build the form of a questionnaire: arrays by dimension and scale, context, criterion, definitions."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from assessment.errors import DefinitionError
from assessment.export.survey.form import NOT_TOLD, Array, Choice, Comment, Form, Option, Row, Words, one_line
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import ALL, FORMS, ContextItem, Dimension, FormKind, Item
from assessment.model.texts import Texts
from assessment.sheets import comparable


def form_of(
    questionnaire: Questionnaire, *, kind: FormKind, language: str, teams: Sequence[str], comments: bool
) -> Form:
    """Give what is asked; the pulse form has the pulse items and no criterion.

    Parameters
    ----------
    teams
        The organisation's teams; without any the item for the team is left out.
    comments
        Whether open items are asked.

    Raises
    ------
    DefinitionError
        For a language without words, an unknown kind of form, a form without items, and teams that cannot be told
        apart; all at once.
    """
    words_in = questionnaire.texts
    problems = [*_problems(questionnaire, kind, language), *_team_problems(teams)]
    if problems:
        raise DefinitionError("The form cannot be written:", problems)
    texts = {language: words_in[language]} | dict(sorted(words_in.items()))
    choices = [
        choice
        for entry in questionnaire.structure.context
        for choice in _choice(entry, texts, tuple(questionnaire.roles), teams)
    ]
    roles = {entry.id for entry in questionnaire.structure.context if entry.options_from == "roles"}
    chosen = [item for item in questionnaire.items.values() if kind == "full" or item.pulse]
    return Form(
        id=f"{questionnaire.id}-{kind}".replace("-", "_"),
        version=questionnaire.version,
        languages=tuple(texts),
        title=_words(texts, lambda words: words.title),
        intro=_words(texts, lambda words: words.intro) if all(words.intro for words in texts.values()) else None,
        definitions=tuple(_definition(texts, term) for term in questionnaire.structure.definitions),
        role=next((choice for choice in choices if choice.id in roles), None),
        arrays=tuple(_arrays(questionnaire, chosen, texts)),
        criterion=_criterion(questionnaire, texts) if kind == "full" else None,
        context=tuple(choice for choice in choices if choice.id not in roles),
        comments=tuple(_comments(questionnaire, texts)) if comments else (),
    )


def _problems(questionnaire: Questionnaire, kind: str, language: str) -> Iterator[str]:
    if language not in questionnaire.texts:
        yield f"language: there are no words in '{ascii(language)[1:-1]}'; known are {', '.join(questionnaire.texts)}"
    if kind not in FORMS:
        yield f"form: must be {' or '.join(FORMS)}"
    if kind == "pulse" and not any(item.pulse for item in questionnaire.items.values()):
        yield "form: the questionnaire marks no item with 'pulse: true'"
    asks_role = any(entry.options_from == "roles" for entry in questionnaire.structure.context)
    if len(questionnaire.roles) > 1 and not asks_role:
        entry = "{id: CTX1, kind: single, options_from: roles, required: true}"
        yield f"context: nothing asks for the role, and no answer can be used without it; add {entry} with its words"


def _team_problems(teams: Sequence[str]) -> Iterator[str]:
    folded = [comparable(one_line(team)) for team in teams]
    if "" in folded:
        yield "teams: a name is empty"
    if len(set(folded)) < len(folded):
        yield "teams: two names differ only in letter case, blanks or marks; answers could not be told apart"


def _words(texts: Mapping[str, Texts], pick: Callable[[Texts], str | None]) -> Words:
    return {language: one_line(pick(words) or "") for language, words in texts.items()}


def _definition(texts: Mapping[str, Texts], term: str) -> tuple[Words, Words]:
    return (
        _words(texts, lambda words: words.definitions[term].term),
        _words(texts, lambda words: words.definitions[term].text),
    )


def _arrays(questionnaire: Questionnaire, chosen: Sequence[Item], texts: Mapping[str, Texts]) -> Iterator[Array]:
    """Give one array per dimension and scale, in written order."""
    for dimension in questionnaire.dimensions:
        held = [item for item in chosen if questionnaire.dimension_of[item.id] == dimension.id]
        for scale in dict.fromkeys(item.scale for item in held):
            rows = tuple(
                Row(
                    id=item.id,
                    words=_words(texts, lambda words, item=item: words.items[item.id]),
                    roles=() if item.roles == ALL else item.roles,
                )
                for item in held
                if item.scale == scale
            )
            yield _array(questionnaire, dimension, scale, rows, texts)


def _array(
    questionnaire: Questionnaire, dimension: Dimension, scale: str, rows: tuple[Row, ...], texts: Mapping[str, Texts]
) -> Array:
    return Array(
        id=f"{dimension.id}_{scale}",
        scale=scale,
        name=_words(texts, lambda words: words.dimensions[dimension.id].name),
        stem=_words(texts, lambda words: words.scales[scale].stem or words.title),
        rows=rows,
        options=_scale_options(questionnaire, scale, texts),
    )


def _scale_options(questionnaire: Questionnaire, scale: str, texts: Mapping[str, Texts]) -> tuple[Option, ...]:
    """Give the answers in order; the one for "cannot tell" comes last."""
    answers = [
        Option(str(code), _words(texts, lambda words, code=code: words.scales[scale].answers[code]))
        for code in questionnaire.scales[scale].values
    ]
    if questionnaire.scales[scale].no_answer == "cannot_tell":
        answers.append(Option(NOT_TOLD, _words(texts, lambda words: words.scales[scale].cannot_tell)))
    return tuple(answers)


def _criterion(questionnaire: Questionnaire, texts: Mapping[str, Texts]) -> Array | None:
    criterion = questionnaire.structure.criterion
    if criterion is None:
        return None
    stem = _words(texts, lambda words: words.scales[criterion.scale].stem or words.title)
    rows = tuple(
        Row(
            id=item.id,
            words=_words(texts, lambda words, item=item: words.criterion[item.id]),
            roles=() if item.roles == ALL else item.roles,
        )
        for item in criterion.items
    )
    options = _scale_options(questionnaire, criterion.scale, texts)
    return Array(f"CR_{criterion.scale}", criterion.scale, stem, stem, rows, options)


def _choice(
    entry: ContextItem, texts: Mapping[str, Texts], roles: Sequence[str], teams: Sequence[str]
) -> Iterator[Choice]:
    """Give the item with its options; without options there is nothing to ask."""
    options = tuple(_options(entry, texts, roles, teams))
    if options:
        ask = _words(texts, lambda words: words.context[entry.id].ask)
        yield Choice(id=entry.id, words=ask, options=options, required=entry.required)


def _options(
    entry: ContextItem, texts: Mapping[str, Texts], roles: Sequence[str], teams: Sequence[str]
) -> Iterator[Option]:
    match entry.options_from:
        case "roles":
            for role in roles:
                yield Option(role, _words(texts, lambda words, role=role: words.roles[role]), _example(texts, role))
        case "organisation.teams":
            for team in teams:
                yield Option(one_line(team), dict.fromkeys(texts, one_line(team)))
        case None:
            for code in entry.options:
                yield Option(code, _words(texts, lambda words, code=code: words.context[entry.id].options[code]))


def _example(texts: Mapping[str, Texts], role: str) -> Words | None:
    has_all = all(role in words.role_examples for words in texts.values())
    return _words(texts, lambda words: words.role_examples[role]) if has_all else None


def _comments(questionnaire: Questionnaire, texts: Mapping[str, Texts]) -> Iterator[Comment]:
    for entry in questionnaire.structure.open:
        has_warning = all(words.open[entry.id].warning for words in texts.values())
        yield Comment(
            id=entry.id,
            words=_words(texts, lambda words, entry=entry: words.open[entry.id].ask),
            warning=_words(texts, lambda words, entry=entry: words.open[entry.id].warning) if has_warning else None,
            longest=entry.max_characters,
        )
