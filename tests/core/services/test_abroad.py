"""Examples abroad: sourced, and out of reach of every calculation."""

import re

from folkmoot.parameters.reader import PACKAGED
from folkmoot.services.abroad import examples_abroad
from folkmoot.services.figures import shipped_figures

SHOWN_IN = {"exhibits/abroad.py", "cli/service_lists.py", "services/abroad.py"}
"""The modules that print examples; none of them computes."""


def test_each_country_has_an_example_with_its_source_and_state() -> None:
    found = examples_abroad()
    places = " ".join(one.geography for one in found.values())
    for country in ("Spain", "Scandinavia", "Canada", "Netherlands", "Japan"):
        assert country in places
    for one in found.values():
        assert one.source.title
        assert one.note


def test_no_calculation_can_read_an_example() -> None:
    codes = set(examples_abroad())
    assert not codes & set(shipped_figures())
    package = PACKAGED.parent
    words = re.compile("|".join(map(re.escape, sorted(codes | {"examples_abroad", "abroad.toml"}))))
    readers = {
        str(path.relative_to(package))
        for pattern in ("**/*.py", "parameters/**/*.toml")
        for path in package.glob(pattern)
        if words.search(path.read_text(encoding="utf-8"))
    }
    assert readers <= SHOWN_IN | {"parameters/abroad.toml"}
