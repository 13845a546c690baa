"""Every command explains itself, with an example, and stands in the documentation."""

from inspect import cleandoc

import click
import pytest
from tools import parameter_docs
from tools.command_line_docs import PAGE, commands, page

from folkmoot.cli import main

ALL = dict(commands(main, "folkmoot"))
FORMULA = parameter_docs.FIRST
"""Files that a formula is made of, which come first."""


@pytest.mark.parametrize("path", ALL)
def test_every_command_has_help(path: str) -> None:
    assert ALL[path].help
    for option in ALL[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.name}"


@pytest.mark.parametrize("path", [p for p, c in ALL.items() if not isinstance(c, click.Group)])
def test_every_command_shows_an_example(path: str) -> None:
    assert f"\n    {path} " in cleandoc(ALL[path].help or ""), path


def test_the_reference_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_of_parameters_is_what_the_files_say() -> None:
    assert parameter_docs.PAGE.read_text(encoding="utf-8") == parameter_docs.page()


def test_every_parameter_of_the_formula_has_a_day_and_a_source() -> None:
    files = [part for part in parameter_docs.page().split("\n## ") if part.startswith(FORMULA)]
    rows = [line for part in files for line in part.splitlines() if line.startswith("| `")]

    assert len(rows) > 100
    assert [row for row in rows if "| – |" in row] == []
