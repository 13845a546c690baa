"""What administration would release, what new bodies would cost, and what is left, by year.

In:        a declaration: classes of bodies that close, groups that open, costs of the change.
Out:       gross, new, one-off, net and cumulative pence by year; break-even; present value.
Rule:      everything is declared. A published sum without a build-up is never split here.
Not here:  the money that bodies pass on (``services.flow``).
Source:    our own definition; the discount rate is a figure (``services.figures``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from folkmoot.parameters.reader import Section, packaged, read_parameters
from folkmoot.services.errors import DeclarationError, SplitUndeclaredError
from folkmoot.services.figures import Figure, shipped_figures
from folkmoot.vocabulary.errors import ParameterError
from folkmoot.vocabulary.periods import FinancialYear

POUNDS, MILLION_POUNDS = 100, 10**8
"""Pence in each."""
EXAMPLE = "savings_example.toml"
ADMINISTRATION_COLUMNS = ("year", "gross", "new", "one_off", "net", "cumulative", "label")
RATE = "discount-rate"
"""The figure of the discount rate, where a declaration gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingClass:
    """Bodies of one kind that close."""

    name: str
    pence: Fraction
    """What they cost a year today."""
    keep: Fraction
    """The share of it that stays when they have closed."""
    closed: tuple[Fraction, ...]
    """The share that has closed, by year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningGroup:
    """Bodies that open together."""

    bodies: int
    residents: int
    open: tuple[Fraction, ...]
    """The share that is open, by year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """All that is declared of what administration costs."""

    title: str
    is_illustration: bool
    """Whether its figures are made up."""
    first_year: FinancialYear
    total: Figure | None
    classes: tuple[ClosingClass, ...]
    groups: tuple[OpeningGroup, ...]
    fixed_pence: Fraction
    """A year and body."""
    resident_pence: Fraction
    """A year and resident."""
    one_off: tuple[Fraction, ...]
    """Pence, by year."""
    rate: Fraction
    rate_note: str
    """Where the rate comes from."""

    @property
    def label(self) -> str:
        """What must be said wherever its figures are shown."""
        return self.title + (" (illustration: not a forecast)" if self.is_illustration else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationYear:
    """One year of a declaration. Unit: pence."""

    year: FinancialYear
    gross: int
    """What is released."""
    new: int
    one_off: int
    cumulative: int
    """Net, of this and the years before."""

    @property
    def net(self) -> int:
        """What is left of the gross."""
        return self.gross - self.new - self.one_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """What a declaration comes to."""

    declaration: Declaration
    years: tuple[AdministrationYear, ...]

    @property
    def break_even(self) -> int | None:
        """The first year, counted from 1, from which on the cumulative sum is never below 0.

        None where that is not within the years declared.
        """
        below = [n for n, one in enumerate(self.years, 1) if one.cumulative < 0]
        first = below[-1] + 1 if below else 1
        return first if first <= len(self.years) else None

    @property
    def present_value(self) -> int:
        """Net of all years in pence of the first, which is not discounted; rounded once."""
        growth = 1 + self.declaration.rate
        return round(sum((one.net / growth**n for n, one in enumerate(self.years)), Fraction(0)))


def administration(declared: Declaration) -> Administration:
    """Work out a declaration, year by year.

    Notes
    -----
    Gross is Σ over classes of closed share × cost × (1 − keep); new is Σ over groups of
    open share × (bodies × fixed + residents × cost a resident). Each is rounded to whole
    pence once a year, so a year's parts add up.

    Examples
    --------
    >>> found = administration(declaration(packaged(EXAMPLE)))
    >>> [one.net // MILLION_POUNDS for one in found.years], found.break_even
    ([-225, 950, 2025, 2700], 2)
    """
    gross, new = _gross(declared), _new(declared)
    one_off = tuple(round(pence) for pence in declared.one_off)
    nets = [a - b - c for a, b, c in zip(gross, new, one_off, strict=True)]
    return Administration(
        declaration=declared,
        years=tuple(
            AdministrationYear(
                year=FinancialYear(declared.first_year.start + n),
                gross=gross[n],
                new=new[n],
                one_off=one_off[n],
                cumulative=cumulative,
            )
            for n, cumulative in enumerate(accumulate(nets))
        ),
    )


def illustration(*, bodies: int, residents: int) -> Administration:
    """Work the shipped, made-up declaration out for as many bodies and residents as a plan has.

    Its costs and shares are illustrations; only the number of bodies and of residents is the
    plan's own, so that it shows how the cost of new bodies follows their number.
    """
    declared = declaration(packaged(EXAMPLE))
    groups = tuple(replace(one, bodies=bodies, residents=residents) for one in declared.groups[:1])
    return administration(replace(declared, groups=groups))


def administration_rows(found: Administration) -> Iterator[tuple[str | int, ...]]:
    """One row a year, in pence, with what must be said beside it."""
    for one in found.years:
        yield (
            *(str(one.year), one.gross, one.new, one.one_off, one.net, one.cumulative),
            found.declaration.label,
        )


def read_declaration(path: Path) -> Declaration:
    """Read a declaration in the form of ``parameters/savings_example.toml``.

    Raises
    ------
    DeclarationError
        With every fault.
    SplitUndeclaredError
        If a published sum would have to be split and nobody has said how.
    """
    try:
        return declaration(read_parameters(path))
    except ParameterError as error:
        raise DeclarationError(error.source, error.faults) from error


def declaration(file: Section) -> Declaration:
    """Make a declaration of a file that has been read; errors as ``read_declaration``."""
    figures = shipped_figures()
    total = figures[file.choice("total", list(figures))] if file.has("total") else None
    one_off = file.ratios("one_off", least=0)
    years = len(one_off)
    if not years:
        file.fault("one_off", "it has no year.", 'Write one sum a year: ["900", "400"], in GBP m.')
    is_own_rate = file.has("rate")
    new = file.section("new")
    found = Declaration(
        title=file.text("title"),
        is_illustration=file.flag("is_illustration", default=False),
        first_year=file.year("first_year"),
        total=total,
        classes=_classes(file, total, years),
        groups=tuple(_group(one, years) for one in file.sections("group").values()),
        fixed_pence=new.ratio("fixed", least=0) * MILLION_POUNDS,
        resident_pence=new.ratio("per_resident", least=0) * POUNDS,
        one_off=tuple(pounds * MILLION_POUNDS for pounds in one_off),
        rate=file.ratio("rate", default=figures[RATE].value, least=0),
        rate_note="as declared"
        if is_own_rate
        else f"{figures[RATE].source}; {figures[RATE].state.replace('_', ' ')}",
    )
    new.finish()
    file.finish()
    if file.faults:
        raise DeclarationError(file.file, file.faults)
    return found


def _classes(file: Section, total: Figure | None, years: int) -> tuple[ClosingClass, ...]:
    """The classes that close; one alone may cost what the published sum says."""
    tables = file.sections("class")
    silent = [table.text("name") for table in tables.values() if not table.has("cost")]
    if silent and total is not None and len(tables) > 1:
        raise SplitUndeclaredError(total.code, silent)
    if not tables:
        file.fault("class", "no class of bodies closes.", "Write [class.administration].")
    found = tuple(_class(table, total, years) for table in tables.values())
    declared = sum((one.pence for one in found), Fraction(0)) / MILLION_POUNDS
    if total is not None and not silent and not _allows(total, declared * MILLION_POUNDS):
        problem = (
            f"the classes make £{float(declared):,.1f}m, and '{total.published_text}' differs."
        )
        file.fault("total", problem, "Correct a cost, or leave 'total' out.")
    return found


def _class(table: Section, total: Figure | None, years: int) -> ClosingClass:
    pence = Fraction(0)
    if table.has("cost") or total is None:
        pence = table.ratio("cost", least=0) * MILLION_POUNDS
    else:
        pence = Fraction(total.pence)
    found = ClosingClass(
        name=table.text("name"),
        pence=pence,
        keep=table.ratio("keep", default=Fraction(0), least=0, most=1),
        closed=_by_year(table, "closed", years),
    )
    table.finish()
    return found


def _group(table: Section, years: int) -> OpeningGroup:
    found = OpeningGroup(
        bodies=table.whole("bodies", least=0),
        residents=table.whole("residents", least=0),
        open=_by_year(table, "open", years),
    )
    table.finish()
    return found


def _by_year(table: Section, key: str, years: int) -> tuple[Fraction, ...]:
    """Shares, one a year, none where a fault is noted."""
    found = table.ratios(key, least=0, most=1)
    if len(found) != years:
        table.fault(key, f"it has {len(found)} years.", f"'one_off' has {years}: write one each.")
        return (Fraction(0),) * years
    return found


def _allows(total: Figure, pence: Fraction) -> bool:
    """Whether a published sum could be this much."""
    unit = Fraction(total.pence) / total.value
    least, most = total.interval.least, total.interval.most
    return (least is None or pence >= least * unit) and (most is None or pence <= most * unit)


def _gross(declared: Declaration) -> list[int]:
    return [
        round(
            sum(
                (one.closed[n] * one.pence * (1 - one.keep) for one in declared.classes),
                Fraction(0),
            )
        )
        for n in range(len(declared.one_off))
    ]


def _new(declared: Declaration) -> list[int]:
    def cost(group: OpeningGroup) -> Fraction:
        return group.bodies * declared.fixed_pence + group.residents * declared.resident_pence

    return [
        round(sum((one.open[n] * cost(one) for one in declared.groups), Fraction(0)))
        for n in range(len(declared.one_off))
    ]
