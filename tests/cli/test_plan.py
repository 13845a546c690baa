"""The whole job on a small country: two runs, one plan; every mistake a sentence."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import small_country

from folkmoot.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def country(tmp_path: Path) -> Path:
    folder = small_country.write(tmp_path / "country")
    small_country.write_criteria(folder)
    return folder


def plan(country: Path, out: Path, *more: str) -> Result:
    criteria = country / "criteria.toml"
    return run("plan", "--places", country, "--criteria", criteria, "--out", out, *more)


def test_a_plan_is_made_verified_and_the_same_again(country: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        result = plan(country, tmp_path / name)
        assert result.exit_code == 0, result.output

    assert "3 areas of 300,000 to 300,000 people" in result.output
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    verified = run("verify", tmp_path / "one")
    assert verified.exit_code == 0
    assert verified.output.count("ok    ") == 12


def test_a_package_without_need_says_so_wherever_money_is_shown(
    country: Path, tmp_path: Path
) -> None:
    plan(country, tmp_path / "plan")

    said = "by population: this package has no need data"
    assert said in (tmp_path / "plan/report.html").read_text()
    assert said in (tmp_path / "plan/streams.csv").read_text()
    assert said in (tmp_path / "plan/plan.json").read_text()


def test_the_summary_for_machines_is_one_json_document(country: Path, tmp_path: Path) -> None:
    result = plan(country, tmp_path / "plan", "--json", "--areas", "4")

    summary = json.loads(result.stdout)
    assert (summary["areas"], summary["proven"], summary["breaches"]) == (4, True, [])


def test_a_changed_digit_fails_the_verification_in_words(country: Path, tmp_path: Path) -> None:
    plan(country, tmp_path / "plan")
    path = tmp_path / "plan/settlement.csv"
    path.write_text(path.read_text().replace("1", "2", 1))

    result = run("verify", tmp_path / "plan")

    assert result.exit_code == 1
    assert "settlement.csv is not the file that was written" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--areas", "7"), "with these bounds 3 to 4 areas would"),
        (("--criteria", "missing.toml"), "it is not a TOML file"),
        (("--places", "missing"), "this is not a places package"),
        (("--formula", "missing.toml"), "missing.toml"),
    ],
)
def test_a_mistake_is_a_sentence_and_leaves_nothing(
    country: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = plan(country, tmp_path / "plan", *arguments)

    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "plan").exists()


def test_a_folder_with_something_in_it_is_left_alone(country: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep")

    for more in ((), ("--force",)):
        result = plan(country, tmp_path / "mine", *more)
        assert result.exit_code == 1
        assert "is not empty" in result.output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("folder", ["missing", "."])
def test_what_is_no_plan_is_not_verified(tmp_path: Path, folder: str) -> None:
    result = run("verify", tmp_path / folder)

    assert result.exit_code == 1
    assert "Name a folder that 'folkmoot plan --out' wrote" in result.output


def interrupted(folder: Path, *, times: int) -> tuple[int, str]:
    """Plan England, press Ctrl-C some times, and say how it ended."""
    command = [sys.executable, "-m", "folkmoot", "plan", "--out", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        while "Counting the areas" not in running.stderr.readline():
            pass
        for _ in range(times):
            os.kill(running.pid, signal.SIGINT)
            time.sleep(0.2)
        told = running.stderr.read()
    return running.returncode, told


def test_an_interrupt_leaves_the_best_plan_so_far_and_says_so(tmp_path: Path) -> None:
    code, told = interrupted(tmp_path / "plan", times=1)

    assert code == 0
    assert "Ending with the best plan so far" in told
    record = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert record["is_cut_short"]
    assert not record["is_proven"]
    assert run("verify", tmp_path / "plan").exit_code == 0


def test_a_second_interrupt_leaves_no_folder(tmp_path: Path) -> None:
    code, told = interrupted(tmp_path / "plan", times=2)

    assert code == 130
    assert "Traceback" not in told
    assert not (tmp_path / "plan").exists()
