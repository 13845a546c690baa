"""What every suite shares: where the published tables are, and the packaged England."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from folkmoot import england
from folkmoot.readers.criteria import read_criteria
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of tests that need more than the checkout."""
    config.addinivalue_line("markers", "shared: reads the published tables beside the checkout")
    config.addinivalue_line("markers", "office: recalculates workbooks in LibreOffice")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that asks for the published tables or for LibreOffice."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "shared" in asked:
            item.add_marker("shared")
        if "computed_by_office" in asked:
            item.add_marker("office")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published tables: FOLKMOOT_SHARED, or ``shared`` beside the checkout."""
    return Path(os.environ.get("FOLKMOOT_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def england_places() -> Places:
    """The packaged England."""
    return england.places()


@pytest.fixture(scope="session")
def england_criteria(england_places: Places) -> Criteria:
    """Its default criteria."""
    return read_criteria(england.CRITERIA, england_places)
