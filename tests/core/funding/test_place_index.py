"""Places beside their boards: the tool's rules, its oddities, and what it cannot answer."""

import pickle
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding.errors import (
    EmptyPlaceError,
    FundingError,
    PlacePracticesError,
    UndefinedIndexError,
    UnknownIcbError,
)
from folkmoot.funding.place_index import PlaceTable, place_index
from folkmoot.funding.place_index_profiles import COLUMNS, PROFILES, ProfileName
from folkmoot.vocabulary.practices import DeclaredPlace, PracticeShapeError, PracticeTable

BOTH: tuple[ProfileName, ...] = ("v1", "v3")


def table(**practices: tuple[str, float, float]) -> PracticeTable:
    """Practices by code: board, registered patients, and one weight for all nine columns."""
    return PracticeTable(
        year="2026/27",
        codes=tuple(practices),
        icbs=tuple(icb for icb, _, _ in practices.values()),
        figures=np.array([[n] + [w] * 9 for _, n, w in practices.values()]),
    )


def place(*practices: str, name: str = "P", icb: str = "I") -> DeclaredPlace:
    return DeclaredPlace(name=name, icb=icb, practices=practices)


EXAMPLE = table(p1=("I", 100.5, 0.0), p2=("I", 200.0, 310.5), p3=("I", 300.0, 290.0))
TWO_BOARDS = table(
    a=("I", 10.0, 20.0), b=("I", 20.0, 10.0), c=("J", 30.0, 30.0), d=("J", 10.0, 15.0)
)


def printed(found: PlaceTable) -> list[tuple[str, float, float, float]]:
    """Name, registered patients, one weight and one index of each row."""
    sums, indices = found.rounded()
    return [
        (name, *people[:2], index[0])
        for name, people, index in zip(found.names, sums.tolist(), indices.tolist(), strict=True)
    ]


def test_v1_counts_zeros_as_one_and_rounds_before_it_divides() -> None:
    found = place_index(EXAMPLE, [place("p1", "p2", "p2", "zz")], "v1")

    assert printed(found) == [("I", 600, 602, 1.003), ("P", 300, 312, 1.037)]
    assert found.indices[0].tolist() == [602 / 600] * 9
    assert found.indices[1].tolist() == [(312 / 300) / (602 / 600)] * 9


def test_v3_keeps_zeros_and_rounds_only_what_it_prints() -> None:
    found = place_index(EXAMPLE, [place("p1", "p2", "p2", "zz")], "v3")

    assert printed(found) == [("I", 601, 601, 1.0), ("P", 301, 311, 1.033)]
    assert found.sums[1].tolist() == [300.5] + [310.5] * 9
    assert found.indices[1].tolist() == [310.5 / 300.5] * 9


@pytest.mark.parametrize(("profile", "counted"), [("v1", 1.0), ("v3", 0.0)])
def test_a_blank_counts_as_the_profile_has_it(profile: ProfileName, counted: float) -> None:
    blank = table(a=("I", 10.0, nan), b=("I", nan, 5.0))

    found = place_index(blank, [place("a", "b")], profile)

    assert found.sums[1].tolist() == [10 + counted] + [5 + counted] * 9


def test_v1_halves_go_to_even_and_v3_halves_go_up() -> None:
    halves = table(a=("I", 2000.0, 2001.0), b=("I", 0.5, 0.5))

    assert printed(place_index(halves, [place("a", "b")], "v1"))[1][:3] == ("P", 2000, 2002)
    assert printed(place_index(halves, [place("a", "b")], "v3"))[1][:3] == ("P", 2001, 2002)
    assert PROFILES["v1"].printed(np.array([[2.5, 3.5]]), digits=0).tolist() == [[2, 4]]
    assert PROFILES["v3"].printed(np.array([[2.5, 3.5]]), digits=0).tolist() == [[3, 4]]


near_halves = st.integers(0, 10**9).map(lambda n: n / 2000)


@given(st.lists(near_halves | st.floats(0, 1e9), min_size=1, max_size=20), st.sampled_from([0, 3]))
@settings(max_examples=500)
def test_v3_prints_as_decimals_with_halves_up(values: list[float], digits: int) -> None:
    rounded = PROFILES["v3"].printed(np.array([values]), digits=digits)

    unit = Decimal(1).scaleb(-digits)
    assert rounded[0].tolist() == [
        float(Decimal(str(value)).quantize(unit, rounding=ROUND_HALF_UP)) for value in values
    ]


def test_boards_come_as_first_named_and_places_as_declared() -> None:
    places = [
        place("d", name="Z", icb="J"),
        place("b", name="Y"),
        place("c", name="X", icb="J"),
        place("a", "b", name="W"),
    ]

    assert place_index(TWO_BOARDS, places, "v3").names == ("J", "Z", "X", "I", "Y", "W")


@pytest.mark.parametrize("profile", BOTH)
@given(st.permutations(range(4)), st.permutations("abcd"))
def test_the_order_of_practices_changes_nothing(
    profile: ProfileName, rows: list[int], codes: list[str]
) -> None:
    shuffled = PracticeTable(
        year="2026/27",
        codes=tuple(TWO_BOARDS.codes[row] for row in rows),
        icbs=tuple(TWO_BOARDS.icbs[row] for row in rows),
        figures=TWO_BOARDS.figures[rows],
    )

    found = place_index(shuffled, [place(*codes)], profile)

    assert np.array_equal(found.indices, place_index(TWO_BOARDS, [place(*"abcd")], profile).indices)


@pytest.mark.parametrize("profile", BOTH)
def test_a_place_that_is_its_whole_board_has_an_index_of_one(profile: ProfileName) -> None:
    found = place_index(TWO_BOARDS, [place("c", "d", icb="J")], profile)

    assert found.indices[1].tolist() == [1.0] * 9


def test_what_the_tool_passes_over_is_remarked() -> None:
    found = place_index(TWO_BOARDS, [place("a", "zz", "c", "a", "yy")], "v3")

    assert found.sums[1, 0] == 40
    assert [str(remark) for remark in found.remarks] == [
        "Place 'P' has practices that are not in the table (zz, yy): ignored.",
        "Place 'P' has practices listed twice (a): counted once.",
        "Place 'P' has practices of another board (c): counted here.",
    ]


def test_a_long_remark_is_cut_and_counted() -> None:
    codes = [f"z{number}" for number in range(12)]
    found = place_index(TWO_BOARDS, [place("a", *codes)], "v3")

    assert "z9 and 2 more): ignored." in str(found.remarks[0])


def test_strict_refuses_every_remark_at_once() -> None:
    with pytest.raises(PlacePracticesError) as caught:
        place_index(TWO_BOARDS, [place("a", "zz", "c"), place(name="Q")], "v3", strict=True)

    assert str(caught.value) == (
        "Practice table '2026/27' has 3 faults. Places must be made of its practices, or their "
        "need is somebody else's.\n"
        "  1. place 'P': practices that are not in the table (zz). Correct the codes.\n"
        "  2. place 'P': practices of another board (c). Declare them with their board.\n"
        "  3. place 'Q': no practice that is in the table (none declared). Correct the codes."
    )


def test_empty_places_are_refused_by_name() -> None:
    with pytest.raises(EmptyPlaceError, match="has no practice of 'P', 'Q'") as caught:
        place_index(TWO_BOARDS, [place("zz"), place("b", name="R"), place(name="Q")], "v3")

    assert caught.value.places == ("P", "Q")


def test_an_empty_place_can_be_left_out_and_its_board_stays() -> None:
    found = place_index(TWO_BOARDS, [place("zz")], "v3", on_empty="omit")

    assert found.names == ("I",)
    assert [str(remark) for remark in found.remarks] == [
        "Place 'P' has no practice that is in the table (zz): left out."
    ]


def test_an_unknown_board_is_refused_with_the_nearest_name() -> None:
    boards = table(a=("NHS West Yorkshire ICB", 1.0, 1.0), b=("NHS Kent And Medway ICB", 1.0, 1.0))

    with pytest.raises(UnknownIcbError, match="Did you mean 'NHS Kent And Medway ICB'"):
        place_index(boards, [place("a", icb="NHS Kent and Medway ICB")], "v1")


def test_v3_refuses_to_divide_by_nothing_and_says_where() -> None:
    empty = table(a=("I", 0.0, 2.0), b=("I", 1.0, 0.0), c=("J", 1.0, 0.0))

    with pytest.raises(UndefinedIndexError, match=r"'P' \(GP pop\)"):
        place_index(empty, [place("a")], "v3")
    with pytest.raises(UndefinedIndexError, match=r"'J' \(Weighted G&A pop\); 'J' \(Weighted Com"):
        place_index(empty, [place("c", icb="J")], "v3")
    assert place_index(empty, [place("b")], "v3").indices[1].tolist() == [0.0] * 9
    assert place_index(empty, [place("z", icb="J")], "v3", on_empty="omit").names == ("J",)


def test_v1_refuses_a_place_that_rounds_to_nobody() -> None:
    with pytest.raises(UndefinedIndexError, match="'P'"):
        place_index(table(a=("I", 0.5, 2.0), b=("I", 9.0, 1.0)), [place("a")], "v1")


def test_a_table_cannot_change_and_cannot_be_crooked() -> None:
    with pytest.raises(ValueError, match="read-only"):
        EXAMPLE.figures[0, 0] = 1
    with pytest.raises(PracticeShapeError, match=r"2 code\(s\), 3 board\(s\)"):
        replace(EXAMPLE, codes=("p1", "p2"))


def test_there_are_ten_sums_and_nine_indices_in_the_tools_own_words() -> None:
    assert len(COLUMNS) == 1 + 10 + 9
    assert COLUMNS[:3] == ("Place / ICB", "GP pop", "Weighted G&A pop")
    assert COLUMNS[-1] == "Health Inequalities Index"


@pytest.mark.parametrize(
    "error",
    [
        EmptyPlaceError("2026/27", ["P"]),
        UnknownIcbError("2026/27", ["I"], ["J"]),
        UndefinedIndexError("2026/27", [("P", "GP pop")]),
        PlacePracticesError("2026/27", []),
        PracticeShapeError(1, 2, (3, 10)),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_keeps_its_words_in_another_process(error: FundingError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(again) is type(error)
    assert str(again) == str(error)
