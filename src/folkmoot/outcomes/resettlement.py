"""Work, a home and learning after prison, by region, and whether they follow prosperity.

In:        people released and those with each outcome, by region; a figure of prosperity.
Out:       shares with limits and bounds, differences beyond chance, ranks, how far the three
           outcomes agree, and which regions do poorly despite a strong economy.
Rule:      whoever's outcome is unknown is neither counted with nor without it; both bounds say
           what would be if all were without, or all with.
Not here:  figures: none by region were open to the project, so none are shipped or made up.
Source:    docs/reference/methods.md, O14.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from folkmoot.outcomes.benchmark import Verdict, verdicts
from folkmoot.outcomes.ranks import Ranks, shrunken_ranks
from folkmoot.outcomes.rates import proportion
from folkmoot.outcomes.regions import RegionalVariation, regional_variation
from folkmoot.outcomes.results import Estimates, Method
from folkmoot.outcomes.variation import FEWEST_AREAS, funnel, score
from folkmoot.vocabulary.arrays import BoolVector, FloatVector
from folkmoot.vocabulary.statistics.agreement import kendalls_w
from folkmoot.vocabulary.statistics.errors import DenominatorError
from folkmoot.vocabulary.statistics.inputs import check_counts, check_within, places, vectors
from folkmoot.vocabulary.statistics.line import Predictions, predict_each
from folkmoot.vocabulary.statistics.rank_correlation import RankCorrelation, spearman
from folkmoot.vocabulary.statistics.suppression import BELOW, suppress

Domain = Literal["employment", "accommodation", "education"]
DOMAINS: tuple[Domain, ...] = get_args(Domain)
NO_DATA = (
    "No data loaded. No open table of released prisoners by region was available to the project, "
    "and none is made up."
)

RESETTLEMENT = Method(
    code="O14",
    name="shares with Wilson's limits and bounds; exact Spearman; lines that leave each out",
    sources="Wilson 1927; Spearman 1904; Kendall and Babington Smith 1939; Cook and Weisberg 1982",
    cannot_say="what a prison or a region's services did: who is released differs too.",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Releases:
    """People released and what became of them, in one domain and period."""

    domain: Domain
    period: str
    regions: tuple[str, ...]
    released: FloatVector
    with_outcome: FloatVector
    unknown: FloatVector
    source: str = ""

    def __post_init__(self) -> None:
        n, x, u = vectors(
            released=self.released, with_outcome=self.with_outcome, unknown=self.unknown
        )
        check_counts(released=n, with_outcome=x, unknown=u)
        check_within("with_outcome + unknown", x + u, n, "released")
        if (self.known <= 0).any():
            raise DenominatorError("released and known", places(self.known <= 0))

    @property
    def known(self) -> FloatVector:
        """Released people whose outcome is known."""
        found: FloatVector = self.released - self.unknown
        return found

    def hidden(self, below: float = BELOW) -> BoolVector:
        """Regions whose figures would tell of few people, by themselves or by sums."""
        rest = self.known - self.with_outcome
        table = np.column_stack([self.with_outcome, rest, self.unknown])
        found: BoolVector = np.any(suppress(table, below=below).hidden[:-1], axis=1)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Follows:
    """Whether an outcome follows prosperity."""

    context: str
    correlation: RankCorrelation
    line: Predictions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resettled:
    """One domain, region by region."""

    releases: Releases
    share: Estimates
    """Of those whose outcome is known."""
    least: FloatVector
    """If everyone unknown were without; a ratio of all released."""
    most: FloatVector
    """If everyone unknown were with."""
    whole: float
    """The share in all regions together."""
    verdicts: tuple[Verdict, ...]
    """Higher, similar or lower than all together, by limits."""
    variation: RegionalVariation
    ranks: Ranks | None
    """None where there are fewer than five regions."""
    follows: tuple[Follows, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resettlement:
    """All domains."""

    domains: tuple[Resettled, ...]
    agreement: float | None
    """Kendall's W of the regions' order in the domains; None where there is none, or one."""
    method: Method = RESETTLEMENT


Context = Mapping[str, Mapping[str, float]]
"""A figure of each region, such as its employment rate, by name of the figure."""


def resettlement(
    table: Sequence[Releases], context: Context | None = None, *, rng: np.random.Generator
) -> Resettlement:
    """Compare regions in what becomes of people who leave prison.

    Raises
    ------
    TooFewAreasError
        If there is a context and fewer than five regions: no correlation is told from so few.
    EmptyInputError
        If nobody has an outcome, or a context is the same in all regions.
    """
    return Resettlement(
        domains=tuple(_domain(one, context or {}, rng) for one in table),
        agreement=_agreement(table),
    )


def _domain(given: Releases, context: Context, rng: np.random.Generator) -> Resettled:
    x, n = given.with_outcome, given.known
    near, far = (proportion(x, n, confidence=one) for one in (0.95, 0.998))
    whole = float(x.sum() / n.sum())
    return Resettled(
        releases=given,
        share=near,
        least=x / given.released,
        most=(x + given.unknown) / given.released,
        whole=whole,
        verdicts=verdicts(
            near.lower, near.upper, far.lower, far.upper, benchmark=whole, polarity="none"
        ),
        variation=regional_variation(x, n, given.regions, kind="proportion"),
        ranks=shrunken_ranks(funnel(score(x, n, "proportion")), rng=rng)
        if len(n) >= FEWEST_AREAS
        else None,
        follows=tuple(
            _follows(name, near.value, [figures[one] for one in given.regions], n, rng)
            for name, figures in context.items()
        ),
    )


def _follows(
    context: str,
    shares: FloatVector,
    figures: Sequence[float],
    people: FloatVector,
    rng: np.random.Generator,
) -> Follows:
    return Follows(
        context=context,
        correlation=spearman(shares, figures, rng=rng),
        line=predict_each(shares, figures, people),
    )


def _agreement(table: Sequence[Releases]) -> float | None:
    """How far the domains put the regions that they share in one order."""
    common = sorted(set.intersection(*(set(one.regions) for one in table))) if table else []
    if len(table) < 2 or len(common) < 2:
        return None
    rows = []
    for one in table:
        at = [one.regions.index(region) for region in common]
        rows.append(one.with_outcome[at] / one.known[at])
    return kendalls_w(np.array(rows))
