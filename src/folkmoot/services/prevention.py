"""Prevention: who pays for it and who gains, before and after.

In:        options with what each costs and brings, by function and year; a register.
Out:       what each commissioner pays and gains, and the share of the value that falls to
           commissioners who pay nothing for it: the wrong pocket.
Rule:      a sum is shared over places by residents, to the penny, and goes to whoever is
           accountable there. Only money that a commissioner gets counts as value.
Not here:  what an option brings: the table is declared, with a source in every row.
Source:    our own definition; docs/explanation/who-pays.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Literal, get_args

from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.services.errors import PreventionError
from folkmoot.services.holders import Holders
from folkmoot.services.register import Period, Register
from folkmoot.services.tables import PERIODS, Row
from folkmoot.vocabulary.codes import CommissionerCode, FunctionCode
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.source import MADE_UP, ROW_STATES

Side = Literal["cost", "value"]
SIDES: tuple[Side, ...] = get_args(Side)
NOBODY = CommissionerCode("nobody")
"""Pays for what no function of the register covers: it is not paid for."""
EXAMPLE = "prevention_example.csv"
OPTION_COLUMNS = ("option", "need", "side", "function", "year", "pounds", "source", "state")
POCKET_COLUMNS = ("option", "period", "commissioner", "functions", "year", "cost", "value")
PENCE = 100
LAST_YEAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What an option costs or brings one function in one year."""

    side: Side
    function: FunctionCode | None
    """None: no function of the register would pay for it."""
    year: int
    """Counted from 1, the year in which it starts."""
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be done to prevent a need."""

    name: str
    need: str
    sums: tuple[Sum, ...]
    is_made_up: bool

    @property
    def years(self) -> int:
        """The last year in which it costs or brings anything."""
        return max((one.year for one in self.sums), default=0)

    @property
    def is_unheld(self) -> bool:
        """Whether nobody holds the function that would pay for it, or a part of it."""
        return any(one.side == "cost" and one.function is None for one in self.sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pocket:
    """What one commissioner pays and gains, in pence by year."""

    commissioner: CommissionerCode
    functions: tuple[FunctionCode, ...]
    """Those for which it pays or through which it gains."""
    cost: tuple[int, ...]
    value: tuple[int, ...]

    @property
    def net(self) -> int:
        """What it gains beyond what it pays, over all years."""
        return sum(self.value) - sum(self.cost)

    @property
    def payback(self) -> int | None:
        """The first year from which on it is never out of pocket; None where there is none."""
        sums = accumulate(a - b for a, b in zip(self.value, self.cost, strict=True))
        below = [year for year, total in enumerate(sums, 1) if total < 0]
        first = below[-1] + 1 if below else 1
        return first if first <= len(self.cost) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pockets:
    """An option in one period: whose money it takes, and whose it brings."""

    pockets: tuple[Pocket, ...]
    bands: Mapping[tuple[CommissionerCode, CommissionerCode], int]
    """Value in pence by who pays, in proportion to what each pays in a place, and who gains."""
    wrong: int
    """Value that falls, in a place, to a commissioner that pays nothing there. Unit: pence."""

    @property
    def cost(self) -> int:
        """What all pay. Unit: pence."""
        return sum(sum(one.cost) for one in self.pockets)

    @property
    def value(self) -> int:
        """What all gain. Unit: pence."""
        return sum(sum(one.value) for one in self.pockets)

    @property
    def wrong_pocket(self) -> Fraction | None:
        """The share of the value in the wrong pocket; None where there is no value."""
        return Fraction(self.wrong, self.value) if self.value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention:
    """One option, before and after."""

    option: Option
    periods: Mapping[Period, Pockets]


def prevention(options: Iterable[Option], register: Register) -> tuple[Prevention, ...]:
    """Say who pays and who gains, by the holders of a register before and after."""
    holdings = {period: register.holdings(period) for period in PERIODS}
    return tuple(
        Prevention(
            option=option,
            periods={
                period: pockets(option, holdings[period], register.populations)
                for period in PERIODS
            },
        )
        for option in options
    )


def pockets(
    option: Option, holdings: Mapping[FunctionCode, Holders], populations: Sequence[int]
) -> Pockets:
    """Share an option's sums over places, and put each into the pocket of who is accountable.

    Parameters
    ----------
    holdings : mapping from function to one commissioner a block
    populations : sequence of int
        Residents, one a block. Unit: persons.
    """
    nobody = (NOBODY,) * len(populations)
    paid: list[Counter[CommissionerCode]] = [Counter() for _ in populations]
    gained: list[Counter[CommissionerCode]] = [Counter() for _ in populations]
    by_year: dict[tuple[CommissionerCode, Side], list[int]] = {}
    functions: dict[CommissionerCode, set[FunctionCode]] = {}
    for one in option.sums:
        holders = nobody if one.function is None else holdings[one.function]
        places = paid if one.side == "cost" else gained
        shares = apportion(one.pence, populations)
        for place, holder, pence in zip(places, holders, shares, strict=True):
            place[holder] += pence
            by_year.setdefault((holder, one.side), [0] * option.years)[one.year - 1] += pence
            functions.setdefault(holder, set())
            if one.function is not None:
                functions[holder].add(one.function)
    nothing = [0] * option.years
    return Pockets(
        pockets=tuple(
            Pocket(
                commissioner=code,
                functions=tuple(sorted(functions[code])),
                cost=tuple(by_year.get((code, "cost"), nothing)),
                value=tuple(by_year.get((code, "value"), nothing)),
            )
            for code in sorted(functions)
        ),
        bands=_bands(paid, gained),
        wrong=sum(
            pence
            for payers, gainers in zip(paid, gained, strict=True)
            for holder, pence in gainers.items()
            if not payers[holder]
        ),
    )


def _bands(
    paid: Sequence[Counter[CommissionerCode]], gained: Sequence[Counter[CommissionerCode]]
) -> dict[tuple[CommissionerCode, CommissionerCode], int]:
    """The value of each place by who pays there and who gains, to the penny."""
    found: Counter[tuple[CommissionerCode, CommissionerCode]] = Counter()
    for payers, gainers in zip(paid, gained, strict=True):
        codes = [code for code in sorted(payers) if payers[code]] or [NOBODY]
        weights = [payers[code] or 1 for code in codes]
        for gainer, pence in sorted(gainers.items()):
            for payer, share in zip(codes, apportion(pence, weights), strict=True):
                found[payer, gainer] += share
    return {pair: pence for pair, pence in sorted(found.items()) if pence}


def unheld_needs(options: Iterable[Option]) -> tuple[str, ...]:
    """Needs whose preventive function nobody holds."""
    return tuple(dict.fromkeys(one.need for one in options if one.is_unheld))


def read_options(path: Path, functions: Iterable[FunctionCode]) -> tuple[Option, ...]:
    """Read a table with a row for each sum, in the form of ``parameters/prevention_example.csv``.

    Parameters
    ----------
    functions
        What a row may name. A cost without a function is one that nobody would pay.

    Raises
    ------
    PreventionError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*OPTION_COLUMNS):
        raise PreventionError(str(path), faults.found)
    names, needs = table.text("option"), table.text("need")
    sides, given = table.text("side"), table.text("function", required=False)
    years = table.whole("year", least=1, what="a year, counted from 1")
    pounds = table.whole("pounds", what="a sum in whole pounds")
    table.text("source")
    states = table.text("state")
    known = {str(code): code for code in functions}
    _check(table, known, years.tolist())
    for number, name in enumerate(names):
        if needs[number] and needs[number] != needs[names.index(name)]:
            table.fault(number, "need", "the option has another need above.", "Write one need.")
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each sum.")
    if faults.found:
        raise PreventionError(str(path), faults.found)
    rows = {name: [n for n, one in enumerate(names) if one == name] for name in names}
    return tuple(
        Option(
            name=name,
            need=needs[found[0]],
            sums=tuple(
                Sum(
                    side="cost" if sides[n] == "cost" else "value",
                    function=known.get(given[n]),
                    year=int(years[n]),
                    pence=int(pounds[n]) * PENCE,
                )
                for n in found
            ),
            is_made_up=any(states[n] == MADE_UP for n in found),
        )
        for name, found in rows.items()
    )


def _check(table: Table, functions: Mapping[str, FunctionCode], years: Sequence[int]) -> None:
    """Note each word that is not known, and each gain that falls to nobody."""
    columns = (table.text(name, required=False) for name in ("side", "function", "state"))
    for number, (side, function, state) in enumerate(zip(*columns, strict=True)):
        for column, word, known in (
            ("side", side, SIDES),
            ("function", function, functions),
            ("state", state, ROW_STATES),
        ):
            if word and word not in known:
                table.fault(number, column, f"'{word}' is not known.", nearest(word, known))
        if side == "value" and not function:
            mend = "Name the function whose commissioner has the money, or drop the row."
            table.fault(number, "function", "a value falls to nobody.", mend)
        if years[number] > LAST_YEAR:
            table.fault(number, "year", "it is too far off.", f"Write 1 to {LAST_YEAR}.")


def pocket_rows(found: Iterable[Prevention]) -> Iterator[Row]:
    """What each commissioner pays and gains: one row an option, period, commissioner and year."""
    for one in found:
        for period in PERIODS:
            for pocket in one.periods[period].pockets:
                named = "; ".join(pocket.functions)
                for year, (cost, value) in enumerate(
                    zip(pocket.cost, pocket.value, strict=True), 1
                ):
                    yield (
                        *(one.option.name, period, pocket.commissioner, named, year),
                        *(cost, value),
                    )
