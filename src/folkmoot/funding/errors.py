"""Mistakes about money, need and the formula.

FolkmootError
├── WeightError (vocabulary)     money cannot be shared by these weights
├── ParameterError (vocabulary)  a parameter or formula file; every fault is listed
└── FundingError
    ├── FormulaError             parts of a formula that contradict each other
    ├── ParameterNameError       numbers that a formula does not have, or cannot take
    ├── QuantumError             a national total that is missing, doubled or not positive
    ├── NeedError                a need that is negative, or that nobody has
    ├── ZeroNeedError            every target is zero
    ├── NeedDataError            published need data that are not there
    ├── ProfileError             a need profile that cannot be computed
    │   └── UnmeasuredError      an indicator that the package does not hold
    │       └── CoverageError    or holds for too few of the people it should count
    ├── BaselineError            a baseline that cannot open a settlement
    ├── BoundsError              floors and ceilings that contradict each other
    ├── EntitlementError         a national promise that cannot be priced
    ├── AttainmentError          an attainment outside 0 to 1
    ├── VirementError            money that may not leave its stream; every move is listed
    ├── DecisionTableError       a table of decisions that cannot be followed
    ├── MarginError              a table's rows and columns that cannot have these sums
    ├── SplitBlockError          an area plan for other blocks than the package's
    ├── CellError                an area, stream or year that a settlement does not hold
    ├── DrawsError               draws that cannot be made
    ├── InfeasibleError          no settlement exists; carries ``Infeasible``
    ├── PublicationError         a folder that cannot be written, or cannot be read back
    ├── PlacePracticesError      practices of a place that are unknown, doubled or foreign
    ├── EmptyPlaceError          places without a known practice
    ├── UnknownIcbError          places of a board that has no practices
    └── UndefinedIndexError      a place or board that would be divided by zero
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from folkmoot.funding.infeasible import Infeasible
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.errors import FaultsError, FolkmootError

STAYS = (
    "Entitlements and money at risk stay in their stream, as does what the formula's "
    "'virement_ratio' keeps there, and the ledger names who decided and why."
)
"""What of a grant is not free to move."""


class FundingError(FolkmootError):
    """A mistake in what a settlement is made from."""


class FormulaError(FundingError):
    """Parts of a formula do not fit together."""

    def __init__(self, version: str, problems: Sequence[str]) -> None:
        super().__init__(version, tuple(problems))
        self.version, self.problems = version, tuple(problems)

    def __str__(self) -> str:
        listed = "".join(
            f"\n  {number}. {problem}." for number, problem in enumerate(self.problems, 1)
        )
        return (
            f"Formula '{self.version}' contradicts itself. No settlement can follow it until "
            f"each of these is mended:{listed}"
        )


class ParameterNameError(FundingError):
    """Parameters of a formula were named that it does not have, or that cannot be so."""

    def __init__(self, version: str, problems: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(version, tuple(problems), tuple(known))
        self.version, self.problems, self.known = version, tuple(problems), tuple(known)

    def __str__(self) -> str:
        listed = "".join(
            f"\n  {number}. {problem}." for number, problem in enumerate(self.problems, 1)
        )
        names = "".join(f"\n  {name}" for name in self.known)
        return (
            f"Formula '{self.version}' cannot be changed so, and nothing was worked out:"
            f"{listed}\nWhat can be set is below; 'eta' or 'growth' alone sets it "
            "wherever there is one, and a year may follow a bound, as in "
            f"'bounds.floor.2027-28'.{names}"
        )


class QuantumError(FundingError):
    """A stream has no usable national total for a year."""

    def __init__(self, stream: str, year: str, problem: str) -> None:
        super().__init__(stream, year, problem)
        self.stream, self.year, self.problem = stream, year, problem

    def __str__(self) -> str:
        return (
            f"Stream '{self.stream}' has no usable quantum for {self.year}: {self.problem}. "
            "Grants are parts of that sum, so none can be made. Mend the "
            f"[[stream.{self.stream}.quantum]] tables of the formula."
        )


class NeedError(FundingError):
    """A component of need has a value that cannot be a need."""

    def __init__(self, component: str, unit: str, problem: str) -> None:
        super().__init__(component, unit, problem)
        self.component, self.unit, self.problem = component, unit, problem

    def __str__(self) -> str:
        return (
            f"Need component '{self.component}' is {self.problem} in {self.unit}. Shares of "
            "money are built on it, and a share cannot be less than nothing. Correct the "
            "figure in the package."
        )


class ZeroNeedError(FundingError):
    """Every target is zero, so nothing says who should have the money."""

    def __str__(self) -> str:
        return (
            "Every area's target is zero, so no rule can share the quantum. Check the need "
            "data, or choose a profile under which somebody has need."
        )


class NeedDataError(FundingError):
    """The package has no published need of this profile for these years."""

    def __init__(self, profile: str, year: str, known: Sequence[str]) -> None:
        super().__init__(profile, year, tuple(known))
        self.profile, self.year, self.known = profile, year, tuple(known)

    def __str__(self) -> str:
        years = ", ".join(self.known) or "none"
        return (
            f"The package has no '{self.profile}' need for {self.year} or an earlier year "
            f"(it has: {years}). A grant must rest on need that was known when it was set. "
            "Add the year to the resource 'need', or open the settlement in a later year."
        )


class ProfileError(FundingError):
    """A need profile cannot be computed from the package."""

    def __init__(self, profile: str, problem: str, mend: str) -> None:
        super().__init__(profile, problem, mend)
        self.profile, self.problem, self.mend = profile, problem, mend

    def __str__(self) -> str:
        return (
            f"Profile '{self.profile}' {self.problem}. Shares built on it would rest on "
            f"guesses. {self.mend}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGap:
    """What an indicator leaves out."""

    indicator: str
    people: str
    """Whom it should count: 'residents aged 16 to 64'."""
    missing: int
    blocks: int
    share: Fraction
    """Part of these people who live in blocks with no value."""
    limit: Fraction


class UnmeasuredError(ProfileError):
    """The package does not measure what a profile counts."""


class CoverageError(UnmeasuredError):
    """An indicator has no value for too many of the people it should count."""

    def __init__(self, profile: str, gap: CoverageGap) -> None:
        FundingError.__init__(self, profile, gap)
        self.profile, self.gap = profile, gap
        self.problem = (
            f"uses '{gap.indicator}', which has no value for {gap.missing} of {gap.blocks} "
            f"blocks ({float(gap.share):.1%} of {gap.people}; the limit is "
            f"{float(gap.limit):.0%})"
        )
        self.mend = "Choose another indicator, or raise 'coverage_limit' with a reason."


class BaselineError(FundingError):
    """A baseline cannot open a settlement."""

    def __init__(self, stream: str, problem: str) -> None:
        super().__init__(stream, problem)
        self.stream, self.problem = stream, problem

    def __str__(self) -> str:
        return (
            f"The baseline of stream '{self.stream}' {self.problem}. Pace of change moves "
            "from what each area has now, so it must know. Mend [stream."
            f"{self.stream}.spend], or use the baseline 'modelled-1'."
        )


class BoundsError(FundingError):
    """A floor lies above its ceiling."""

    def __init__(self, where: str, floor: str, ceiling: str) -> None:
        super().__init__(where, floor, ceiling)
        self.where, self.floor, self.ceiling = where, floor, ceiling

    def __str__(self) -> str:
        return (
            f"The floor of {self.where} ({self.floor}) lies above its ceiling "
            f"({self.ceiling}). No amount can keep both. Lower the floor or raise the "
            "ceiling in [bounds]; only an entitlement may raise a ceiling."
        )


class EntitlementError(FundingError):
    """A national promise cannot be priced."""

    def __init__(self, entitlement: str, problem: str) -> None:
        super().__init__(entitlement, problem)
        self.entitlement, self.problem = entitlement, problem

    def __str__(self) -> str:
        return (
            f"Entitlement '{self.entitlement}' {self.problem}. What is owed everywhere must "
            f"have a price everywhere. Mend [entitlement.{self.entitlement}] in the formula."
        )


class AttainmentError(FundingError):
    """An attainment is not a share of the outcome agreed."""

    def __init__(self, area: str, measure: str, value: str) -> None:
        super().__init__(area, measure, value)
        self.area, self.measure, self.value = area, measure, value

    def __str__(self) -> str:
        return (
            f"The attainment of {self.area} on '{self.measure}' is {self.value}. Money is "
            "released in proportion to it, so it must lie from 0 to 1. Correct it, or leave "
            "it out until the outcome is assessed."
        )


class VirementError(FundingError):
    """Money cannot be moved from one stream to another."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        listed = "".join(
            f"\n  {number}. {problem}." for number, problem in enumerate(self.problems, 1)
        )
        return (
            f"Some money cannot be moved so, and none was:{listed}\n{STAYS} Move what is free, "
            "with a decider and a reason."
        )


class DecisionTableError(FundingError, FaultsError):
    """A table of what is decided after a settlement cannot be followed."""

    what = "table of decisions"
    why = "Money moves by it, so nothing was worked out until each is mended."


class MarginError(FundingError):
    """The rows and the columns of a table are to have sums that contradict each other."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(one, other)
        self.one, self.other = one, other

    def __str__(self) -> str:
        return (
            f"A table's sums contradict each other: {self.one}p against {self.other}p. Rows and "
            "columns count the same pence, in whole numbers, and no least may be above its "
            "most. Correct the totals or the bounds."
        )


class SplitBlockError(FundingError):
    """An area plan holds pieces of land for which the package has no need."""

    shown = 10
    """Codes named in the message; the rest are counted."""

    def __init__(self, package: str, blocks: Sequence[str]) -> None:
        super().__init__(package, tuple(blocks))
        self.package, self.blocks = package, tuple(blocks)

    def __str__(self) -> str:
        more = len(self.blocks) - self.shown
        named = ", ".join(self.blocks[: self.shown]) + (f" and {more} more" if more > 0 else "")
        return (
            f"The area plan and the package '{self.package}' do not share these blocks: "
            f"{named}. Need is known by whole block, so a block that is split, new or left "
            "out cannot be funded. Use a plan made of the package's blocks, or a package "
            "with need for the smaller ones."
        )


class CellError(FundingError):
    """A settlement does not hold this area, stream or year."""

    def __init__(self, kind: str, asked: str, known: Sequence[str]) -> None:
        super().__init__(kind, asked, tuple(known))
        self.kind, self.asked, self.known = kind, asked, tuple(known)

    def __str__(self) -> str:
        return (
            f"The settlement has no {self.kind} '{self.asked}', so there is no figure to "
            f"give. It has: {', '.join(self.known)}."
        )


class DrawsError(FundingError):
    """Draws of what is uncertain cannot be made."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem, self.mend = problem, mend

    def __str__(self) -> str:
        return (
            f"Nothing was drawn: {self.problem}. Chances would have rested on something else "
            f"than this settlement. {self.mend}"
        )


class InfeasibleError(FundingError):
    """A settlement was asked for, and none keeps every promise."""

    def __init__(self, stream: str, year: str, answer: Infeasible) -> None:
        super().__init__(stream, year, answer)
        self.stream, self.year, self.answer = stream, year, answer

    def __str__(self) -> str:
        return (
            f"No settlement exists for stream '{self.stream}' in {self.year}. "
            f"{self.answer.sentence()} What is promised stands in the tables [bounds] and "
            f"[entitlement.*] of the formula, what is shared in [stream.{self.stream}]."
        )


class PublicationError(FundingError):
    """A settlement folder cannot be written, or what is in it cannot be trusted."""

    def __init__(self, folder: Path, problem: str, mend: str) -> None:
        super().__init__(folder, problem, mend)
        self.folder, self.problem, self.mend = folder, problem, mend

    def __str__(self) -> str:
        return f"The settlement folder '{self.folder}' {self.problem}. {self.mend}"


class PlacePracticesError(FundingError, FaultsError):
    """Practices of a place are unknown, doubled or of another board."""

    what = "practice table"
    why = "Places must be made of its practices, or their need is somebody else's."


class EmptyPlaceError(FundingError):
    """Places have no practice that the table knows."""

    def __init__(self, year: str, places: Sequence[str]) -> None:
        super().__init__(year, tuple(places))
        self.year, self.places = year, tuple(places)

    def __str__(self) -> str:
        named = ", ".join(f"'{place}'" for place in self.places)
        return (
            f"The practice table '{self.year}' has no practice of {named}. A place without "
            "patients has no need index. Correct its practice codes, or leave the place out "
            "with --omit-empty."
        )


class UnknownIcbError(FundingError):
    """Places belong to integrated care boards that have no practices."""

    def __init__(self, year: str, icbs: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(year, tuple(icbs), tuple(known))
        self.year, self.icbs, self.known = year, tuple(icbs), tuple(known)

    def __str__(self) -> str:
        named = "; ".join(f"'{icb}' ({nearest(icb, self.known)})" for icb in self.icbs)
        return (
            f"The practice table '{self.year}' has no practice of these boards: {named}. A "
            "place's need is measured against its board's, and boards merge from year to "
            "year. Name the board as that year's table does."
        )


class UndefinedIndexError(FundingError):
    """An index would be a division by zero."""

    def __init__(self, year: str, cells: Sequence[tuple[str, str]]) -> None:
        super().__init__(year, tuple(cells))
        self.year, self.cells = year, tuple(cells)

    def __str__(self) -> str:
        named = "; ".join(f"'{name}' ({what})" for name, what in self.cells)
        return (
            f"Some indices of the practice table '{self.year}' have no value, because these "
            f"are zero: {named}. An index is a ratio to them. Correct the figures of the "
            "practices, or leave the place out."
        )
