"""The money flow of a plan and the days on which it changes, drawn up anew or read back.

In:        an area plan on its places; or a plan folder.
Out:       ``Flows``: both ledgers, when each function vests, how many bodies a resident has.
Not here:  drawing (``exhibits.routes``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self

from folkmoot.funding.formula import Formula
from folkmoot.funding.settlement import settle
from folkmoot.plan.folder import PlanFolder
from folkmoot.services.catalogue import shipped_catalogue
from folkmoot.services.flow import PROGRAMMES, Holder, MoneyFlow, flow, vested_streams
from folkmoot.services.register import Period, Register
from folkmoot.services.tables import PERIODS
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry, Ledger
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """One year's money by the routes of today and of the plan, and when it changes over."""

    money: MoneyFlow
    vesting: tuple[tuple[StreamCode, date], ...]
    """The stream of each function, empty where no grant pays for it, and its vesting day."""
    bodies: Mapping[Period, Fraction]
    """How many bodies answer to a resident, on average over people."""

    @classmethod
    def drawn(cls, plan: AreaPlan, places: Places, register: Register, formula: Formula) -> Self:
        """Share the money of the settlement's first year between the areas of a plan.

        Raises
        ------
        FolkmootError
            If no settlement keeps its floors, or the flow does not balance.
        """
        year = formula.years[0]
        return cls(
            money=flow(
                shipped_catalogue(),
                settle(plan, places, formula).grants(year),
                year=year,
                commissioners=register.commissioners,
            ),
            vesting=tuple((one.stream, register.vesting[one.code]) for one in register.functions),
            bodies={period: register.bodies_per_resident(period) for period in PERIODS},
        )

    @classmethod
    def written(cls, folder: PlanFolder) -> Self:
        """Read the flow of a plan folder.

        Raises
        ------
        FlowError
            If the money that is written there does not balance.
        """
        return cls(
            money=_money(folder),
            vesting=tuple(
                (StreamCode(row["stream"]), date.fromisoformat(row["vesting_day"]))
                for row in folder.tables["function_catalogue"]
            ),
            bodies={period: _bodies(folder, period) for period in PERIODS},
        )

    def ledgers(self, day: date | None = None) -> dict[str, Ledger]:
        """The ledgers before and after, and that of a day, each by its title."""
        year = self.money.year
        found = {f"Before, {year}": self.money.before, f"After, {year}": self.money.after}
        if day is not None:
            vested, _ = vested_streams(self.vesting, day)
            found[f"By the routes of {day.day} {day:%B %Y}"] = self.money.once(vested)
        return found


def _money(folder: PlanFolder) -> MoneyFlow:
    """Both ledgers; what never pays is where money ends."""
    rows = folder.tables["money_flow"]
    quanta = folder.record["quanta"].values()
    year = min(FinancialYear.parse(one) for years in quanta for one in years)
    names = {HolderCode(row["to"]): row["to_name"] for row in rows}
    names |= {HolderCode(row["from"]): row["from_name"] for row in rows}
    layers = {HolderCode(row["from"]): int(row["layer"]) for row in rows}
    ledgers = {
        period: Ledger.of(_entry(row, year) for row in rows if row["period"] == period)
        for period in PERIODS
    }
    return MoneyFlow(
        year=year,
        before=ledgers["before"],
        after=ledgers["after"],
        holders={
            code: Holder(code=code, name=names[code], layer=layers.get(code, PROGRAMMES))
            for code in sorted(names)
        },
    )


def _entry(row: Mapping[str, str], year: FinancialYear) -> Entry:
    return Entry(
        year=year,
        stream=StreamCode(row["stream"]),
        from_holder=HolderCode(row["from"]),
        to_holder=HolderCode(row["to"]),
        pence=int(row["pence"]),
        cause=row["cause"],
        reference=f"{row['stream']} {year}",
    )


def _bodies(folder: PlanFolder, period: Period) -> Fraction:
    """How many bodies answer to a resident in a period."""
    people = {row["block"]: int(row["population"]) for row in folder.tables["blocks"]}
    held: dict[str, set[str]] = {block: set() for block in people}
    for row in folder.tables["functions"]:
        if row["period"] == period:
            held[row["block"]].add(row["commissioner"])
    told = sum(people[block] * len(bodies) for block, bodies in held.items())
    return Fraction(told, sum(people.values()) or 1)
