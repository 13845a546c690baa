"""People with several needs: combinations partition them, margins are kept, few are not told."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations as choose
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from folkmoot.exhibits.combinations import combinations_chart, combinations_table
from folkmoot.outcomes import margins as of_margins
from folkmoot.outcomes import people_table as of_table
from folkmoot.outcomes.errors import ContradictionError, PeopleError
from folkmoot.outcomes.margins import fit, modelled, pair_table, read_margins
from folkmoot.outcomes.overlap_of_people import Crowd, Overlap, overlap_of_people, shown
from folkmoot.outcomes.people_table import read_people, real_kind
from folkmoot.parameters.reader import PACKAGED

Row = tuple[int, str, str, int]


def crowd(uses: Sequence[Sequence[bool]], pence: Sequence[int] | None = None) -> Crowd:
    many = len(uses)
    return Crowd(
        systems=tuple("abcdef"[: len(uses[0])]),
        uses=np.array(uses, dtype=bool),
        people=np.ones(many),
        pence=np.array(pence or [100] * many, dtype=np.float64),
        before=np.ones(many, dtype=np.int64),
        after=None,
        is_modelled=False,
    )


tables = st.integers(2, 5).flatmap(
    lambda systems: st.lists(
        st.lists(st.booleans(), min_size=systems, max_size=systems).filter(any),
        min_size=1,
        max_size=60,
    )
)


@given(tables)
def test_combinations_partition_the_people_and_their_cost(uses: list[list[bool]]) -> None:
    pence = [100 + 7 * n for n in range(len(uses))]
    found = overlap_of_people(crowd(uses, pence))
    counted = Counter(
        tuple(name for name, is_used in zip("abcdef", row, strict=False) if is_used) for row in uses
    )
    assert {one.systems: one.people for one in found.combinations} == counted
    assert sum(one.people for one in found.combinations) == len(uses) == found.people
    assert sum(one.pence for one in found.combinations) == sum(pence) == found.pence
    assert found.in_system == tuple(sum(column) for column in zip(*uses, strict=True))
    assert sum(one.people for one in found.numbers) == len(uses)


@given(tables, st.randoms())
def test_the_order_of_people_changes_nothing(uses: list[list[bool]], random: Random) -> None:
    turned = list(uses)
    random.shuffle(turned)
    assert overlap_of_people(crowd(turned)) == overlap_of_people(crowd(uses))


@given(st.lists(st.integers(1, 10**6), min_size=10, max_size=200))
def test_the_share_of_the_most_expensive_is_what_exact_sums_say(pence: list[int]) -> None:
    found = overlap_of_people(crowd([[True]] * len(pence), pence))
    dear = sorted(pence, reverse=True)
    for top in found.top:
        wanted = top.part * len(pence)
        whole = int(wanted)
        spent = sum(dear[:whole]) + (wanted - whole) * (dear[whole] if whole < len(dear) else 0)
        assert top.share == pytest.approx(float(Fraction(spent) / sum(pence)))
    shares = [one.share or 0.0 for one in found.top]
    assert shares == sorted(shares)


@given(tables)
def test_nothing_is_shown_of_fewer_than_ten_people(uses: list[list[bool]]) -> None:
    found = shown(overlap_of_people(crowd(uses)))
    assert all(one.people >= 10 for one in found.combinations)
    assert all(many is None or many >= 10 for many in found.in_system)
    assert all(one.people >= 10 for one in found.numbers) or found.people < 10
    assert all(one.share is None or one.people >= 10 for one in found.top)
    assert sum(one.people for one in found.combinations) + found.hidden_people == found.people
    if found.hidden and found.combinations:
        assert found.hidden >= 2
        assert found.hidden_people >= 10


def test_what_is_left_out_hardly_ever_follows_from_what_is_shown() -> None:
    """An adversary who knows which combinations are left out, and solves for each of them."""
    asked = given_away = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        systems = int(rng.integers(2, 6))
        uses = rng.random((int(rng.integers(20, 400)), systems)) < rng.uniform(0.1, 0.8, systems)
        whole = overlap_of_people(crowd(uses[uses.any(axis=1)].tolist()))
        for width in widths(whole, shown(whole)):
            asked += 1
            given_away += width < 1
    assert asked > 300
    assert given_away / asked < 0.005  # 2 of 2,207 over 300 such tables: decision 0027


def widths(whole: Overlap, told: Overlap) -> list[float]:
    """How far each small combination that is left out can still vary."""
    kept = {one.systems: one.people for one in told.combinations}
    hidden = [one for one in whole.combinations if one.systems not in kept]
    if not hidden:
        return []
    left, bound = [], []

    def between(is_in: list[bool], shown_people: float, low: float, high: float) -> None:
        row = [float(one) for one in is_in]
        left.extend([row, [-one for one in row]])
        bound.extend([high - shown_people, shown_people - low])

    for name, many in zip(told.systems, told.in_system, strict=True):
        base = sum(people for systems, people in kept.items() if name in systems)
        low, high = (0.0, 9.0) if many is None else (many - 5, many + 5)
        between([name in one.systems for one in hidden], base, low, high)
    for number in told.numbers:
        base = sum(people for systems, people in kept.items()
                   if number.least <= len(systems) <= number.most)  # fmt: skip
        inside = [number.least <= len(one.systems) <= number.most for one in hidden]
        between(inside, base, number.people - 5, number.people + 5)
    found = []
    for n, one in enumerate(hidden):
        if one.people >= 10:
            continue
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(hidden))
            cost[n] = sign
            solved = linprog(cost, A_ub=left, b_ub=bound, A_eq=[[1.0] * len(hidden)],
                             b_eq=[told.hidden_people], bounds=(1, None))  # fmt: skip
            ends.append(sign * float(solved.fun))
        found.append(ends[1] - ends[0])
    return found


# Margins


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 100))
def test_a_pair_has_its_margins_and_its_odds_ratio(one: float, other: float, ratio: float) -> None:
    cells = pair_table(one, other, ratio)
    assert cells.sum() == pytest.approx(1.0)
    assert cells[1].sum() == pytest.approx(one)
    assert cells[:, 1].sum() == pytest.approx(other)
    assert (cells >= -1e-12).all()
    assert cells[1, 1] * cells[0, 0] == pytest.approx(ratio * cells[0, 1] * cells[1, 0], rel=1e-6)


margin_sets = st.integers(2, 6).flatmap(
    lambda systems: st.tuples(
        st.lists(st.floats(0.01, 0.5), min_size=systems, max_size=systems),
        st.dictionaries(
            st.sampled_from(list(choose(range(systems), 2))), st.floats(0.7, 4.0), max_size=8
        ),
    )
)


@given(margin_sets)
@settings(max_examples=60, deadline=None)
def test_margins_and_odds_ratios_are_kept(
    given_sets: tuple[list[float], dict[tuple[int, int], float]],
) -> None:
    shares, odds = given_sets
    try:
        cells = fit(shares, odds, [str(n) for n in range(len(shares))])
    except ContradictionError:
        return  # not every set of odds ratios has people
    assert cells.sum() == pytest.approx(1.0, abs=1e-9)
    assert (cells >= 0).all()
    for at, share in enumerate(shares):
        rest = tuple(axis for axis in range(cells.ndim) if axis != at)
        assert cells.sum(axis=rest)[1] == pytest.approx(share, rel=1e-9)
    for (low, high), ratio in odds.items():
        rest = tuple(axis for axis in range(cells.ndim) if axis not in {low, high})
        pair = cells.sum(axis=rest)
        assert pair[1, 1] * pair[0, 0] / (pair[0, 1] * pair[1, 0]) == pytest.approx(ratio, rel=1e-6)


def test_what_is_declared_of_no_pair_is_unrelated() -> None:
    cells = fit([0.3, 0.2, 0.6], {}, ["a", "b", "c"])
    assert cells[1, 1, 1] == pytest.approx(0.3 * 0.2 * 0.6)
    one = fit([0.3, 0.2, 0.6], {(0, 1): 3.0}, ["a", "b", "c"])
    assert one[:, :, 1] == pytest.approx(0.6 * pair_table(0.3, 0.2, 3.0))


def test_nothing_is_added_beyond_the_pairs() -> None:
    """With three pairs declared, the odds ratio of two is the same in and out of the third."""
    cells = fit([0.3, 0.2, 0.4], {(0, 1): 3.0, (0, 2): 2.0, (1, 2): 4.0}, ["a", "b", "c"])

    def ratio(third: int) -> float:
        of = cells[:, :, third]
        return float(of[1, 1] * of[0, 0] / (of[0, 1] * of[1, 0]))

    assert ratio(0) == pytest.approx(ratio(1), rel=1e-6)


def test_odds_ratios_that_nobody_has_at_once_are_refused_by_name() -> None:
    with pytest.raises(ContradictionError) as caught:
        fit([0.5] * 3, {(0, 1): 1000.0, (1, 2): 1000.0, (0, 2): 0.001}, ["Health", "Work", "Law"])
    said = str(caught.value)
    assert "No group of people has all of them at once" in said
    assert " with " in said


def test_the_example_of_margins_is_labelled_modelled_and_made_up() -> None:
    declared = read_margins(PACKAGED / of_margins.EXAMPLE)
    found = overlap_of_people(modelled(declared))
    assert found.is_modelled
    assert found.is_made_up
    assert found.in_system == pytest.approx([one.people for one in declared.systems], rel=1e-9)
    cost = sum(one.people * one.pence for one in declared.systems)
    assert found.pence == pytest.approx(cost, rel=1e-9)
    assert found.commissioners_after == pytest.approx(1.0)
    told = combinations_table(shown(found))
    assert "Modelled from margins and odds ratios" in told.note
    assert "Modelled from margins and odds ratios" in combinations_chart(shown(found))


def test_every_fault_of_margins_is_told(tmp_path: Path) -> None:
    path = tmp_path / "margins.toml"
    path.write_text(
        'people = 100\n[system.health]\nname = "Health"\npeople = 200\npounds_a_person = "-1"\n'
        'commissioner = "board"\nsource = "s"\n'
        '[[odds]]\nbetween = ["health", "law"]\nratio = "0"\n'
        '[[odds]]\nbetween = ["health", "health"]\nratio = "2"\nsource = "s"\n',
        encoding="utf-8",
    )
    with pytest.raises(PeopleError) as caught:
        read_margins(path)
    said = str(caught.value)
    for words in (
        "200 are more than all 100",
        "'-1' will not do",
        "there is no system 'law'",
        "0 will not do. Write a number above 0",
        "it does not name two systems",
        "it has 1 systems. Write 2 to 12",
        "column 'odds[1].source': it is missing",
    ):
        assert words in said
    with pytest.raises(PeopleError, match="it cannot be read"):
        read_margins(tmp_path / "none.toml")


def test_a_pair_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "margins.toml"
    text = (PACKAGED / of_margins.EXAMPLE).read_text(encoding="utf-8")
    path.write_text(
        text + '[[odds]]\nbetween = ["work", "health"]\nratio = "2"\nsource = "s"\n',
        encoding="utf-8",
    )
    with pytest.raises(PeopleError, match="this pair stands already above"):
        read_margins(path)


# The table


def test_the_example_of_people_is_counted_as_its_rows_say() -> None:
    path = PACKAGED / of_table.EXAMPLE
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    found = overlap_of_people(read_people(path))
    uses: dict[str, set[str]] = {}
    payers: dict[str, set[str]] = {}
    for person, system, commissioner, _, _ in rows:
        uses.setdefault(person, set()).add(system)
        payers.setdefault(person, set()).add(commissioner)
    assert found.is_made_up
    assert found.people == len(uses)
    assert found.pence == sum(int(row[4]) for row in rows) * 100
    assert {frozenset(one.systems): one.people for one in found.combinations} == Counter(
        map(frozenset, uses.values())
    )
    assert found.commissioners_before == pytest.approx(sum(map(len, payers.values())) / len(payers))
    assert found.commissioners_after is not None
    assert found.commissioners_after < found.commissioners_before


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("9434765918", None),
        ("QQ123456C", "a national insurance number"),
        ("someone@example.org", "an email address"),
        ("Given Family", "a name"),
        ("made-up-001", None),
        ("7f3a", None),
    ],
)
def test_what_someone_could_be_found_by_is_known(person: str, kind: str | None) -> None:
    assert real_kind(person) == kind


def test_every_fault_of_a_table_of_people_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "person,system,commissioner,pounds\n"
        "943 476 5919,health,board,-5\n"
        "p1,,board,1\n"
        "p1,health,board,12.345\n"
        "p1,health,board,2\n",
        encoding="utf-8",
    )
    with pytest.raises(PeopleError) as caught:
        read_people(path)
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {
        *((2, "person"), (2, "pounds"), (3, "system"), (4, "pounds"), (5, "commissioner")),
    }
    assert "it looks like an NHS number" in str(caught.value)
    assert "nobody may be recognised" in str(caught.value)
    path.write_text("person,system,commissioner,pounds\n", encoding="utf-8")
    with pytest.raises(PeopleError, match="it has no row"):
        read_people(path)
    rows = "\n".join(f"p1,s{n},board,1" for n in range(41))
    path.write_text(f"person,system,commissioner,pounds\n{rows}\n", encoding="utf-8")
    with pytest.raises(PeopleError, match=r"it has 41 systems. Join them"):
        read_people(path)
    path.write_text("person\n", encoding="utf-8")
    with pytest.raises(PeopleError, match="the column 'system' is missing"):
        read_people(path)


def test_the_picture_says_what_the_table_says() -> None:
    found = shown(overlap_of_people(read_people(PACKAGED / of_table.EXAMPLE)))
    drawn = combinations_chart(found)
    assert "Made up: these people show the form" in drawn
    for one in found.combinations:
        assert f">{one.people:.0f}</text>" in drawn
    told = combinations_table(found)
    assert len(told.rows) == len(found.combinations) + 1
    assert told.rows[-1][0] == f"{found.hidden} others, not told apart"
    assert told.total[1] == "260"
