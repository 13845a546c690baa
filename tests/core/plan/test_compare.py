"""Two plans side by side: matching is optimal, money adds up, names mean nothing."""

from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.plan.compare import compare, gains_and_losses
from folkmoot.plan.errors import NotInBothError, PlansApartError
from folkmoot.plan.folder import PlanFolder
from folkmoot.plan.matching import match_areas
from folkmoot.vocabulary.codes import AreaCode, BlockCode

BLOCKS = tuple(BlockCode(f"b{n}") for n in range(6))
PEOPLE = {block: 100 * (n + 1) for n, block in enumerate(BLOCKS)}


def folder(
    areas: str,
    *,
    pence: Mapping[str, int] | None = None,
    people: Mapping[BlockCode, int] = PEOPLE,
    vests: str = "2031-04-01",
    year: str = "2026-27",
    result: str = "devolve",
) -> PlanFolder:
    """A plan in which block n is in the area that letter n names."""
    placed = dict(zip(people, areas, strict=True))
    names = sorted(set(areas))
    given_pence = pence or dict.fromkeys(names, 1_000)
    scores = {"objective": 0.3, "inertia": 0.1, "need": 0.1, "self_containment": None}
    return PlanFolder(
        record={
            "title": f"plan of {len(names)}",
            "version": "1",
            "seed": 1,
            "scores": scores,
            "inputs": {},
            "attributions": [],
            "parameters": {"areas": len(names), "weights": {"inertia": 1, "need": 2, "flow": 0}},
        },
        tables={
            "areas": tuple({"block": b, "area": a} for b, a in placed.items()),
            "area_summary": tuple({"area": a, "name": f"Area {a}"} for a in names),
            "blocks": tuple(
                {"block": b, "name": b.upper(), "population": str(n), "lon": "", "lat": ""}
                for b, n in people.items()
            ),
            "scores": (
                {"plan": "this plan", "measure": "cost", "geography": "icb", "value": "0.0"},
            ),
            "settlement": tuple(
                {"area": a, "stream": "health", "year": year, "pence": str(given_pence[a])}
                for a in names
            ),
            "streams": ({"label": "modelled"},),
            "functions": tuple(
                {"function": "f", "block": b, "period": period, "commissioner": holder}
                for b, a in placed.items()
                for period, holder in (("before", "nation"), ("after", f"body-{a}"))
            ),
            "function_catalogue": (
                {"function": "f", "name": "Function", "result": result, "vesting_day": vests},
            ),
            "commissioners": tuple(
                {"commissioner": f"body-{a}", "name": f"Body {a}"} for a in names
            ),
            "timetable": tuple(
                {
                    "task": f"vest-{a}",
                    "title": f"It vests: Area {a}",
                    "area": a,
                    "phase": "1",
                    "first_day": vests,
                    "last_day": vests,
                }
                for a in names
            ),
        },
        outlines={"features": []},
        sha256="0" * 64,
    )


plans = st.text("ABC", min_size=6, max_size=6)
grants = st.fixed_dictionaries({area: st.integers(0, 10**12) for area in "ABC"})
residents = st.lists(st.integers(0, 1000), min_size=6, max_size=6).map(
    lambda found: dict(zip(BLOCKS, found, strict=True))
)


@given(plans, plans, residents)
def test_as_many_residents_as_possible_stay_in_their_area(
    one: str, other: str, people: dict[BlockCode, int]
) -> None:
    first, second = ({b: AreaCode(a) for b, a in zip(BLOCKS, p, strict=True)} for p in (one, other))
    pairs = match_areas(first, second, people)
    best = max(
        sum(
            people[b] for b in BLOCKS if dict(zip("ABC", order, strict=True))[first[b]] == second[b]
        )
        for order in permutations("ABC")
    )

    assert sum(pair.shared_people for pair in pairs) == best
    assert sorted(p.first for p in pairs if p.first) == sorted(set(one))
    assert sorted(p.second for p in pairs if p.second) == sorted(set(other))


@given(plans, plans, grants, grants, residents)
def test_gains_less_losses_are_the_difference_of_the_totals(
    one: str,
    other: str,
    was: dict[str, int],
    becomes: dict[str, int],
    people: dict[BlockCode, int],
) -> None:
    told = compare(
        folder(one, pence=was, people=people), folder(other, pence=becomes, people=people)
    )
    first, second = told.totals("2026-27")

    assert (first, second) == (sum(was[a] for a in set(one)), sum(becomes[a] for a in set(other)))
    gain, loss = gains_and_losses(b - a for a, b in told.by_block().values())
    assert gain - loss == second - first
    by_area, _ = zip(*((b - a, pair) for pair, a, b in told.by_pair()), strict=True)
    assert sum(by_area) == second - first


@given(plans, grants)
def test_a_plan_differs_in_nothing_from_itself(areas: str, pence: dict[str, int]) -> None:
    told = compare(folder(areas, pence=pence), folder(areas, pence=pence))

    assert told.is_same
    assert not told.moves
    assert not told.inputs


@given(plans, st.permutations("ABC"))
def test_what_areas_are_called_changes_nothing(areas: str, order: list[str]) -> None:
    other = areas.translate(str.maketrans("ABC", "".join(order)))
    told = compare(folder(areas), folder(other))

    assert all(pair.state == "same" for pair in told.pairs)
    assert (told.moves, told.holders, told.steps) == ((), (), ())


@given(plans, plans, grants, grants)
def test_the_other_way_round_gains_are_losses(
    one: str, other: str, was: dict[str, int], becomes: dict[str, int]
) -> None:
    first, second = folder(one, pence=was), folder(other, pence=becomes)
    there, back = compare(first, second).by_block(), compare(second, first).by_block()

    assert {block: pence[::-1] for block, pence in there.items()} == back


def test_a_holder_that_changes_because_the_area_does_is_told_apart() -> None:
    told = compare(folder("AAABBB"), folder("AAAABB"))

    assert [(move.block, move.first_area, move.second_area) for move in told.moves] == [
        ("b3", "B", "A")
    ]
    (change,) = told.holders
    assert (change.first_holder, change.second_holder) == ("Body B", "Body A")
    assert (change.people, change.because_moved) == (400, 400)


def test_dates_that_move_alike_are_one_row() -> None:
    told = compare(folder("AABBCC"), folder("CCAABB", vests="2032-04-01", result="joint"))

    (step,) = told.steps
    assert (step.step, step.title, step.areas) == ("vest", "It vests", ("A", "B", "C"))
    assert (step.first_days, step.second_days) == ("2031-04-01", "2032-04-01")
    assert [(one.what, one.first, one.second) for one in told.functions] == [
        ("result", "devolve", "joint"),
        ("vesting_day", "2031-04-01", "2032-04-01"),
    ]


def test_plans_of_other_blocks_are_refused_with_the_blocks() -> None:
    people = {BlockCode(f"x{n}"): 1 for n in range(6)}
    with pytest.raises(PlansApartError, match="Only 'first' has 6: b0, b1"):
        compare(folder("AABBCC"), folder("AABBCC", people=people))


def test_a_year_that_one_plan_does_not_settle_is_refused() -> None:
    with pytest.raises(NotInBothError, match="Both settle: 2026-27"):
        compare(folder("AABBCC"), folder("AABBCC"), year="2030-31")


def test_plans_without_a_year_in_common_are_compared_in_the_rest() -> None:
    told = compare(folder("AABBCC"), folder("AABBBC", year="2030-31"))

    assert (told.year, told.by_block(), len(told.moves)) == ("", {}, 1)
