"""Outlines of areas: whole, valid, without slivers; and how compact they are."""

from dataclasses import replace
from math import pi

import numpy as np
import pytest
import shapely
from shapely.geometry import box, mapping, shape
from tests import small_country

from folkmoot.geography.compactness import EARTH_KM, polsby_popper
from folkmoot.geography.outlines import area_outlines, coverage
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places

A01 = AreaCode("A01")


def boards(places: Places, geography: str = "icb") -> AreaPlan:
    labels = places.geographies[geography].dominant(len(places.blocks))
    return AreaPlan.labelled(places.blocks.codes, labels)


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The small country with a square for each block, on the equator."""
    places = read_places(small_country.write(tmp_path_factory.mktemp("small")))
    outlines = {
        code: mapping(box(n % 3, n // 3, n % 3 + 1, n // 3 + 1))
        for n, code in enumerate(places.blocks.codes)
    }
    return replace(places, outlines=outlines)


def test_blocks_become_a_coverage_in_which_neighbours_meet(england_places: Places) -> None:
    outlines = list(coverage(england_places))

    assert shapely.coverage_is_valid(outlines)
    assert len(outlines) == 296


def test_area_outlines_are_valid_and_cover_the_country_without_overlap(
    england_places: Places,
) -> None:
    outlines = [
        shape(one) for one in area_outlines(boards(england_places), england_places).values()
    ]

    whole = shapely.union_all(list(coverage(england_places)))
    assert all(outline.is_valid for outline in outlines)
    assert sum(outline.area for outline in outlines) == pytest.approx(whole.area, rel=1e-9)
    assert shapely.union_all(outlines).symmetric_difference(whole).area < 1e-9


def test_area_outlines_are_near_the_plain_union_of_what_was_published(
    england_places: Places,
) -> None:
    plan = boards(england_places, "ceremonial_county")
    outlines = area_outlines(plan, england_places)

    for area, blocks in plan.members().items():
        published = shapely.union_all(
            [shapely.make_valid(shape(england_places.outlines[block])) for block in blocks]
        )
        assert shape(outlines[area]).area == pytest.approx(published.area, rel=0.01)


def test_no_sliver_is_left_where_blocks_do_not_meet_exactly(squares: Places) -> None:
    gap = 0.0003
    shifted = {
        **squares.outlines,
        BlockCode("e"): mapping(box(1 + gap, 1 - gap, 2 - gap, 2 + gap)),
    }

    outline = shape(
        area_outlines(
            AreaPlan.of(dict.fromkeys(squares.blocks.codes, A01)),
            replace(squares, outlines=shifted),
        )[A01]
    )

    assert outline.geom_type == "Polygon"
    assert not outline.interiors
    assert outline.area == pytest.approx(9)


def test_an_outline_that_crosses_itself_or_has_a_spike_is_mended(squares: Places) -> None:
    bow = {"type": "Polygon", "coordinates": [[(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]]}
    spike = {
        "type": "Polygon",
        "coordinates": [[(1, 0), (2, 0), (2, 1), (1.5, 1), (1.5, 1.4), (1.5, 1), (1, 1), (1, 0)]],
    }
    flat = {"type": "Polygon", "coordinates": [[(2, 0), (3, 0), (2, 0), (2, 0)]]}
    broken = dict(zip(map(BlockCode, "abc"), (bow, spike, flat), strict=True))

    found = coverage(replace(squares, outlines={**squares.outlines, **broken}))

    assert all(outline.is_valid for outline in found)
    assert [round(outline.area, 6) for outline in found[:3]] == [0.5, 1.0, 0.0]


def test_outer_rings_run_anticlockwise_as_geojson_asks(england_places: Places) -> None:
    for one in area_outlines(boards(england_places), england_places).values():
        for part in shapely.get_parts(shape(one)):
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)


def test_the_same_plan_is_drawn_the_same(england_places: Places) -> None:
    plan = boards(england_places)

    assert area_outlines(plan, england_places) == area_outlines(plan, england_places)


def test_without_boundaries_an_area_is_the_middle_of_its_people(squares: Places) -> None:
    plain = replace(squares, outlines={})

    found = area_outlines(boards(plain, "board"), plain)

    assert found[A01] == {"type": "Point", "coordinates": [0.1, 52.0]}
    assert polsby_popper(boards(plain, "board"), plain) is None


def test_an_area_that_is_nowhere_has_no_outline(squares: Places) -> None:
    nowhere = np.full(9, np.nan)
    plain = replace(squares, outlines={}, blocks=replace(squares.blocks, lon=nowhere))

    assert area_outlines(boards(plain, "board"), plain) == {}


def test_compactness_of_squares_and_of_a_row_is_what_geometry_says(squares: Places) -> None:
    each = AreaPlan.labelled(squares.blocks.codes, np.arange(9))
    rows = boards(squares, "board")

    of_squares, of_rows = polsby_popper(each, squares), polsby_popper(rows, squares)

    assert of_squares is not None
    assert of_rows is not None
    assert of_squares == pytest.approx(np.full(9, pi / 4), rel=1e-3)
    assert of_rows == pytest.approx(np.full(3, 4 * pi * 3 / 8**2), rel=1e-3)


def test_compactness_agrees_with_the_joined_outlines(england_places: Places) -> None:
    """The plain way: join the shapes, lay them flat about their own meridian, measure."""
    plan = boards(england_places)
    found = polsby_popper(plan, england_places)
    assert found is not None

    for area, value in zip(
        area_outlines(plan, england_places).values(), found.tolist(), strict=True
    ):
        outline = shape(area)
        middle = outline.centroid.x
        flat = shapely.transform(
            outline,
            lambda at, middle=middle: (
                EARTH_KM
                * np.radians(
                    np.column_stack([(at[:, 0] - middle) * np.cos(np.radians(at[:, 1])), at[:, 1]])
                )
            ),
        )
        assert value == pytest.approx(4 * pi * flat.area / flat.length**2, rel=0.01)
