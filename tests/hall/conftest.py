"""A hall for each test: its tables on the database at hand, and a small plan to constitute."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.hall.plan_folder import write_plan_folder

from folkmoot.plan.folder import PlanFolder, read_plan
from moothall.bridge.constitution import constitute
from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import plan_in_force
from moothall.people.actions import open_office
from moothall.people.models import Person
from moothall.people.roles import Role


def pytest_report_header() -> str:
    """Say which database the hall is tested on."""
    return f"hall database: {connection.vendor}"


@pytest.fixture(autouse=True)
def plain_static(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Pages name their style and script as they are; nothing was collected."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def plan_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small plan."""
    return write_plan_folder(tmp_path_factory.mktemp("plans") / "three")


@pytest.fixture(scope="session")
def plan_folder(plan_path: Path) -> PlanFolder:
    """The small plan, read."""
    return read_plan(plan_path)


@pytest.fixture
def centre(db: None) -> Person:
    """The office that may do the centre's work."""
    return open_office(
        sign_in_name="devolution-unit",
        office="Devolution Unit",
        role=Role.CENTRE,
        first_day=timezone.localdate(),
    )


@pytest.fixture
def officer(db: None) -> Person:
    """An officer of one body, who may do none of the centre's work."""
    return open_office(
        sign_in_name="officer-a01",
        office="Officer, Northmarch",
        role=Role.OFFICER,
        body="body-A01",
        first_day=timezone.localdate(),
    )


@pytest.fixture
def plan(plan_folder: PlanFolder, centre: Person) -> DevolutionPlan:
    """The small plan, constituted."""
    constitute(plan_folder, by=centre)
    found = plan_in_force()
    assert found is not None
    return found
