"""Give the codes that a tool accepts for ids and options, so that the file that comes back can be read."""

import re
from collections.abc import Iterable, Mapping, Sequence

from assessment.export.survey.form import NOT_TOLD, Array, Choice, one_line

LONGEST_ANSWER_CODE = 5
LONGEST_ITEM_CODE = 20


def plain_codes(ids: Iterable[str], *, longest: int, otherwise: str) -> Mapping[str, str]:
    """Keep ids of letters and digits that begin with a letter; shorten and number the others.

    Parameters
    ----------
    longest
        How many characters the tool accepts.
    otherwise
        What the code of an id begins with that holds no letter or is too long.

    >>> plain_codes(["LE1a", "focus_1", "1_to_3"], longest=20, otherwise="Q")
    {'LE1a': 'LE1a', 'focus_1': 'focus1', '1_to_3': 'Q1'}
    """
    given = list(ids)
    kept = {one: one for one in given if _is_plain(one, longest)}
    codes: dict[str, str] = {}
    for one in given:
        bare = re.sub(r"[^A-Za-z0-9]", "", one)
        taken = {code.casefold() for code in (*kept.values(), *codes.values())}
        fits = _is_plain(bare, longest) and bare.casefold() not in taken
        numbered = (f"{otherwise}{n}" for n in range(1, len(given) + len(taken) + 2))
        free = bare if fits else next(code for code in numbered if code.casefold() not in taken)
        codes[one] = kept.get(one, free)
    return codes


def scale_codes(array: Array) -> Mapping[str, str]:
    """Give ``A1`` for the answer 1, and ``NA`` for "cannot tell"."""
    return {one.code: NOT_TOLD if one.code == NOT_TOLD else f"A{one.code}" for one in array.options}


def option_codes(choice: Choice) -> Mapping[str, str]:
    """Give the code of each option of a choice: its id or name where that is short and plain, else ``O2`` by place.

    The order is that of the questionnaire, and of the organisation's list of teams.
    """
    return short_codes([one.code for one in choice.options])


def short_codes(ids: Sequence[str]) -> Mapping[str, str]:
    """Keep short plain ids; name the others by their place, with a letter that no id begins its number with.

    >>> short_codes(["EX", "1_to_3", "engineering"])
    {'EX': 'EX', '1_to_3': 'O2', 'engineering': 'O3'}
    """
    letter = next(one for one in "OTQXZ" if not any(re.fullmatch(rf"{one}[0-9]+", held, re.IGNORECASE) for held in ids))
    return {
        one: one if _is_plain(one, LONGEST_ANSWER_CODE) else f"{letter}{place}"
        for place, one in enumerate(ids, start=1)
    }


def _is_plain(code: str, longest: int) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", code) is not None and len(code) <= longest


def names(ids: Sequence[str]) -> Mapping[str, str]:
    """Give names without blanks for options of a form in XML: ``Team Blue`` becomes ``Team_Blue``.

    >>> names(["Team Blue", "Team_Blue", "EX"])
    {'Team Blue': 'Team_Blue_2', 'Team_Blue': 'Team_Blue', 'EX': 'EX'}
    """
    made = {one: one for one in ids if re.fullmatch(r"[\w-]+", one)}
    for one in ids:
        name = re.sub(r"[^\w-]+", "_", one).strip("_") or "option"
        free = (f"{name}_{n}" for n in range(2, len(ids) + 2))
        taken = set(made.values())
        made.setdefault(one, name if name not in taken else next(other for other in free if other not in taken))
    return {one: made[one] for one in ids}


def team_names(teams: Sequence[str]) -> Mapping[str, str]:
    """Give the team behind each code that LimeSurvey or an XLSForm tool hands back in place of its name.

    >>> team_names(["Core", "Team Blue"])
    {'Team_Blue': 'Team Blue', 'O2': 'Team Blue'}
    """
    folded = [one_line(team) for team in teams]
    codes = [(code, team) for made in (names(folded), short_codes(folded)) for team, code in made.items()]
    return {code: team for code, team in codes if code not in folded}
