"""The list of functions: what it says, and what it refuses."""

import pytest

from folkmoot.parameters.reader import Section
from folkmoot.services.errors import FunctionsError
from folkmoot.services.facts import shipped_test_inputs
from folkmoot.services.functions import ByTest, read_functions, shipped_functions


def test_every_function_that_is_put_to_the_test_has_facts_and_no_other_has() -> None:
    tested = {one.code for one in shipped_functions().functions if isinstance(one.after, ByTest)}
    assert tested == set(shipped_test_inputs().facts)


def test_every_function_names_its_source_and_state() -> None:
    for function in shipped_functions().functions:
        assert function.source.title
        assert function.state in {"seen", "computed", "to_check", "disputed"}


def test_every_fault_of_a_file_is_listed_at_once() -> None:
    values = {
        "register": {"first_day": "soon", "vesting_day": "later", "source": "us"},
        "source": {"us": {"title": "Ours", "publisher": "us", "published": "2026"}},
        "commissioner": {"centre": {"name": "Centre", "kind": "ministry"}},
        "local": {"board": {"name": "Board", "role": "health", "geography": "icb"}},
        "function": {
            "one": {
                "name": "One",
                "before": {"body": "center"},
                "after": {"by": "chance"},
                "source": "us",
                "state": "seen",
            }
        },
    }
    with pytest.raises(FunctionsError) as caught:
        read_functions(Section(file="mine.toml", key="", values=values))

    assert {str(fault.column) for fault in caught.value.faults} >= {
        "commissioner.centre.kind",
        "local.board.role",
        "local.board.name",
        "function.one.before.body",
        "function.one.after.by",
        "register.first_day",
    }


def test_a_file_without_functions_is_refused() -> None:
    with pytest.raises(FunctionsError, match="no function is named"):
        read_functions(Section(file="mine.toml", key="", values={}))
