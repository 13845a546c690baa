"""Services that may be listed twice."""

from difflib import SequenceMatcher
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.listed_twice import listed_twice

NAMES = ["Advice Line", "Advice-line", "Home Care North", "Home Care South", "Carers", "Carers Ltd"]
STREETS = ["1 High Street TS24 7AA", "1, High Street, TS24 7AA", "9 Dock Road TS1 1AA", ""]

entries = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(STREETS), st.sampled_from(["", "id-1", "id-2"])
    ),
    min_size=1,
    max_size=12,
)


def plain(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return " ".join(kept.split())


@given(entries)
def test_every_two_that_are_alike_are_proposed_and_no_others(
    given_entries: list[tuple[str, str, str]],
) -> None:
    names, streets, identifiers = map(list, zip(*given_entries, strict=True))
    expected = set()
    for one, other in combinations(range(len(names)), 2):
        name = SequenceMatcher(None, plain(names[one]), plain(names[other]), autojunk=False).ratio()
        if streets[one] and streets[other]:
            pair = plain(streets[one]), plain(streets[other])
            is_alike = name >= 0.9 and SequenceMatcher(None, *pair, autojunk=False).ratio() >= 0.9
        else:
            is_alike = plain(names[one]) == plain(names[other])
        is_first = identifiers[one] not in identifiers[:one]
        if is_alike or (identifiers[one] and identifiers[one] == identifiers[other] and is_first):
            expected.add((one, other))

    found = listed_twice(names, streets, identifiers, similarity=0.9)

    assert {(one.one, one.other) for one in found} == expected


def test_the_same_identifier_comes_first() -> None:
    found = listed_twice(
        ["Advice", "Other name", "Advice"], ["", "", ""], ["x", "x", ""], similarity=0.9
    )

    assert [one.reason for one in found] == [
        "the same identifier, x",
        "the same name, and no address to compare",
    ]


def test_one_service_alone_is_listed_once() -> None:
    assert listed_twice(["Advice"], [""], ["x"], similarity=0.9) == ()
