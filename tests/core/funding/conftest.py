"""The small country with need data, and formulas that a test lays over the shipped one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests import small_country
from tests.core.funding.funded_country import need_tables

from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places


@pytest.fixture
def tables() -> dict[str, small_country.Rows]:
    """Tables for a test to change before it makes places of them."""
    return need_tables()


@pytest.fixture
def make_places(tmp_path: Path) -> Callable[[dict[str, small_country.Rows]], Places]:
    """Make places of tables."""

    def make(tables: dict[str, small_country.Rows]) -> Places:
        return read_places(small_country.write(tmp_path / "package", tables))

    return make


@pytest.fixture
def country(
    tables: dict[str, small_country.Rows],
    make_places: Callable[[dict[str, small_country.Rows]], Places],
) -> Places:
    """The small country with need data."""
    return make_places(tables)


@pytest.fixture
def bare_country(tmp_path: Path) -> Places:
    """The small country without need, indicators or ages."""
    return read_places(small_country.write(tmp_path / "bare"))


@pytest.fixture
def rows_plan() -> AreaPlan:
    """The three rows of the small country as areas N, M and S."""
    placed = zip(small_country.CODES, "NNNMMMSSS", strict=True)
    return AreaPlan.of({BlockCode(block): AreaCode(area) for block, area in placed})


@pytest.fixture
def formula_of(tmp_path: Path) -> Callable[..., Formula]:
    """Lay a formula file over the shipped formula."""

    def read(text: str, *, years: int | None = None) -> Formula:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return read_formula(path, years=years)

    return read
