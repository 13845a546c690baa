"""Sankey: bands as wide as their sums, nothing lost between layers, few crossings."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.exhibits.layers import Band, crossings, ordered, placed, steps_of, threaded
from folkmoot.exhibits.sankey import TALL, Node, Picture, sankey

LAYER = {"t": 1, "d1": 2, "d2": 2, "n1": 3, "n2": 3, "b1": 4, "b2": 4, "p1": 5, "p2": 5}
bands_between = st.lists(
    st.tuples(st.sampled_from(sorted(LAYER)), st.sampled_from(sorted(LAYER)))
    .filter(lambda pair: LAYER[pair[0]] < LAYER[pair[1]])
    .flatmap(
        lambda pair: st.builds(
            Band,
            source=st.just(pair[0]),
            target=st.just(pair[1]),
            kind=st.sampled_from(["health", "skills"]),
            pence=st.integers(1, 10**13),
        )
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda band: (band.source, band.target, band.kind),
)


def parsed(bands: list[Band]) -> ET.Element:
    nodes = tuple(Node(code=code, name=code, layer=layer) for code, layer in LAYER.items())
    picture = Picture(title="Before", nodes=nodes, bands=tuple(bands))
    text = sankey([picture], ["one", "two", "three", "four", "five"], title="Money", identity="m")
    return ET.fromstring(text)  # noqa: S314 - we have just made it


def strokes(svg: ET.Element) -> list[tuple[str, float]]:
    space = "{http://www.w3.org/2000/svg}"
    return [
        (path.findtext(f"{space}title") or "", float(path.attrib["stroke-width"]))
        for path in svg.iter(f"{space}path")
    ]


@given(bands_between)
def test_a_band_is_as_wide_as_its_sum_and_never_thinner_than_a_pixel(bands: list[Band]) -> None:
    found = strokes(parsed(bands))
    arrives = {band.target for band in bands}
    whole = sum(band.pence for band in bands if band.source not in arrives)

    widths = sorted(max(band.pence * TALL / whole, 1.0) for band in bands)
    assert len(found) == len(bands)
    for width, drawn in zip(widths, sorted(width for _, width in found), strict=True):
        assert abs(width - drawn) < 0.006


@given(bands_between)
def test_the_order_kept_crosses_no_more_than_that_by_code(bands: list[Band]) -> None:
    steps = steps_of(bands, LAYER)
    keys = {key for step in steps for key in (step.source, step.target)}
    by_code = {n: sorted(key for key in keys if key[0] == n) for n in range(1, 6)}

    kept = ordered(steps)
    assert {key for layer in kept.values() for key in layer} == keys
    assert crossings(steps, kept) <= crossings(steps, by_code)


@given(bands_between)
def test_bands_stack_within_their_nodes_and_nodes_do_not_overlap(bands: list[Band]) -> None:
    steps, scale = steps_of(bands, LAYER), 1e-11
    order = ordered(steps)
    places = placed(steps, order, scale=scale, room={(5, "p1"): 28.0})
    for layer in order.values():
        ends = [(places[key].top, places[key].top + places[key].height) for key in layer]
        for (_, above), (below, _) in pairwise(ends):
            assert above <= below + 1e-9
    for step, (leaves, arrives) in threaded(steps, order, places, scale=scale).items():
        half = step.band.pence * scale / 2
        for at, key in ((leaves, step.source), (arrives, step.target)):
            place = places[key]
            assert place.top - 1e-9 <= at - half
            assert at + half <= place.top + place.height + 1e-9


def test_the_order_of_bands_changes_no_byte() -> None:
    bands = [
        Band(source="t", target="d1", kind="health", pence=9),
        Band(source="d1", target="p1", kind="health", pence=9),
        Band(source="t", target="p2", kind="skills", pence=3),
    ]
    assert ET.tostring(parsed(bands)) == ET.tostring(parsed(bands[::-1]))


def test_a_picture_without_money_is_empty_and_sound() -> None:
    assert strokes(parsed([])) == []
