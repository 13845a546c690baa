"""Every method of review stands in the documentation with its source."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import folkmoot.outcomes
from folkmoot.outcomes.results import Method

PAGE = Path(__file__).parents[2] / "docs/reference/methods.md"
METHODS = {
    (one.code, name): one
    for module in iter_modules(folkmoot.outcomes.__path__, "folkmoot.outcomes.")
    for name, one in vars(import_module(module.name)).items()
    if isinstance(one, Method)
}


@pytest.mark.parametrize("key", sorted(METHODS))
def test_every_method_has_a_row_that_names_its_sources(key: tuple[str, str]) -> None:
    method = METHODS[key]
    rows = re.findall(rf"^\| {method.code} \|.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert len(rows) == 1
    for year in re.findall(r"\b(?:19|20)\d\d\b", method.sources):
        assert year in rows[0], f"{method.code}: {year}"
    assert method.cannot_say
    assert method.cannot_say.endswith(".")
