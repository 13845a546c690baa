"""The hash chain against vectors that were worked out elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.records.chain import GENESIS, canonical, leaf, link, merkle_root
from moothall.records.errors import NotCanonicalError

ADOPT = {"action": "plan.adopt", "actor": "u1", "object": "plan:7", "seq": 1}
SUPERSEDE = {"action": "plan.supersede", "actor": "u2", "object": "plan:7", "seq": 2}
LEAVES = (
    "7b969726fa3b2813635a334b48974087741508d22eabb9d03147f644f94b4369",
    "11c2aff1059725c9a3affaace1636520237b9901f4172affc3dd3387016c85c4",
)
LINKS = (
    "37e15f826036eeecfd4345fdc35b1c13c9f0b0873abe78b62ac07c698d5a2535",
    "d73c4b3b7effe35820c60d45190ccffdfa4beb3bd420818db45a50813c4a1fcc",
)
ROOT_OF_BOTH = "7acde4e84f425e74483a269efc4f7ffcfd07ed058d50f2990fabe2b4276025b9"
ROOT_OF_NONE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_an_event_is_written_with_sorted_keys_and_no_space() -> None:
    assert canonical(ADOPT) == (b'{"action":"plan.adopt","actor":"u1","object":"plan:7","seq":1}')


def test_leaves_and_links_are_the_published_ones() -> None:
    leaves = [leaf(canonical(event)) for event in (ADOPT, SUPERSEDE)]
    first = link(GENESIS, leaves[0])

    assert tuple(one.hex() for one in leaves) == LEAVES
    assert (first.hex(), link(first, leaves[1]).hex()) == LINKS


def test_roots_are_the_published_ones() -> None:
    assert merkle_root([bytes.fromhex(one) for one in LEAVES]).hex() == ROOT_OF_BOTH
    assert merkle_root([]).hex() == ROOT_OF_NONE


@pytest.mark.parametrize("value", [1.5, {"deep": [1, 2.0]}, b"bytes", {1, 2}])
def test_what_two_computers_may_write_differently_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError, match="Write it as text or whole number"):
        canonical({"figure": value})


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.text(min_size=1))
def test_no_two_events_have_one_leaf(event: dict[str, object], key: str) -> None:
    other = {**event, key: [event.get(key)]}

    assert leaf(canonical(event)) != leaf(canonical(other))


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=40), st.data())
def test_one_changed_leaf_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves]
    changed[place] = bytes([leaves[place][0] ^ 1]) + leaves[place][1:]

    assert merkle_root(leaves) != merkle_root(changed)
