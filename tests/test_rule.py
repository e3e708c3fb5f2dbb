"""A rule is read as written, printed so that it reads back the same, and refused with the position otherwise."""

import re
from collections.abc import Collection

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.errors import DefinitionError
from assessment.model.rule import (
    FUNCTIONS,
    LARGEST,
    MOST_CLAUSES,
    Call,
    Comparison,
    Name,
    Number,
    Rule,
    Sum,
    Term,
    Vocabulary,
    ids_of,
    parse,
    problems,
)

VOCABULARY = Vocabulary(
    dimensions=("AA", "BB"),
    scored={"AA", "BB", "AA1", "AA2", "AA1a", "AA1b"},
    items={"AA1a", "AA1b"},
    roles=("EX", "EN"),
    artefacts=("EV1",),
)

ids = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,6}", fullmatch=True).filter(lambda name: name != "and")
numbers = st.one_of(
    st.integers(0, int(LARGEST)).map(float), st.decimals(0, int(LARGEST), places=4).map(float)
)  # fmt: skip
calls = st.one_of(
    st.builds(Call, st.sampled_from(["mean", "min", "max", "raw"]), st.lists(ids, min_size=1, max_size=4).map(tuple)),
    st.just(Call("coverage", ())),
    st.builds(Call, st.just("gap"), st.tuples(ids, ids, ids)),
    st.builds(Call, st.just("count_gap"), st.tuples(ids, ids, st.integers(0, 100).map(str))),
)
terms: st.SearchStrategy[Term] = st.one_of(st.builds(Number, numbers), st.builds(Name, ids), calls)


def sums() -> st.SearchStrategy[Sum]:
    signed = st.tuples(st.sampled_from([1, -1]), terms)
    return st.builds(lambda first, rest: Sum(((1, first), *rest)), terms, st.lists(signed, max_size=3))


rules = st.lists(
    st.builds(Comparison, sums(), st.sampled_from(["<", "<=", ">=", ">"]), sums()), min_size=1, max_size=MOST_CLAUSES
).map(lambda clauses: Rule(tuple(clauses)))


def read(text: str) -> Rule | str:
    """Give the rule, or the refusal; any other error fails the test."""
    try:
        return parse(text)
    except DefinitionError as error:
        return error.headline


def said(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse(text)
    return caught.value.headline


def test_a_rule_is_read_as_it_is_meant():
    assert parse("PM3 <= mean(PM1, PM2) - 12.5 and gap(EX, others, LE)>=15") == Rule(
        (
            Comparison(Sum(((1, Name("PM3")),)), "<=", Sum(((1, Call("mean", ("PM1", "PM2"))), (-1, Number(12.5))))),
            Comparison(Sum(((1, Call("gap", ("EX", "others", "LE"))),)), ">=", Sum(((1, Number(15.0)),))),
        )
    )


@given(rules)
@example(Rule((Comparison(Sum(((1, Name("A")),)), "<", Sum(((1, Number(0.00001)),))),)))
@example(Rule((Comparison(Sum(((1, Name("A")),)), "<", Sum(((1, Number(12.345678)),))),)))
def test_what_is_printed_reads_back_the_same(rule):
    assert parse(str(rule)) == rule
    assert str(parse(str(rule))) == str(rule)


@given(rules, st.sampled_from(["  ", "\t", "\n", "\u00a0"]))
def test_blanks_between_words_mean_nothing(rule, blank):
    assert parse(blank + str(rule).replace(" ", blank) + blank) == rule


@given(st.text(max_size=60))
@example("9" * 400 + " < A")
@example("A < 1e400")
@example("A < ٣")
@example("A.__class__ < 1")
@example("__import__('os') < 1")
def test_any_other_text_is_refused_and_nothing_worse(text):
    assert isinstance(read(text), Rule) or re.match(r"rule(, position \d+)?: ", read(text))


@given(
    st.lists(st.sampled_from([*"()<>,+-", "<=", ">=", "and", "A", "5", "mean", "gap", "("]), max_size=14).map(" ".join)
)
def test_any_order_of_words_is_read_or_refused(text):
    rule = read(text)
    if isinstance(rule, Rule):
        assert parse(str(rule)) == rule
        assert isinstance(problems(rule, VOCABULARY), list)
    else:
        position = re.match(r"rule, position (\d+): ", rule)
        assert position
        assert 1 <= int(position[1]) <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "rule, position 1: a number, an id or a function expected"),
        ("AA", "rule, position 3: one of < <= >= > expected"),
        ("AA <", "rule, position 5: a number, an id or a function expected"),
        ("AA < 5 or BB < 5", "rule, position 8: 'and' or the end expected"),
        ("AA < 5 and", "rule, position 11: a number, an id or a function expected"),
        ("and < 5", "rule, position 1: a number, an id or a function expected"),
        ("AA = 5", "rule, position 4: cannot be read"),
        ("AA <   $", "rule, position 8: cannot be read"),
        ("AA < -5", "rule, position 6: a number, an id or a function expected"),
        ("AA < 5 < 6", "rule, position 8: 'and' or the end expected"),
        ("median(AA) < 5", f"rule, position 1: unknown function; known are {', '.join(FUNCTIONS)}"),
        ("mean(AA < 5", "rule, position 9: ',' expected"),
        ("mean(AA,) < 5", "rule, position 9: an id or ')' expected"),
        ("AA < 1001", "rule, position 6: a number is at most 1000"),
    ],
)  # fmt: skip
def test_a_refusal_says_at_which_character(text, message):
    assert said(text) == message


def test_a_rule_has_at_most_eight_clauses():
    assert len(parse(" and ".join(["AA < 5"] * 8)).clauses) == 8
    assert said(" and ".join(["AA < 5"] * 9)) == "rule: 9 clauses; at most 8 are allowed"


@pytest.mark.parametrize(
    "text",
    [
        "AA1 < 45 and AA1 <= mean(AA, BB) - 12",
        "max(dimensions) - min(dimensions) < 10",
        "raw(AA1a, AA1b) >= 3.5",
        "coverage() < 70",
        "evidence(AA) < 50",
        "evidence(EV1) <= 1",
        "gap(EX, others, AA) >= 15",
        "count_gap(others, EX, 15) >= 2",
    ],
)
def test_what_the_questionnaire_has_may_be_named(text):
    assert problems(parse(text), VOCABULARY) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ZZ < 5", ["unknown id 'ZZ'"]),
        ("AA-BB < 5", ["unknown id 'AA-BB'; write blanks around a minus"]),
        ("mean(AA, ZZ) < 5 and YY < 5", ["unknown id 'ZZ'", "unknown id 'YY'"]),
        ("raw(AA1) >= 3", ["unknown item 'AA1'"]),
        ("gap(XX, YY, ZZ) > 5", ["unknown role 'XX'", "unknown role 'YY'", "unknown id 'ZZ'"]),
        ("gap(others, EX, AA) > 5", ["unknown role 'others'"]),
        ("evidence(EV9) < 2", ["unknown artefact or dimension 'EV9'"]),
        ("mean() < 5", ["'mean()': at least one id is needed"]),
        ("coverage(AA) < 5", ["'coverage(AA)': wrong arguments"]),
        ("count_gap(EX, others) > 1", ["'count_gap(EX, others)': wrong arguments"]),
        ("count_gap(EX, others, AA) > 1", ["'count_gap(EX, others, AA)': wrong arguments"]),
        ("raw(AA1a) > AA", ["'raw(AA1a) > AA' mixes points and raw"]),
        ("evidence(EV1) + coverage() > 5", ["'evidence(EV1) + coverage() > 5' mixes points and rating"]),
        ("count_gap(EX, others, 15) >= raw(AA1a)", ["'count_gap(EX, others, 15) >= raw(AA1a)' mixes count and raw"]),
        ("5 - 2 < 4", ["'5 - 2 < 4' is always the same: it names no score"]),
    ],
)
def test_what_the_questionnaire_does_not_have_is_named(text, found):
    assert problems(parse(text), VOCABULARY) == found


@pytest.mark.parametrize(
    ("term", "ids"),
    [
        (Name("AA1"), ("AA1",)),
        (Call("min", ("dimensions", "AA1")), ("AA", "BB", "AA1")),
        (Call("raw", ("AA1a",)), ("AA1a",)),
        (Call("gap", ("EX", "others", "AA")), ()),
        (Call("coverage", ()), ()),
        (Number(5.0), ()),
    ],
)
def test_a_term_reads_these_scores(term: Term, ids: Collection[str]):
    assert ids_of(term, VOCABULARY) == ids
