"""One year of a stream as live cells: formulas with their exact results.

In:        one stream and year of a settlement, and the row of a sheet where it begins.
Out:       cells by column, for the year's rule, each area and their sums.
Rule:      spreadsheets count in floats. A cell whose formula could there differ from the
           exact figure is written as that figure, with a note; all others are formulas.
Not here:  sheets and how they look (``workbook``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from folkmoot.funding.settlement import StreamYear
from folkmoot.funding.settlement_tables import decimal
from folkmoot.funding.targets import distance_from_target
from folkmoot.funding.weighted_population import MICRO

Cell = str | int | float

DOUBT = Fraction(1, 100)
"""A figure this near to where it would be rounded the other way is written, not computed.
Unit: that of the last digit kept, such as pence."""
FIFTEEN_DIGITS = Fraction(1, 10**14)
"""Spreadsheets round after fifteen digits, so more than that is in doubt in larger figures."""

HEADINGS = {
    "area": "Area",
    "name": "Name",
    "stream": "Stream",
    "year": "Year",
    "population": "Residents",
    "weighted_population": "Need: weighted population",
    "need_share": "Share of need",
    "baseline_pence": "Last year",
    "opening_penny": "Odd penny before",
    "opening_pence": "Before pace of change",
    "target_pence": "Target",
    "entitlement_pence": "Entitlements",
    "floor_pence": "Floor",
    "ceiling_pence": "Ceiling",
    "extra_penny": "Odd penny",
    "pence": "Allocation",
    "change_ratio": "Change on last year",
    "distance_opening": "From target before",
    "distance_closing": "From target after",
    "pence_per_head": "Pence a head",
    "state": "Held by",
    "note": "Note",
}
RULE_HEADINGS = {
    "stream": "Stream",
    "year": "Year",
    "quantum_pence": "Quantum",
    "level": "Level",
    "floor": "Floor: least change",
    "ceiling": "Ceiling: greatest change",
    "least_share": "Least share of target",
    "allocated_pence": "Allocated",
    "difference_pence": "Left over",
    "check": "Check",
}
COLUMN = {name: chr(ord("A") + at) for at, name in enumerate(HEADINGS)}
RULE_COLUMN = {name: chr(ord("A") + at) for at, name in enumerate(RULE_HEADINGS)}
SUMMED = (
    *("population", "weighted_population", "baseline_pence", "opening_pence", "target_pence"),
    *("entitlement_pence", "floor_pence", "extra_penny", "pence"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A formula, and its exact result."""

    formula: str
    value: Cell


Row = Mapping[str, Cell | Live]
"""Cells by the name of their column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBlock:
    """One year's rows on a stream's sheet."""

    one: StreamYear
    areas: tuple[str, ...]
    names: tuple[str, ...]
    """What each area is called, in their order."""
    population: tuple[int, ...]
    top: int
    """Row of the rule's headings, counted from 1; its figures stand two rows below."""
    before: int | None
    """Row in which last year's first area stands; None in the opening year."""

    @property
    def rule(self) -> int:
        """Row of the year's quantum, level and bounds."""
        return self.top + 2

    @property
    def first(self) -> int:
        """Row of the first area."""
        return self.top + 5

    @property
    def last(self) -> int:
        """Row of the last area."""
        return self.first + len(self.areas) - 1

    def held(self, name: str) -> str:
        """The cell of the year's rule that holds a figure."""
        return f"${RULE_COLUMN[name]}${self.rule}"

    def whole(self, name: str) -> str:
        """All areas' cells of a column."""
        return f"{COLUMN[name]}${self.first}:{COLUMN[name]}${self.last}"

    def rule_cells(self) -> Row:
        """The year's quantum, level and bounds, and whether the allocations add up."""
        rule, quantum = self.one.allocations.rule, self.one.quantum.pence
        return {
            "stream": self.one.stream.code,
            "year": str(self.one.year),
            "quantum_pence": quantum,
            "level": float(self.one.allocations.certificate.level),
            "floor": float(rule.floor),
            "ceiling": "" if rule.ceiling is None else float(rule.ceiling),
            "least_share": "" if rule.least_share is None else float(rule.least_share),
            "allocated_pence": Live(
                formula=f"=SUM({COLUMN['pence']}{self.first}:{COLUMN['pence']}{self.last})",
                value=quantum,
            ),
            "difference_pence": Live(
                formula=f"={RULE_COLUMN['quantum_pence']}{self.rule}"
                f"-{RULE_COLUMN['allocated_pence']}{self.rule}",
                value=0,
            ),
            "check": Live(
                formula=f'=IF({RULE_COLUMN["difference_pence"]}{self.rule}=0,"adds up",'
                '"does not add up: see Cover")',
                value="adds up",
            ),
        }

    def sums(self, rows: Sequence[Row]) -> Row:
        """The sums of the areas' rows, where a sum has a meaning."""
        found: dict[str, Cell | Live] = {
            "area": "all",
            "name": "All areas",
            "stream": self.one.stream.code,
            "year": str(self.one.year),
        }
        for name in SUMMED:
            total = sum(Fraction(str(_value(row[name]))) for row in rows)
            letter = COLUMN[name]
            found[name] = Live(
                formula=f"=SUM({letter}{self.first}:{letter}{self.last})",
                value=int(total) if total.denominator == 1 else float(total),
            )
        return found

    def cells(self, at: int) -> Row:
        """One area's row: each formula, or the exact figure with a note."""
        found = dict(self._formulas(at))
        doubtful = sorted(self._doubtful(at) & set(found), key=list(HEADINGS).index)
        for name in doubtful:
            found[name] = _value(found[name])
        if doubtful:
            named = ", ".join(doubtful)
            found["note"] = (
                f"written, not computed, because a float could round it wrongly: {named}"
            )
        return found

    def _formulas(self, at: int) -> Row:
        found, row = self.one.allocations, self.first + at
        proof, people = found.certificate, self.population[at]
        c = {name: f"{letter}{row}" for name, letter in COLUMN.items()}
        quantum, level = self.held("quantum_pence"), self.held("level")
        target = f"{quantum}*{c['need_share']}"
        ceiling, least = self.held("ceiling"), self.held("least_share")
        of_target = f'IF({least}="",0,{_rounded_up(f"{least}*{target}")})'
        least_pence = f"{c['baseline_pence']}*(1+{self.held('floor')})"
        most = f"INT(ROUND({c['baseline_pence']}*(1+{ceiling}),2))"
        before_all = self.whole("baseline_pence")
        need = Fraction(found.need[at], MICRO)
        before, opening = found.baseline[at], found.opening[at]
        closing = found.closing[at]
        return {
            "area": self.areas[at],
            "name": self.names[at],
            "stream": self.one.stream.code,
            "year": str(self.one.year),
            "population": people,
            "weighted_population": float(need),
            "need_share": Live(
                formula=f"={c['weighted_population']}/SUM({self.whole('weighted_population')})",
                value=_as_kept(Fraction(found.need[at], sum(found.need))),
            ),
            "baseline_pence": before
            if self.before is None
            else Live(formula=f"={COLUMN['pence']}{self.before + at}", value=before),
            "opening_penny": opening - floor(self._opening(at)),
            "opening_pence": Live(
                formula=f"=IF(SUM({before_all})=0,0,INT(ROUND({quantum}*{c['baseline_pence']}"
                f"/SUM({before_all}),2)))+{c['opening_penny']}",
                value=opening,
            ),
            "target_pence": Live(formula=f"=ROUND({target},0)", value=round(found.targets[at])),
            "entitlement_pence": found.entitlements[at],
            "floor_pence": Live(
                formula=f"=MAX({c['entitlement_pence']},{_rounded_up(least_pence)},"
                f'IF({ceiling}="",{of_target},MIN({of_target},{most})))',
                value=found.bounds.lower[at],
            ),
            "ceiling_pence": Live(
                formula=f'=MAX(IF({ceiling}="",{quantum},{most}),{c["floor_pence"]})',
                value=found.bounds.upper[at],
            ),
            "extra_penny": int(proof.extra_pennies[at]),
            "pence": Live(
                formula=f"=MIN(MAX(INT({level}*{target}),{c['floor_pence']}),"
                f"{c['ceiling_pence']})+{c['extra_penny']}",
                value=closing,
            ),
            "change_ratio": Live(
                formula=f'=IF({c["baseline_pence"]}=0,"",{c["pence"]}/{c["baseline_pence"]}-1)',
                value=_as_kept(Fraction(closing, before) - 1) if before else "",
            ),
            **{
                name: Live(
                    formula=f'=IF({c["need_share"]}=0,"",ROUND({c[amount]}/({target})-1,4))',
                    value=_rounded(distance_from_target(amounts[at], found.targets[at]), 4),
                )
                for name, amount, amounts in (
                    ("distance_opening", "opening_pence", found.opening),
                    ("distance_closing", "pence", found.closing),
                )
            },
            "pence_per_head": Live(
                formula=f'=IF({c["population"]}=0,"",ROUND({c["pence"]}/{c["population"]},2))',
                value=_rounded(Fraction(closing, people) if people else None, 2),
            ),
            "state": Live(
                formula=f'=IF({c["need_share"]}=0,"no_target",IF({level}*{target}'
                f'<={c["floor_pence"]},"floor",IF({level}*{target}>={c["ceiling_pence"]},'
                '"ceiling","free")))',
                value=proof.states[at],
            ),
        }

    def _opening(self, at: int) -> Fraction:
        """The quantum in last year's proportions, exact."""
        before = self.one.allocations.baseline
        return Fraction(self.one.quantum.pence * before[at], sum(before) or 1)

    def _doubtful(self, at: int) -> set[str]:
        """Columns whose formula could give another figure in floats."""
        found, rule = self.one.allocations, self.one.allocations.rule
        target, before = found.targets[at], found.baseline[at]
        wanted = found.certificate.level * target
        people = self.population[at]
        floors = [before * (1 + rule.floor), target * (rule.least_share or 0)]
        ceilings = [before * (1 + rule.ceiling)] if rule.ceiling is not None else []
        lower, upper = found.bounds.lower[at], found.bounds.upper[at]
        is_at_bound = min(abs(wanted - lower), abs(wanted - upper)) < DOUBT
        distances = {
            "distance_opening": distance_from_target(found.opening[at], target),
            "distance_closing": distance_from_target(found.closing[at], target),
        }
        per_head = Fraction(found.closing[at], people) if people else None
        doubts = {
            "opening_pence": _is_just_below(self._opening(at)),
            "target_pence": _is_near_half(target, 0),
            "floor_pence": any(map(_is_just_above, floors)) or any(map(_is_just_below, ceilings)),
            "ceiling_pence": any(map(_is_just_below, ceilings)),
            "pence": lower - 1 < wanted < upper + 1 and _is_near_whole(wanted),
            "state": is_at_bound,
            "pence_per_head": _is_near_half(per_head, 2),
            **{name: _is_near_half(value, 4) for name, value in distances.items()},
        }
        return {name for name, is_doubtful in doubts.items() if is_doubtful}


def _value(cell: Cell | Live) -> Cell:
    return cell.value if isinstance(cell, Live) else cell


def _as_kept(value: Fraction) -> float:
    """A ratio with the sixteen digits that a workbook keeps of a number."""
    return float(f"{float(value):.16G}")


def _rounded_up(formula: str) -> str:
    """A formula rounded up to whole pence; ROUNDUP itself loses hundredths in LibreOffice 7."""
    return f"-INT(-ROUND({formula},2))"


def _rounded(value: Fraction | None, places: int) -> Cell:
    return "" if value is None else float(decimal(value, places))


def _doubt(value: Fraction) -> Fraction:
    return max(DOUBT, abs(value) * FIFTEEN_DIGITS)


def _is_just_above(value: Fraction) -> bool:
    """Whether a float could lose what lifts a figure over a whole number."""
    return 0 < value % 1 < _doubt(value)


def _is_just_below(value: Fraction) -> bool:
    """Whether a float could add what keeps a figure from a whole number."""
    return value % 1 > 1 - _doubt(value)


def _is_near_whole(value: Fraction) -> bool:
    return min(value % 1, 1 - value % 1) < _doubt(value)


def _is_near_half(value: Fraction | None, places: int) -> bool:
    """Whether a float could round a figure to the neighbour of the right one."""
    if value is None:
        return False
    last = value * int(10**places)
    doubt = max(DOUBT / 100, abs(last) * FIFTEEN_DIGITS)
    return abs(last % 1 - Fraction(1, 2)) < doubt
