"""R9: every printed figure leaves its row, and later reports of the wave are checked together with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast, get_args

from assessment.disclosure.figures import Figure, Form
from assessment.disclosure.material import BASIS, Material
from assessment.errors import PolicyError

SEPARATOR = ":"
FORMS: Mapping[str, Form] = {form: form for form in get_args(Form)}


@dataclass(frozen=True)
class LedgerRow:
    """One printed figure: its name (group kind and form), and each respondent's exact weight in it."""

    figure: str
    group: str
    measure: str
    status: str
    weights: Mapping[str, tuple[int, int]]

    def as_mapping(self) -> dict[str, object]:
        """Give the row as the store keeps it; a weight is numerator and denominator."""
        return {
            "figure": self.figure,
            "group": self.group,
            "measure": self.measure,
            "status": self.status,
            "weights": dict(self.weights),
        }


def ledger_rows(figures: Sequence[Figure], material: Material) -> tuple[LedgerRow, ...]:
    """Write figures as rows of the ledger."""
    return tuple(_row(figure, material) for figure in figures)


def _row(figure: Figure, material: Material) -> LedgerRow:
    shares = {material.respondents[person]: weight for person, weight in sorted(figure.weights.items())}
    name = figure.group_kind + SEPARATOR + figure.form
    return LedgerRow(
        name, figure.group, figure.measure, "shown", {who: (w.numerator, w.denominator) for who, w in shares.items()}
    )


def figures_of(ledger: Iterable[Mapping[str, object]], material: Material) -> list[Figure]:
    """Read earlier figures; the same row twice is read once.

    Raises
    ------
    PolicyError
        When a row rests on somebody whose answers are gone, or is of an unknown measure or kind: then it cannot be told
        what a new report would give away.
    """
    place_of = {who: place for place, who in enumerate(material.respondents)}
    found = {row: None for entry in ledger if entry["status"] == "shown" for row in [_read(entry)]}
    people = {who for _, _, _, weights in found for who, _ in weights}
    if not people <= place_of.keys():
        raise PolicyError(
            "answers were erased after figures of this wave were printed; a new report could be compared with the old "
            "one and is refused"
        )
    return [_figure(entry, place_of, material) for entry in found]


Entry = tuple[str, str, str, tuple[tuple[str, Fraction], ...]]


def _read(entry: Mapping[str, object]) -> Entry:
    weights = cast("Mapping[str, tuple[int, int]]", entry["weights"])  # written by `as_mapping`
    shares = tuple((who, Fraction(*weight)) for who, weight in sorted(weights.items()))
    return str(entry["figure"]), str(entry["group"]), str(entry["measure"]), shares


def _figure(entry: Entry, place_of: Mapping[str, int], material: Material) -> Figure:
    name, group, measure, weights = entry
    group_kind, _, form = name.partition(SEPARATOR)
    if form not in FORMS or measure.partition(BASIS)[0] not in material.dimension_of:
        raise PolicyError(f"the ledger of this wave holds a figure of an unknown kind ({name}, {measure})")
    return Figure(group_kind, group, measure, FORMS[form], {place_of[who]: weight for who, weight in weights})
