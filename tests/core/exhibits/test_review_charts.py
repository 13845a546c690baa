"""Charts of review: well-formed, named for screen readers, and saying what their tables say."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.exhibits.axes import plain, ticks
from folkmoot.exhibits.control_chart import control_chart, control_table, in_words
from folkmoot.exhibits.funnel_chart import caterpillar_chart, funnel_chart, funnel_table
from folkmoot.exhibits.gradient_chart import gradient_chart, gradient_table
from folkmoot.outcomes.inequality import slope_index
from folkmoot.outcomes.ranks import shrunken_ranks
from folkmoot.outcomes.variation import funnel, score
from folkmoot.outcomes.xmr import xmr

X, N = np.array([30.0, 45, 52, 61, 80, 0, 95]), np.array([300.0, 350, 400, 420, 500, 260, 520])
NAMES = [f"Area <{n}> & more" for n in range(7)]


def parsed(svg: str) -> ET.Element:
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    named = root.attrib["aria-labelledby"].split()
    inside = {one.attrib["id"] for one in root if "id" in one.attrib}
    assert set(named) == inside
    assert "style" not in svg
    assert "nan" not in svg
    return root


def count(root: ET.Element, tag: str) -> int:
    return sum(one.tag.endswith(tag) for one in root.iter())


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.integers(3, 9))
def test_ticks_are_round_inside_and_few(low: float, room: float, most: int) -> None:
    found = ticks(low, low + room, most)

    assert len(found) <= most + 1
    assert all(low - room * 1e-6 <= one <= low + room * (1 + 1e-6) for one in found)
    steps = np.diff(found)
    if len(steps) > 1:
        assert np.allclose(steps, steps[0])


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0005, "0.0005"), (1744.35, "1,744"), (99.96, "100"), (-0.0102, "-0.0102"), (12.0, "12")],
)
def test_figures_have_three_digits_that_count(value: float, told: str) -> None:
    assert plain(value) == told


def test_a_control_chart_shows_meaning_by_shape_and_word() -> None:
    days = [date(2024, 1, 1) + timedelta(days=30 * n) for n in range(21)]
    values = [10, 12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 30, 12, 13, 15, 16, 15, 17, 16, 18, 17]
    found = xmr(values, days, "increase", target=14, rebase={days[12]: "a new clinic"})
    root = parsed(control_chart(found, title="Seen in <time>"))
    told = [one.text or "" for one in root.iter() if one.tag.endswith("title")]

    assert sum("improvement" in one for one in told) == found.meanings.count("improvement")
    assert sum("concern" in one for one in told) == found.meanings.count("concern")
    assert len(control_table(found).rows) == 21
    assert "hit or miss" in in_words(found)


def test_a_funnel_and_its_ranks_hold_every_area_that_has_a_score() -> None:
    found = funnel(score(X, N, "proportion"))
    ranks = shrunken_ranks(found, rng=np.random.default_rng(1))
    root = parsed(funnel_chart(found, X / N, N, NAMES, title="Smoking"))
    ranked = parsed(caterpillar_chart(ranks, NAMES, title="Smoking"))
    table = funnel_table(found, ranks, X / N, N, NAMES)

    assert count(root, "polyline") == 6
    assert count(ranked, "circle") == 7
    assert all(" to " in row[-1] for row in table.rows)


def test_a_gradient_shows_each_group_and_the_line() -> None:
    values, people = np.array([70.0, 72, 73, 75, 78]), np.array([1200.0, 1100, 1000, 900, 800])
    errors = np.full(5, 0.5)
    groups = [f"fifth {n}" for n in range(1, 6)]
    found = slope_index(values, people, errors)
    root = parsed(gradient_chart(found, values, people, errors, groups, title="Healthy years"))

    assert count(root, "circle") == 5
    assert len(gradient_table(values, people, errors, groups).rows) == 5
