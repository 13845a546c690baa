"""Errors of geography: whole sentences, and whole after a journey between processes."""

import pickle

import pytest

from folkmoot.geography.errors import (
    MissingFlowsError,
    MissingGeographyError,
    OtherPlacesError,
)
from folkmoot.vocabulary.errors import FolkmootError

ERRORS = [
    OtherPlacesError("england", ["a", "b"], [f"x{n}" for n in range(7)]),
    OtherPlacesError("england", [], ["x"]),
    MissingGeographyError("parish", "england", ["icb", "police"]),
    MissingFlowsError("england"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_a_worker_process(error: FolkmootError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.args == error.args


def test_long_lists_of_codes_are_cut_and_counted() -> None:
    assert str(ERRORS[0]) == (
        "The area plan was made for other places than 'england': it leaves out a, b; it places "
        "x0, x1, x2, x3, x4 and 2 more, which the package lacks. A plan can only be judged on "
        "its own blocks. Name the package that the plan was made for, or a plan made for this "
        "package."
    )
