"""Published figures: as printed, with source, unit and day, and the line that closes a sum."""

import pickle
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.parameters import reader
from folkmoot.services.errors import FigureError, RoundingError
from folkmoot.services.figures import (
    Figure,
    figures_to_check,
    read_figures,
    rounding_line,
    shipped_figures,
)
from folkmoot.services.interval import Interval

FILE = reader.PACKAGED / "figures.toml"
STREAMS = ("health", "employment", "skills", "offender")


def parts() -> list[Figure]:
    return [shipped_figures()[f"{stream}-devolved"] for stream in STREAMS]


def test_every_figure_prints_as_published_with_source_and_state() -> None:
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))["figure"]
    figures = shipped_figures()

    assert list(figures) == list(written)
    for code, figure in figures.items():
        assert figure.published_text == written[code]["published_text"]
        assert figure.source.title
        assert figure.source.publisher
        assert figure.source.published
        assert figure.state == written[code]["state"]


@pytest.mark.parametrize(
    ("code", "published", "state"),
    [
        ("human-services", "north of £300 billion", "seen"),
        ("devolvable-total", "£107.7bn", "seen"),
        ("health-devolved", "£101.9bn", "seen"),
        ("duplication-2010", "£100 billion", "disputed"),
        (
            "published-rounding",
            "£0.1bn (not published: 107.7 − 101.9 − 1.5 − 3.2 − 1.0)",
            "computed",
        ),
        ("areas", "38", "seen"),
        ("mayor-referenda", "37 of 53", "to_check"),
        ("trust-local-councils", "79 per cent", "to_check"),
    ],
)
def test_figures_of_the_proposal(code: str, published: str, state: str) -> None:
    figure = shipped_figures()[code]
    assert (figure.published_text, figure.state) == (published, state)


def test_the_printed_total_is_its_parts_and_ten_billion_pence_of_rounding() -> None:
    line = rounding_line(shipped_figures()["devolvable-total"], parts())

    assert line.parts_pence == 10_760_000_000_000
    assert line.pence == 10_000_000_000 == shipped_figures()["published-rounding"].pence
    assert line.parts_pence + line.pence == 10_770_000_000_000


def test_nhs_england_s_plan_adds_up_without_rounding() -> None:
    figures = shipped_figures()
    lines = ("ccgs", "primary-care", "specialised", "transformation", "other-direct", "central")
    found = [figures[f"nhs-england-2016-{line}"] for line in (*lines, "drawdown")]

    assert rounding_line(figures["nhs-england-2016-total"], found).pence == 0
    assert rounding_line(figures["nhs-england-2016-place-based"], found[:3]).pence == 0


@given(st.fractions(Fraction(26, 100), 10))
def test_a_sum_that_rounding_cannot_explain_is_refused(beyond: Fraction) -> None:
    total = shipped_figures()["devolvable-total"]
    wrong = replace(total, value=Fraction(1076, 10) + beyond)

    with pytest.raises(RoundingError, match=r"rounding explains 0\.25 at most") as caught:
        rounding_line(wrong, parts())
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own


def test_a_sum_of_different_units_is_refused() -> None:
    total = shipped_figures()["devolvable-total"]
    with pytest.raises(RoundingError):
        rounding_line(replace(total, unit="GBP m a year"), parts())


@pytest.mark.parametrize("key", ["source", "unit", "first_day"])
def test_a_figure_without_source_unit_or_day_is_refused_with_file_and_key(
    key: str, tmp_path: Path
) -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    start = lines.index("[figure.skills-devolved]")
    gone = next(n for n in range(start, len(lines)) if lines[n].startswith(f"{key} = "))
    path = tmp_path / "figures.toml"
    path.write_text("\n".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")

    with pytest.raises(FigureError) as caught:
        read_figures(path)

    assert [(fault.file, fault.column) for fault in caught.value.faults] == [
        ("figures.toml", f"figure.skills-devolved.{key}")
    ]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own


def test_every_fault_of_a_file_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """\
[source.us]
title = "Ours"
publisher = "folkmoot"
published = "2026"

[figure.wrong]
published_text = "5"
kind = "rounded"
value = "five"
unit = "count"
first_day = 2026-04-01
last_day = 2025-04-01
geography = "England"
source = "them"
state = "certain"
same_as = ["nobody"]
colour = "blue"
""",
        encoding="utf-8",
    )

    with pytest.raises(FigureError) as caught:
        read_figures(path)

    keys = {str(fault.column).removeprefix("figure.wrong.") for fault in caught.value.faults}
    assert keys == {"value", "half_width", "last_day", "source", "state", "same_as", "colour"}


def test_a_file_that_is_not_there_is_a_figure_error(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match="cannot be read"):
        read_figures(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("code", "interval"),
    [
        ("admin-freed", Interval(Fraction(4), None)),
        ("highly-specialised-users", Interval(None, Fraction(500))),
        ("health-devolved", Interval(Fraction(10185, 100), Fraction(10195, 100))),
        ("mayor-referenda", Interval(Fraction(37, 53), Fraction(37, 53))),
        ("duplication-2010", Interval()),
    ],
)
def test_a_figure_allows_what_its_kind_says(code: str, interval: Interval) -> None:
    assert shipped_figures()[code].interval == interval


def test_money_that_is_no_whole_number_of_pence_is_refused() -> None:
    figure = shipped_figures()["skills-devolved"]
    with pytest.raises(FigureError, match="not a whole number of pence"):
        _ = replace(figure, value=Fraction(1, 3)).pence
    with pytest.raises(FigureError, match="not a whole number of pence"):
        _ = shipped_figures()["areas"].pence


def test_what_is_to_check_can_be_listed() -> None:
    found = {figure.code for figure in figures_to_check(shipped_figures())}
    assert {"mayor-referenda", "deal-funds", "local-identity"} <= found
    assert "devolvable-total" not in found
