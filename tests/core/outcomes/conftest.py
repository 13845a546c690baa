"""The packaged England, sorted once for all tests of the room."""

import pytest

from folkmoot import england
from folkmoot.outcomes.measured import Ground


@pytest.fixture(scope="session")
def ground() -> Ground:
    return Ground.of(england.places())
