"""Measure the sharing of money: speed, against goals, and beside HiGHS and the plain method.

In:        the packaged England, its merged health boards and the shipped formula; tables of
           GP practices where the published ones are at hand.
Run:       python -m tools.funding_bench
Out:       rows for ``tools/bench.py``: what, measured, goal.
Rule:      the same task as the peer's, in the same run. A goal that is missed is shown as it is.
Source:    scipy's HiGHS (MIT) for the linear programme of the largest distance from target.
"""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import fsum
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from tools.timing import Row, fastest, timed

from folkmoot import england
from folkmoot.areas.baselines import baselines
from folkmoot.funding.allocation import allocate
from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.chance import Uncertainty
from folkmoot.funding.explain import explain
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.formula_parameters import Values, with_values
from folkmoot.funding.frontier import frontier
from folkmoot.funding.guarantee import guarantee
from folkmoot.funding.pace_of_change import Problem
from folkmoot.funding.place_index import place_index
from folkmoot.funding.settlement import Desk, Settlement, settle
from folkmoot.funding.simulation import simulate
from folkmoot.funding.what_if import WhatIf, what_if
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.practices import read_practices
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import NeedTable, Places
from folkmoot.vocabulary.practices import FIGURES, DeclaredPlace, PracticeTable

ROOT = Path(__file__).resolve().parents[1]
YEARS, AREAS, DRAWS, PLACES = 5, 38, 10_000, 330
ASKED = 200
"""What-ifs from which the 95th percentile is taken."""


def rows() -> Iterator[Row]:
    """Every measure with its goal."""
    places = england.places()
    plan = baselines(places, read_criteria(england.CRITERIA, places))[-1].plan
    formula = read_formula(None, years=YEARS)
    desk = Desk.of(plan, places, formula)
    settlement = desk.settle(formula)
    area, year = settlement.areas[0], str(formula.opening_year)
    seconds = fastest(3, lambda: settle(plan, places, formula))
    yield f"settle four streams for {YEARS} years", f"{seconds:.2f} s", "–"
    for n, goal in ((38, "0.2 ms"), (6_553, "3 ms"), (35_000, "30 ms")):
        seconds = fastest(20, _shared(n))
        yield f"pace of change, {n:,} areas, with its certificate", _ms(seconds), goal
    yield "the same for 38 areas as a linear programme (HiGHS)", _ms(fastest(20, _highs(38))), "–"
    yield (
        "a lump grant of 35,000 communes by openfisca, capped, in 32-bit floats",
        _openfisca(35_000),
        "–",
    )
    yield (
        "explain one area",
        _ms(fastest(20, lambda: explain(settlement, area, "health", year))),
        ("5 ms"),
    )
    yield "funding guarantee, 383 areas", _ms(fastest(20, _guaranteed())), "0.2 ms"
    yield "why nothing fits, 38 areas", _ms(fastest(20, _infeasible)), "10 ms"
    yield _asked("what if, packaged England, 4 streams", desk, formula)
    health = [one for one in settlement.stream_years if one.stream.code == "health"]
    seconds = fastest(3, lambda: frontier(health, settlement.areas))
    yield f"every floor of one stream, 38 areas x {YEARS} years", f"{seconds:.2f} s", "–"
    yield from _drawn(desk, formula)
    shared = Path(os.environ.get("FOLKMOOT_SHARED", ROOT.parent / "shared"))
    folder = shared / "england/funding/practice"
    if folder.is_dir():
        tables = [
            read_practices(folder / f"{year}_{year + 1}.csv")[0] for year in (2026, 2027, 2028)
        ]
        yield from _by_practice(tables, formula)
        yield from _indexed(tables)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def _openfisca(communes: int) -> str:
    """What the peer says of itself, in its own environment and process."""
    python = ROOT / ".venv/openfisca/bin/python"
    if not python.exists():
        return "not installed: make bench"
    command = [str(python), str(ROOT / "tools/openfisca_peer.py"), str(communes)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return _ms(float(found.stdout))


def _question(n: int) -> tuple[int, tuple[Fraction, ...], tuple[int, ...], tuple[int, ...]]:
    chance = np.random.default_rng(1)
    need = chance.integers(10**8, 10**10, n).tolist()
    targets = tuple(Fraction(one) for one in need)
    lower = tuple(one * part // 1000 for one, part in zip(need, _parts(chance, n), strict=True))
    upper = tuple(least * 11 // 10 for least in lower)
    return (sum(lower) + sum(upper)) // 2, targets, lower, upper


def _parts(chance: np.random.Generator, n: int) -> list[int]:
    parts: list[int] = chance.integers(900, 1050, n).tolist()
    return parts


def _shared(n: int) -> Callable[[], object]:
    """From whole weights, as a settlement asks."""
    quantum, targets, lower, upper = _question(n)
    problem = Problem(
        quantum=quantum,
        codes=tuple(f"A{number:06d}" for number in range(n)),
        weights=tuple(target.numerator for target in targets),
        unit=Fraction(1),
        lower=lower,
        upper=upper,
    )
    return problem.answer


def _highs(n: int) -> Callable[[], object]:
    """The least possible largest distance from target, in parts of target."""
    quantum, targets, lower, upper = _question(n)
    scale = np.array([float(one) for one in targets])
    distance = np.hstack([np.eye(n), -np.ones((n, 1))])
    return lambda: linprog(
        np.eye(n + 1)[n],
        A_ub=np.vstack([distance, np.hstack([-np.eye(n), -np.ones((n, 1))])]),
        b_ub=np.concatenate([np.ones(n), -np.ones(n)]),
        A_eq=np.append(scale / quantum, 0)[None, :],
        b_eq=[1.0],
        bounds=[*zip(np.array(lower) / scale, np.array(upper) / scale, strict=True), (0, None)],
        method="highs",
    )


def _guaranteed() -> Callable[[], object]:
    n = 383
    codes = [f"A{number:03d}" for number in range(n)]
    changes = [(number * 800_011 % 400_000_000) - 300_000_000 for number in range(n)]
    shares = [Fraction(1, n)] * n
    return partial(guarantee, 10**11, codes=codes, shares=shares, other_income_changes=changes)


def _infeasible() -> object:
    return allocate(
        10**12,
        codes=[f"A{number:02d}" for number in range(AREAS)],
        need=[10**9 + number * 10**7 for number in range(AREAS)],
        baseline=[10**12 // AREAS] * AREAS,
        entitlements=[0] * AREAS,
        rule=BoundsRule(floor=Fraction(1, 50)),
    )


def _asked(what: str, desk: Desk, formula: Formula) -> Row:
    """What-ifs one after another, each with other numbers, floors and weights in turn."""
    settlement = desk.settle(formula)
    taken = []
    for number in range(ASKED):
        part = Fraction(number + 1, 2000)
        values = {"eta": part} if number % 2 else {"bounds.floor": -part}
        work = partial(_answer, desk, settlement, values)
        taken.append(timed(work)[0])
    return f"{what} x {YEARS} years, p95 of {ASKED}", _ms(float(np.quantile(taken, 0.95))), "5 ms"


def _answer(desk: Desk, settlement: Settlement, values: Values) -> WhatIf:
    return what_if(desk, settlement, with_values(settlement.formula, values))


def _drawn(desk: Desk, formula: Formula) -> Iterator[Row]:
    """Ten thousand draws: of one stream's weights, of all weights, of everything."""
    one = replace(formula, streams=tuple(s for s in formula.streams if s.code == "skills"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for what, asked, uncertainty, goal in (
        ("weights only, one stream", one, Uncertainty(has_rates=False), "0.3 s"),
        ("weights only, four streams", formula, Uncertainty(has_rates=False), "–"),
        (
            "every block noisy, four streams",
            formula,
            Uncertainty(population_cv=0.01, need_cv=0.02),
            "–",
        ),
    ):
        settlement = desk.settle(asked)

        work = partial(simulate, desk, settlement, draws=DRAWS, seed=1, uncertainty=uncertainty)
        yield (
            f"{DRAWS:,} draws x 38 areas x {YEARS} years, {what}",
            f"{fastest(2, work):.2f} s",
            goal,
        )
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield "most memory that these draws added", f"{more:.0f} MB", "400 MB"


def _by_practice(tables: Sequence[PracticeTable], formula: Formula) -> Iterator[Row]:
    """A country whose blocks are practices, in 38 areas."""
    country = _of_practices(tables[0], formula)
    n = len(country.blocks)
    plan = AreaPlan.of(
        {
            code: AreaCode(f"A{number * AREAS // n:02d}")
            for number, code in enumerate(country.blocks.codes)
        }
    )
    desk = Desk.of(plan, country, formula)
    yield _asked(f"what if, {n:,} practices, 38 areas, 4 streams", desk, formula)
    one = replace(formula, streams=tuple(s for s in formula.streams if s.code == "health"))
    settlement = desk.settle(one)
    noisy = Uncertainty(need_cv=0.05)
    seconds = fastest(1, lambda: simulate(desk, settlement, draws=DRAWS, seed=1, uncertainty=noisy))
    yield f"{DRAWS:,} draws, all {n:,} practices noisy, one stream", f"{seconds:.2f} s", "3 s"


def _of_practices(table: PracticeTable, formula: Formula) -> Places:
    packaged = england.places()
    figures = np.nan_to_num(table.figures)
    people = figures[:, FIGURES.index("registered")]
    n = len(people)
    blocks = replace(
        packaged.blocks,
        codes=tuple(map(BlockCode, table.codes)),
        names=table.codes,
        population=np.maximum(np.rint(people), 1).astype(np.int64),
        **dict.fromkeys(("area_km2", "easting", "northing", "lon", "lat"), np.zeros(n)),
        columns={},
    )
    need = tuple(
        NeedTable(
            profile=profile,
            year=formula.opening_year,
            micro_persons=tuple(round(one * 10**6) for one in figures[:, FIGURES.index(name)]),
        )
        for profile, name in (
            ("registered", "registered"),
            ("health-core-1", "core"),
            ("health-inequalities-1", "health_inequalities"),
        )
    )
    return replace(
        packaged, blocks=blocks, need=need, indicators=None, populations_single_year=None
    )


def _indexed(tables: Sequence[PracticeTable]) -> Iterator[Row]:
    """The place index of 330 places in three years, ours and by a filter a place."""
    boards = sorted(set(tables[0].icbs) & set(tables[1].icbs) & set(tables[2].icbs))
    of_board = {
        icb: [code for code, of in zip(tables[0].codes, tables[0].icbs, strict=True) if of == icb]
        for icb in boards
    }
    places = [
        DeclaredPlace(
            name=f"Place {number}",
            icb=boards[number % len(boards)],
            practices=tuple(of_board[boards[number % len(boards)]][number // len(boards) :: 9]),
        )
        for number in range(PLACES)
    ]

    def ours() -> object:
        return [place_index(table, places, "v3") for table in tables]

    figures = [table.figures.tolist() for table in tables]

    def plain() -> object:
        return [
            _plain_index(table, rows, place)
            for table, rows in zip(tables, figures, strict=True)
            for place in places
        ]

    what = f"place index, {len(places)} places x {len(tables)} years, v3"
    yield what, _ms(fastest(3, ours)), "25 ms"
    yield "the same by a filter a place, floats only", f"{timed(plain)[0]:.2f} s", "–"


def _plain_index(
    table: PracticeTable, figures: list[list[float]], place: DeclaredPlace
) -> list[float]:
    """The published method as it is described: filter, add up, divide."""
    wanted = set(place.practices)
    inside = [one for one, code in zip(figures, table.codes, strict=True) if code in wanted]
    board = [one for one, icb in zip(figures, table.icbs, strict=True) if icb == place.icb]
    sums = [
        [fsum(one[n] for one in some if one[n] == one[n]) for n in range(10)]
        for some in (inside, board)
    ]
    return [(sums[0][n] / sums[0][0]) / (sums[1][n] / sums[1][0]) for n in range(1, 10)]


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row), flush=True)
