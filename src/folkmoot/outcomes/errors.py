"""What can be wrong with needs, outcomes and reviews.

OutcomesError            a mistake in what is known of needs and outcomes
├── NotAdditiveError     a median or a rank, which no sum of blocks gives
├── LimitError           a limit on the wrong side of its value, or of no width
├── PeriodError          days of a series that are not in order, each once
├── RebaseReasonError    limits that are drawn anew for no reason given
├── NotComparableError   two plans whose figures are not of the same blocks and period
├── TooFewGroupsError    too few groups for a slope
├── ConstantFeatureError a feature in which all areas are alike
├── LevelError           an output or input that is taken for an outcome
├── NoIndicatorsError    a package without indicators
├── UnknownIndicatorError an indicator that the package does not hold
├── NoLimitsError        an indicator without intervals, of which ranks would be chance
├── UnknownGeographyError a geography that the package does not hold
├── UnknownAreaError     an area that the plan does not hold
├── PrevalenceError      a prevalence that is no part of the people
├── NeedsTableError      tables of people, prevalence or people served
├── OverlapTableError    tables of cells and services
├── UnknownCellError     a need, cohort or place that no cell has
├── ShareError           parts of a service that do not sum to it
├── TermError            need terms that make no tree
├── PluralityReasonError a duplication that is called intended for no reason
├── AgreementTableError  a table of high-level outcomes or entitlements
├── AimError             an aim that is not on the right side of its baseline
├── TooManyOutcomesError more outcomes or entitlements than the centre may ask for
├── ResettlementError    a table of released prisoners by region
├── EvidenceError        evidence of what works; every fault listed
├── UnitValueError       what outcomes are worth; every fault listed
├── OptionsError         options that cannot be weighed; every fault listed
├── PeopleError          people and the systems they use; every fault listed
├── ContradictionError   odds ratios that no group of people has all at once
├── AskedError           what was asked for and given; every fault listed
└── WrittenOutcomeError  outcomes written for a contract; every fault listed

Faults of counts, shapes and missing values are in ``vocabulary.statistics.errors``.
"""

from collections.abc import Sequence

from folkmoot.vocabulary.errors import FaultsError, FolkmootError
from folkmoot.vocabulary.statistics.errors import SHOWN, rows_told


class OutcomesError(FolkmootError):
    """A mistake in what is known of needs and outcomes."""


class NotAdditiveError(OutcomesError):
    """A median or a rank, which no sum of blocks gives."""

    def __init__(self, indicator: str, kind: str) -> None:
        super().__init__(indicator, kind)
        self.indicator, self.kind = indicator, kind

    def __str__(self) -> str:
        return (
            f"'{self.indicator}' is a {self.kind}, and no weighing of its blocks gives the "
            f"{self.kind} of an area. Show the blocks' own values side by side instead."
        )


class LimitError(OutcomesError):
    """A limit on the wrong side of its value, or of no width."""

    def __init__(self, rows: Sequence[object], problem: str) -> None:
        super().__init__(tuple(rows), problem)
        self.rows, self.problem = tuple(rows), problem

    def __str__(self) -> str:
        return (
            f"The limits {self.problem} in {rows_told(self.rows)}. Every statement on chance "
            "rests on them. Correct them at their source, or leave them out."
        )


class PeriodError(OutcomesError):
    """Days of a series that are not in order, each once."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"The series cannot be drawn: {self.problem}. Runs and trends depend on the order of "
            "time. Sort it by day, each once, and name only days that it holds."
        )


class RebaseReasonError(OutcomesError):
    """Limits that are drawn anew for no reason given."""

    def __init__(self, dates: Sequence[object]) -> None:
        super().__init__(tuple(dates))
        self.dates = tuple(dates)

    def __str__(self) -> str:
        return (
            f"No reason is given to draw the limits anew on {', '.join(map(str, self.dates))}. "
            "A new start hides what came before it. Say what changed in the service on that day."
        )


class NotComparableError(OutcomesError):
    """Two plans whose figures are not of the same blocks and period."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return (
            f"The variation of two plans cannot be compared: {self.problem}. A difference could "
            "come from the data alone. Use the same blocks, indicator and period for both."
        )


class TooFewGroupsError(OutcomesError):
    """Too few groups for a slope."""

    def __init__(self, groups: int) -> None:
        super().__init__(groups)
        self.groups = groups

    def __str__(self) -> str:
        return (
            f"A slope of inequality needs 5 groups or more, and there are {self.groups}. From "
            "fewer, one group sets the line. Use finer groups, such as tenths of deprivation."
        )


class ConstantFeatureError(OutcomesError):
    """A feature in which all areas are alike."""

    def __init__(self, features: Sequence[str]) -> None:
        super().__init__(tuple(features))
        self.features = tuple(features)

    def __str__(self) -> str:
        return (
            f"All areas are alike in {', '.join(self.features)}, so nothing there tells them "
            "apart. Leave it out of the features that neighbours are chosen by."
        )


class LevelError(OutcomesError):
    """An output or input that is taken for an outcome."""

    def __init__(self, indicator: str, level: str) -> None:
        super().__init__(indicator, level)
        self.indicator, self.level = indicator, level

    def __str__(self) -> str:
        return (
            f"'{self.indicator}' is an {self.level}: it counts what was done, not what changed in "
            "residents' lives. Only an outcome or impact may be paid for or held to."
        )


class NoIndicatorsError(OutcomesError):
    """A package without indicators."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package

    def __str__(self) -> str:
        return (
            f"The package '{self.package}' holds no indicators, so nothing is known of needs or "
            "outcomes. Add the resources 'indicators' and 'indicator-catalogue' to it: see "
            "docs/reference/places-package.md."
        )


class UnknownIndicatorError(OutcomesError):
    """An indicator that the package does not hold."""

    def __init__(self, indicator: str, advice: str) -> None:
        super().__init__(indicator, advice)
        self.indicator, self.advice = indicator, advice

    def __str__(self) -> str:
        return (
            f"The package holds no indicator '{self.indicator}'. {self.advice} "
            "'folkmoot outcomes list' names them all."
        )


class NoLimitsError(OutcomesError):
    """An indicator without intervals, of which ranks would be chance."""

    def __init__(self, indicator: str, areas: int) -> None:
        super().__init__(indicator, areas)
        self.indicator, self.areas = indicator, areas

    def __str__(self) -> str:
        return (
            f"'{self.indicator}' has an interval in {self.areas} areas, too few to rank. A rank "
            "without its interval takes chance for merit. Choose an indicator whose publisher "
            "gives limits; 'folkmoot outcomes profile' names those of an area."
        )


class UnknownAreaError(OutcomesError):
    """An area that the plan does not hold."""

    def __init__(self, area: str, advice: str) -> None:
        super().__init__(area, advice)
        self.area, self.advice = area, advice

    def __str__(self) -> str:
        return f"The plan holds no area '{self.area}'. {self.advice} Name one by code or name."


class UnknownGeographyError(OutcomesError):
    """A geography that the package does not hold."""

    def __init__(self, geography: str, advice: str) -> None:
        super().__init__(geography, advice)
        self.geography, self.advice = geography, advice

    def __str__(self) -> str:
        return (
            f"The package has no geography '{self.geography}', so there are no areas of it to "
            f"measure. {self.advice} 'blocks' measures each block by itself."
        )


class PrevalenceError(OutcomesError):
    """A prevalence that is no part of the people."""

    def __init__(self, rows: Sequence[object], value: float) -> None:
        super().__init__(tuple(rows), value)
        self.rows, self.value = tuple(rows), value

    def __str__(self) -> str:
        return (
            f"A prevalence is not from 0 to 1 in {rows_told(self.rows)}; the first is "
            f"{self.value:g}. More people would need help than there are. Write a share of "
            "people: 0.17 for 17 per cent."
        )


class NeedsTableError(OutcomesError, FaultsError):
    """Tables of people, prevalence or people served that cannot be used."""

    what = "needs assessment"
    why = "Whoever is left out of a need is left out of what is planned for it."


class OverlapTableError(OutcomesError, FaultsError):
    """Tables of cells and services that cannot be used."""

    what = "map of services"
    why = "A gap or duplication could come from a row that was misread."


class UnknownCellError(OutcomesError):
    """A need, cohort or place that no cell has."""

    def __init__(self, cells: Sequence[str], count: int) -> None:
        super().__init__(tuple(cells), count)
        self.cells, self.count = tuple(cells), count

    def __str__(self) -> str:
        more = f" and {self.count - len(self.cells)} more" if self.count > len(self.cells) else ""
        return (
            f"Services are offered in cells that nobody is expected to need: "
            f"{'; '.join(self.cells)}{more}. Their capacity would count nowhere. Add these cells "
            "with the people expected, 0 where there are none, or correct the words."
        )


class ShareError(OutcomesError):
    """Parts of a service that do not sum to it."""

    def __init__(self, services: Sequence[str], total: float) -> None:
        super().__init__(tuple(services), total)
        self.services, self.total = tuple(services), total

    def __str__(self) -> str:
        named = ", ".join(self.services[:SHOWN])
        more = f" and {len(self.services) - SHOWN} more" if len(self.services) > SHOWN else ""
        return (
            f"The shares of a service do not sum to 1: {named}{more}; the first sum to "
            f"{self.total:g}. Its capacity and cost would be lost or made. Correct them, or leave "
            "all shares of it out to spread it evenly."
        )


class TermError(OutcomesError):
    """Need terms that make no tree."""

    def __init__(self, terms: Sequence[str], problem: str) -> None:
        super().__init__(tuple(terms), problem)
        self.terms, self.problem = tuple(terms), problem

    def __str__(self) -> str:
        return (
            f"These need terms have {self.problem}: {', '.join(self.terms[:SHOWN])}. Likeness "
            "and responsibility follow the path to the broadest term. Correct 'broader'."
        )


class PluralityReasonError(OutcomesError):
    """A duplication that is called intended for no reason."""

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__(tuple(services))
        self.services = tuple(services)

    def __str__(self) -> str:
        return (
            f"No reason is given why several are meant to offer the same: "
            f"{', '.join(self.services)}. A choice that nobody can name is a duplication. Say "
            "what people gain by it."
        )


class AgreementTableError(OutcomesError, FaultsError):
    """A table of high-level outcomes or entitlements that cannot be used."""

    what = "agreement"
    why = "The centre and an area must be able to read the same sentence in it."


class AimError(OutcomesError):
    """An aim that is not on the right side of its baseline."""

    def __init__(self, indicator: str, problem: str) -> None:
        super().__init__(indicator, problem)
        self.indicator, self.problem = indicator, problem

    def __str__(self) -> str:
        return (
            f"The aim for '{self.indicator}' {self.problem}. An area would be on course by "
            "getting worse, or never. Correct the aim, the baseline or which way is better."
        )


class TooManyOutcomesError(OutcomesError):
    """More outcomes or entitlements than the centre may ask for."""

    def __init__(self, what: str, count: int, most: int) -> None:
        super().__init__(what, count, most)
        self.what, self.count, self.most = what, count, most

    def __str__(self) -> str:
        return (
            f"The agreement lists {self.count} {self.what}, and {self.most} is the most. A centre "
            "that asks for everything directs everything. Keep those that matter most, and leave "
            "the rest to the areas."
        )


class ResettlementError(OutcomesError, FaultsError):
    """A table of released prisoners by region that cannot be used."""

    what = "table of released prisoners"
    why = "A share of people rests on both counts."


class EvidenceError(OutcomesError, FaultsError):
    """Evidence of what works that cannot be relied on."""

    what = "evidence"
    why = "An effect is only as good as the study behind it, and its price and its time."


class UnitValueError(OutcomesError, FaultsError):
    """Values of outcomes that cannot be reckoned with."""

    what = "table of unit values"
    why = "What a change is worth, and to whom, decides which option looks best."


class OptionsError(OutcomesError, FaultsError):
    """Options that cannot be weighed."""

    what = "table of options"
    why = "Options can be weighed only on the same terms."


class PeopleError(OutcomesError, FaultsError):
    """A table of people and the systems they use, or its margins, that cannot be counted."""

    what = "table of people"
    why = "Nobody is counted twice, and nobody may be recognised."


class ContradictionError(OutcomesError):
    """Odds ratios that no group of people could have all at once."""

    def __init__(self, worst: str, rounds: int) -> None:
        super().__init__(worst, rounds)
        self.worst, self.rounds = worst, rounds

    def __str__(self) -> str:
        return (
            f"The margins and odds ratios do not fit each other; after {self.rounds:,} rounds "
            f"'{self.worst}' is the furthest off. No group of people has all of them at once. "
            "Look for an odds ratio from another population, or leave one out."
        )


class AskedError(OutcomesError, FaultsError):
    """A table of what people asked for and were given that cannot be counted."""

    what = "table of help"
    why = "Nobody is asked and not counted, or counted and not asked."


class WrittenOutcomeError(OutcomesError, FaultsError):
    """Outcomes written for a contract that cannot be read."""

    what = "file of outcomes"
    why = "An outcome that is not written down whole cannot be judged, nor paid for."
