"""Measure who does what and who pays: speed, against goals.

In:        the packaged England, one area plan, the shipped functions, figures and formula.
Out:       rows for ``tools/bench.py``: what, measured, goal.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tools.timing import Row, fastest

from folkmoot import england
from folkmoot.areas.baselines import baselines
from folkmoot.funding.formula_file import read_formula
from folkmoot.parameters.reader import packaged
from folkmoot.plan.flows import Flows
from folkmoot.readers.criteria import read_criteria
from folkmoot.services.catalogue import read_catalogue
from folkmoot.services.devolution_test import assess
from folkmoot.services.entries import Entry
from folkmoot.services.facts import shipped_test_inputs
from folkmoot.services.figures import shipped_figures
from folkmoot.services.flow import PROGRAMMES, check_passed_on, distinct_paths, hops
from folkmoot.services.neighbours import Neighbours
from folkmoot.services.register import register
from folkmoot.services.sweep import register_faults
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.ledger import TREASURY, Ledger

FUNCTIONS, ENTRIES, SERVICES = 60, 12, 200
START = date(2026, 4, 1)


def rows() -> list[Row]:
    """Every measure with its goal."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    plan = baselines(places, criteria)[-1].plan
    drawn = register(plan, places, criteria)
    neighbours, inputs = Neighbours.of(plan, places), shipped_test_inputs()
    facts = list(inputs.facts.values())
    figures = shipped_figures()
    functions = [FunctionCode(f"f{n}") for n in range(FUNCTIONS)]
    entries = _entries(functions, places.blocks.codes)
    flows = Flows.drawn(plan, places, drawn, read_formula(None))
    ledger = _large(flows.money.after)
    ends = {code for code, one in flows.money.holders.items() if one.layer == PROGRAMMES}

    def test() -> object:
        return [
            assess(facts[n % len(facts)], neighbours, inputs.thresholds) for n in range(SERVICES)
        ]

    def sweep() -> object:
        return register_faults(
            entries, functions=functions, blocks=places.blocks.codes, first_day=START
        )

    def ask() -> object:
        return drawn.who_commissions(FunctionCode("hospital"), places.blocks.codes[-1], START)

    def follow() -> object:
        check_passed_on(ledger, {TREASURY, *ends})
        return hops(ledger), distinct_paths(ledger)

    return [
        _row(
            "catalogue: read and check",
            20,
            lambda: read_catalogue(packaged("programmes.toml"), figures),
            "50 ms",
        ),
        _row(f"devolution test, {SERVICES} services, {len(plan.areas)} areas", 5, test, "100 ms"),
        _row(
            f"sweep, {FUNCTIONS} functions, {len(places.blocks)} blocks, {ENTRIES} entries each",
            5,
            sweep,
            "500 ms",
        ),
        _row("who decides here", 1000, ask, "1 ms"),
        _row(
            f"money flow, {len(ledger.entries):,} entries: balance, hands, routes",
            5,
            follow,
            "200 ms",
        ),
    ]


def _row(what: str, runs: int, work: Callable[[], object], goal: str) -> Row:
    return what, f"{fastest(runs, work) * 1e3:.3g} ms", goal


def _entries(functions: list[FunctionCode], blocks: tuple[BlockCode, ...]) -> tuple[Entry, ...]:
    """A sound register in which each function changes hands often."""
    days = [START + timedelta(days=365 * n) for n in range(ENTRIES)]
    return tuple(
        Entry(
            function=function,
            blocks=blocks,
            body=CommissionerCode(f"b{n}"),
            first_day=day,
            last_day=days[n + 1] - timedelta(days=1) if n + 1 < ENTRIES else None,
        )
        for function in functions
        for n, day in enumerate(days)
    )


def _large(ledger: Ledger) -> Ledger:
    """A ledger of about 5,000 entries: the same bands, many times."""
    return Ledger.of(ledger.entries * (5_000 // len(ledger.entries) + 1))
