"""Join a questionnaire's parts: structure, words, policy, rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.model.policy import Policy
from assessment.model.practice import EvidenceChecklist, PracticeInventory
from assessment.model.recommendation import Pattern, Recommendation
from assessment.model.structure import Dimension, Facet, FormKind, Item, Role, Scale, Structure
from assessment.model.texts import Texts


@dataclass(frozen=True)
class Questionnaire:
    """Hold one version of a questionnaire with everything that its folder says.

    Parameters
    ----------
    fingerprint
        SHA-256 over the parts that move a score (structure and policy); scores are compared only within one.
    form
        Whether this is all of it or its pulse.
    """

    structure: Structure
    policy: Policy
    texts: Mapping[str, Texts]
    patterns: tuple[Pattern, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    practices: PracticeInventory | None = None
    evidence: EvidenceChecklist | None = None
    fingerprint: str = ""
    form: FormKind = "full"

    @property
    def id(self) -> str:
        """The questionnaire's slug."""
        return self.structure.id

    @property
    def version(self) -> str:
        """The version, three numbers."""
        return self.structure.version

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions in written order."""
        return self.structure.dimensions

    @property
    def scales(self) -> Mapping[str, Scale]:
        """The answer scales by id."""
        return self.structure.scales

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The roles by id, in written order."""
        return {role.id: role for role in self.structure.roles}

    @cached_property
    def leadership_role(self) -> str | None:
        """The top team's role, the only one that may be an open group."""
        return next((role.id for role in self.structure.roles if role.leadership), None)

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """All facets by id; a dimension without parts stands as its own facet."""
        return {facet.id: facet for dimension in self.dimensions for facet in dimension.parts}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All scored items by id, in written order."""
        return {item.id: item for facet in self.facets.values() for item in facet.items}

    @cached_property
    def facet_of(self) -> Mapping[str, str]:
        """The facet of each item."""
        return {item.id: facet.id for facet in self.facets.values() for item in facet.items}

    @cached_property
    def dimension_of(self) -> Mapping[str, str]:
        """The dimension of each facet and of each item."""
        pairs = [(dimension.id, facet) for dimension in self.dimensions for facet in dimension.parts]
        of_facets = {facet.id: dimension for dimension, facet in pairs}
        return of_facets | {item.id: dimension for dimension, facet in pairs for item in facet.items}

    def scale_of(self, item: str) -> Scale:
        """Give the answer scale of an item."""
        return self.scales[self.items[item].scale]

    def min_items(self, facet: str, *, n_asked: int) -> int:
        """Give the valid items a facet score needs when a role was asked `n_asked` of them.

        Written per facet, or per questionnaire, else half of the facet rounded up (person-mean substitution is sound
        up to about half missing: Siddiqui 2015).
        """
        length = len(self.facets[facet].items)
        written = self.facets[facet].min_items
        rule = self.structure.scoring.person_facet
        if written is None and rule and rule.items == length:
            return rule.needs_of_two_asked if n_asked == 2 and length > 2 else min(rule.needs, max(n_asked, 1))
        return min(written or -(-length // 2), max(n_asked, 1))

    def min_facets(self, dimension: Dimension) -> int:
        """Give the valid facets that a dimension score needs."""
        rule = self.structure.scoring.person_dimension
        n = len(dimension.parts)
        return rule.needs if rule and rule.facets == n else -(-n * 3 // 4)

    def n_asked(self, role: str, facet: str) -> int:
        """Count the items of a facet that the routing puts to a role."""
        return sum(item.is_asked_of(role) for item in self.facets[facet].items)

    def is_eligible(self, role: str, measure: str) -> bool:
        """Tell whether a role is asked enough of a facet or dimension to count in its balance."""
        rule = self.structure.scoring.eligible_role
        if measure in self.dimension_of:
            needed = min(rule.facet_items if rule else 1, len(self.facets[measure].items))
            return self.n_asked(role, measure) >= needed
        dimension = next(d for d in self.dimensions if d.id == measure)
        needed = min(rule.dimension_facets if rule else self.min_facets(dimension), len(dimension.parts))
        return sum(self.is_eligible(role, facet.id) for facet in dimension.parts) >= needed

    def words(self, language: str) -> Texts:
        """Give the words of a language that the questionnaire has."""
        return self.texts[language]
