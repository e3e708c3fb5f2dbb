"""How firm the scores are: what else could have been reasonable, and what would make them surer."""

from collections.abc import Hashable, Mapping, Sequence
from math import isnan
from typing import Any

from assessment.results import Results
from assessment.sections.blocks import Block, Details, Paragraph, Table
from assessment.sections.figures import likely
from assessment.sections.words import DASH, Words, whole


def firmness(results: Results, words: Words) -> list[Block]:
    """Say in sentences what matters of the checks, with every one of them in a table to open."""
    checks = results.released.checks.to_dict("records")
    if not checks:
        return []
    said = [_weakest(checks, words), _weights(checks, words), _flagged(checks, words), _further(results, words)]
    text = " ".join(filter(None, said))
    table = Details(words.say("firm_table"), (_table(checks, words),), in_print=words.is_in_depth)
    return [Paragraph(text, strong=words.say("firm_name")), table]


Check = Mapping[Hashable, Any]


def _weakest(checks: Sequence[Check], words: Words) -> str:
    found = next((check for check in checks if check["check"] == "weakest"), None)
    if found is None:
        return ""
    said = words.say("firm_weakest", measure=words.name(found["measure"]), percent=likely(found["support"], words))
    return said + " " + words.say("firm_weakest_moves" if found["moves"] else "firm_weakest_stays")


def _weights(checks: Sequence[Check], words: Words) -> str:
    """Name the dimensions whose level would be worded otherwise if roles counted half as much more or less."""
    of_roles = [check for check in checks if check["check"] == "role_weights"]
    if not of_roles:
        return ""
    shift = round(100 * words.questionnaire.policy.weight_shift)
    moved = [words.name(check["measure"]) for check in of_roles if check["moves"]]
    if not moved:
        return words.say("firm_weights_stay", percent=shift)
    return words.say("firm_weights_move", percent=shift, measures=", ".join(moved))


def _flagged(checks: Sequence[Check], words: Words) -> str:
    of_flagged = [check for check in checks if check["check"] == "without_flagged"]
    if not of_flagged:
        return words.say("firm_flagged_none")
    moved = [words.name(check["measure"]) for check in of_flagged if check["moves"]]
    return words.say("firm_flagged_move", measures=", ".join(moved)) if moved else words.say("firm_flagged_stay")


def _further(results: Results, words: Words) -> str:
    """Say whose answers would narrow the ranges most."""
    rows = results.released.next_evidence.to_dict("records")
    missing = [words.group(row["group"]) for row in rows if row["kind"] == "missing_role"]
    more = [words.group(row["group"]) for row in rows if row["kind"] == "answers"]
    said = [words.say("firm_missing", roles=", ".join(missing))] if missing else []
    said += [words.say("firm_more", roles=", ".join(more[:2]))] if more else []
    return " ".join(said)


def _table(checks: Sequence[Check], words: Words) -> Table:
    rows = [
        (
            words.say(f"check_{check['check']}"),
            words.name(str(check["measure"])),
            _figure(check, words),
            words.say(_verdict(check)),
        )
        for check in checks
    ]
    names = ("check_word", "part_word", "score_word", "check_level")
    return Table(tuple(words.say(name) for name in names), tuple(rows), frozenset({2}))


def _verdict(check: Check) -> str:
    if check["check"] == "weakest":
        return "check_not_lowest" if check["moves"] else "check_lowest"
    return "check_moves" if check["moves"] else "check_stays"


def _figure(check: Check, words: Words) -> str:
    low, high, score, support = (float(check[name]) for name in ("low", "high", "score", "support"))
    if not isnan(support):
        return likely(support, words)
    if not isnan(score):
        return words.decimal(score)
    return DASH if isnan(low) else words.say("span", low=whole(low), high=whole(high))
