"""Find a combination of figures that touches only a set of people that is too small, or prove that there is none."""

from dataclasses import dataclass
from typing import Protocol

from assessment.disclosure.directions import Directions, People
from assessment.errors import PolicyError

LONGEST = 20_000
"""Steps after which a search is given up; the largest wave in the tests needs some hundreds."""


class AuditFailedError(PolicyError):
    """The search could not be finished, so nothing may be printed (R14)."""

    def __init__(self) -> None:
        super().__init__("the privacy check could not be finished; nothing was released")


class Rule(Protocol):
    """What makes a set of touched people too small to hide in."""

    def is_enough(self, people: People) -> bool:
        """Tell whether neither this set nor any larger one is too small."""
        ...

    def is_too_small(self, people: People) -> bool:
        """Tell whether exactly this set is too small."""
        ...


def find_touched(directions: Directions, rule: Rule) -> People | None:
    """Give the people touched by some combination that touches too few; None if there is none.

    A direction whose holders are enough cannot be touched, so it is struck out; that makes others equal, whose holders
    then count together, and so on. What is left is tried both ways, touched and not touched.

    Raises
    ------
    AuditFailedError
        When the search is longer than any that a real wave needs.
    """
    return _Search(rule).find(directions, 0)


@dataclass
class _Search:
    rule: Rule
    steps: int = 0

    def find(self, directions: Directions | None, touched: People) -> People | None:
        self.steps += 1
        if self.steps > LONGEST:
            raise AuditFailedError
        directions = self._without_hopeless(directions, touched)
        if directions is None:
            return None
        news = [(holders & ~touched).bit_count() for holders in directions.holders]
        if not any(news):
            return touched if touched and self.rule.is_too_small(touched) else None
        chosen = news.index(max(news))
        found = self.find(directions.keeping(chosen), touched | directions.holders[chosen])
        return found if found is not None else self.find(directions.without([chosen]), touched)

    def _without_hopeless(self, directions: Directions | None, touched: People) -> Directions | None:
        """Strike out, again and again, what would touch enough people."""
        while directions is not None:
            hopeless = [n for n, holders in enumerate(directions.holders) if self.rule.is_enough(touched | holders)]
            if not hopeless:
                return directions
            directions = directions.without(hopeless)
        return None
