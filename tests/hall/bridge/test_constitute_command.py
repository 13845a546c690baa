"""``manage.py constitute PLAN``: progress, a plain end, and a sentence when it cannot."""

from pathlib import Path

import pytest
from django.core.management import call_command
from tests.hall.plan_folder import write_plan_folder

from moothall.centre.models import DevolutionPlan


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """Each command has the tables."""


def test_it_says_what_it_does_and_that_it_is_done(
    plan_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("constitute", plan_path)

    said = capsys.readouterr().out
    assert "Constituting one body an area" in said
    assert "Constituted: plan" in said
    assert DevolutionPlan.objects.count() == 1


def test_a_second_time_is_harmless_and_says_so(
    plan_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("constitute", plan_path)
    call_command("constitute", plan_path)

    assert "nothing changed" in capsys.readouterr().out
    assert DevolutionPlan.objects.count() == 1


def test_a_folder_that_is_no_plan_ends_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("constitute", tmp_path)

    assert end.value.code == 1
    assert "Make it anew with 'folkmoot plan'" in capsys.readouterr().err


def test_another_plan_ends_with_a_sentence_that_names_replace(
    plan_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_plan_folder(tmp_path / "other", changes={"seed": 2})
    call_command("constitute", plan_path)

    with pytest.raises(SystemExit) as end:
        call_command("constitute", other)

    assert end.value.code == 1
    assert "Add --replace" in capsys.readouterr().err

    call_command("constitute", other, replace=True)
    assert DevolutionPlan.objects.count() == 2
