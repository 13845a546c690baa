"""A map is sound SVG that says in words what it draws."""

import xml.etree.ElementTree as ET

import pytest
from shapely.geometry import box, mapping

from folkmoot.exhibits.maps import MapArea, area_map

SVG = "{http://www.w3.org/2000/svg}"


def grid(size: float, *, href: str = "") -> list[MapArea]:
    return [
        MapArea(
            code=f"A{n:02d}",
            name=f"Area <{n}> & more",
            label=str(n),
            outline=mapping(
                box(n % 4 * size, n // 4 * size, (n % 4 + 1) * size, (n // 4 + 1) * size)
            ),
            href=href and f"{href}{n}",
        )
        for n in range(16)
    ]


def draw(areas: list[MapArea]) -> ET.Element:
    text = area_map(areas, title="Areas", description="Sixteen squares.")
    assert "style=" not in text
    assert "script" not in text
    return ET.fromstring(text)  # noqa: S314 - our own text


def test_every_area_has_a_shape_a_title_and_a_label() -> None:
    svg = draw(grid(1.0))

    titles = [title.text for title in svg.iterfind(f".//{SVG}g/{SVG}title")]
    assert titles == [f"Area <{n}> & more" for n in range(16)]
    assert [text.text for text in svg.iterfind(f".//{SVG}text")] == [str(n) for n in range(16)]
    assert svg.get("role") == "img"


def test_neighbours_differ_in_colour() -> None:
    fills = [path.get("fill") for path in draw(grid(1.0)).iterfind(f".//{SVG}g/{SVG}path")]

    for n in range(16):
        for m in (n + 1, n + 4):
            if m < 16 and (m == n + 4 or n % 4 < 3):
                assert fills[n] != fills[m]


def test_a_map_with_links_is_a_group_so_that_they_can_be_reached() -> None:
    svg = draw(grid(1.0, href="/areas/"))

    assert svg.get("role") == "group"
    assert [link.get("href") for link in svg.iter(f"{SVG}a")] == [f"/areas/{n}" for n in range(16)]


def test_areas_too_small_to_label_are_enlarged_in_an_inset() -> None:
    tiny = [
        MapArea(
            code=f"T{n}",
            name=f"Tiny {n}",
            label=f"t{n}",
            outline=mapping(box(8 + n / 10, 2, 8.1 + n / 10, 2.1)),
        )
        for n in range(4)
    ]
    svg = draw([*grid(1.0), *tiny])

    labels = [text.text for text in svg.iterfind(f".//{SVG}g/{SVG}text")]
    assert set(labels) >= {"t0", "t1", "t2", "t3"}


@pytest.mark.parametrize("kind", ["Point", "MultiPoint"])
def test_areas_without_outlines_are_drawn_as_dots(kind: str) -> None:
    points = [[0.0, 52.0], [1.0, 53.0]]
    coordinates = points if kind == "MultiPoint" else points[0]
    area = MapArea(code="A", name="A", outline={"type": kind, "coordinates": coordinates})

    assert len(list(draw([area]).iter(f"{SVG}circle"))) == (2 if kind == "MultiPoint" else 1)
