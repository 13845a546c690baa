"""A settlement with everything in it: lines, bounds, entitlements, money at risk."""

from pathlib import Path

import pytest
from tests import small_country
from tests.core.funding.funded_country import COUNTED, SOURCE, need_tables

from folkmoot.exhibits.publication import publication
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places

EVERYTHING = f"""
{COUNTED}
[bounds]
floor = ["-0.02", "-0.013"]
ceiling = ["0.03", "0.021"]
least_share = "0.93"
source = {SOURCE}

[stream.health]
outcome_share = "0.1"

[entitlement.visit]
stream = "health"
rule = "per_head"
pence = "11300000.5"
first_day = 2026-04-01
source = {SOURCE}

[entitlement.clinic]
stream = "health"
rule = "share"
pence = 1000000007
first_day = 2027-04-01
source = {SOURCE}
""" + "".join(
    f"""
[[stream.health.line]]
kind = "{kind}"
name = "{kind} of the test"
year = "{year}"
{amount}
source = {SOURCE}
"""
    for kind, year, amount in (
        ("growth", "2026-27", 'ratio = "0.0295"'),
        ("growth", "2027-28", 'ratio = "0.01"'),
        ("admin_saving", "2026-27", "pence = 1234567"),
        ("national_top_slice", "2026-27", "pence = 2345678"),
        ("contingency", "2027-28", "pence = 3456789"),
        ("reinvested_saving", "2027-28", "pence = 456789"),
    )
)


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The small country with need data."""
    return read_places(small_country.write(tmp_path_factory.mktemp("package"), need_tables()))


@pytest.fixture(scope="session")
def plan() -> AreaPlan:
    """The three rows of the small country as areas A1, A2 and A3."""
    placed = zip(small_country.CODES, "111222333", strict=True)
    return AreaPlan.of({BlockCode(block): AreaCode(f"A{area}") for block, area in placed})


@pytest.fixture(scope="session")
def formula_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A formula that uses every rule there is."""
    path = tmp_path_factory.mktemp("formula") / "everything.toml"
    path.write_text(EVERYTHING, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def settlement(country: Places, plan: AreaPlan, formula_path: Path) -> Settlement:
    """Two years of it."""
    return settle(plan, country, read_formula(formula_path, years=2))


@pytest.fixture(scope="session")
def published(settlement: Settlement, country: Places, plan: AreaPlan) -> dict[str, bytes]:
    """Its files by name."""
    return publication(settlement, plan=plan, places=country)
