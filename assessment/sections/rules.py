"""Read a rule aloud: its grammar in words, its ids as names."""

from collections.abc import Mapping

from assessment.model.rule import OTHERS, Call, Comparison, Name, Number, Sum, Term, parse
from assessment.sections.words import Words, whole

SAID: Mapping[str, str] = {"<": "rule_below", "<=": "rule_most", ">=": "rule_least", ">": "rule_above"}


def rule_in_words(text: str, words: Words) -> str:
    """Say a rule, or several of which any may hold, as a reader would."""
    alternatives = [parse(one) for one in text.split(" | ")]
    said = [words.say("rule_and").join(_clause(clause, words) for clause in rule.clauses) for rule in alternatives]
    return words.say("rule_or").join(said)


def _clause(clause: Comparison, words: Words) -> str:
    return words.say(SAID[clause.operator], left=_sum(clause.left, words), right=_sum(clause.right, words))


def _sum(side: Sum, words: Words) -> str:
    first, *others = side.terms
    said = [_term(first[1], words)]
    said += [words.say("rule_plus" if sign > 0 else "rule_minus", term=_term(term, words)) for sign, term in others]
    return "".join(said)


def _term(term: Term, words: Words) -> str:
    match term:
        case Number(value):
            return words.number(value)
        case Name(name):
            return words.name(name)
        case Call("raw", names):
            return words.say("rule_raw", names=_list(names, words))
        case Call("mean" | "min" | "max" as function, names):
            return words.say(f"rule_{function}", names=_list(names, words))
        case Call():
            return _fact(term, words)


def _fact(call: Call, words: Words) -> str:
    match (call.function, call.arguments):
        case ("coverage", _):
            return words.say("coverage_part")
        case ("evidence", (name,)):
            known = words.texts.evidence
            return words.say("rule_evidence", name=known[name].artefact if name in known else words.name(name))
        case ("gap", (first, second, name)):
            said = _sides("rule_gap", first, second, words)
            return words.say(said, name=words.name(name), **_named(first, second, words))
        case (_, (first, second, points)):
            said = _sides("rule_count", first, second, words)
            return words.say(said, points=whole(float(points)), **_named(first, second, words))
        case _:
            raise TypeError(f"{call} was not checked when the rules were loaded")


def _sides(kind: str, first: str, second: str, words: Words) -> str:
    """Tell whether the leaders or the others see more, or one of two roles."""
    leaders = words.questionnaire.leadership_role
    who = {(leaders, OTHERS): "leaders", (OTHERS, leaders): "others"}.get((first, second), "roles")
    return f"{kind}_{who}"


def _named(first: str, second: str, words: Words) -> dict[str, str]:
    return {
        side: words.say("the_others") if role == OTHERS else words.group(role)
        for side, role in (("first", first), ("second", second))
    }


def _list(names: tuple[str, ...], words: Words) -> str:
    every = [one for name in names for one in (words.dimensions if name == "dimensions" else (name,))]
    return ", ".join(_named_one(name, words) for name in every)


def _named_one(name: str, words: Words) -> str:
    """Put a statement in quotation marks; other names stand as they are."""
    said = words.name(name)
    return words.say("quoted", text=said) if name in words.texts.items else said
