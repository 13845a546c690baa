"""A tree of need terms."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.errors import TermError
from folkmoot.outcomes.need_terms import Terms


def test_a_term_is_answered_for_by_the_nearest_broader_term_that_has_functions() -> None:
    terms = Terms(
        broader={"mind": None, "low mood": "mind", "grief": "low mood", "cold": None},
        functions={"mind": ("mental-health",), "grief": ("public-health",), "low mood": ()},
    )

    assert terms.answering("low mood") == ("mental-health",)
    assert terms.answering("grief") == ("public-health",)
    assert terms.answering("cold") == ()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20))
def test_likeness_is_a_table_of_likeness(above: list[int]) -> None:
    """Term n is beneath some earlier one, or is broadest; Lin's formula is written out again."""
    parent = {f"t{n}": f"t{up % n}" if n and up % (n + 1) else None for n, up in enumerate(above)}
    terms = Terms(broader=parent, functions={})
    names = list(parent)

    found = terms.likeness(names)

    leaves = [one for one in names if one not in parent.values()]
    said = {
        one: -log(sum(one in terms.path(leaf) for leaf in leaves) / len(leaves)) for one in names
    }
    for a, one in enumerate(names):
        for b, other in enumerate(names):
            shared = [term for term in terms.path(one) if term in terms.path(other)]
            most = max((said[term] for term in shared), default=0.0)
            both = said[one] + said[other]
            expected = 2 * most / both if both else float(bool(shared))
            assert found[a, b] == pytest.approx(1.0 if one == other else expected)
    assert (found == found.T).all()
    assert ((found >= 0) & (found <= 1 + 1e-12)).all()
    assert (np.diag(found) == 1).all()


def test_terms_that_make_no_tree_are_refused() -> None:
    with pytest.raises(TermError, match="no row of their own: mind"):
        Terms(broader={"low mood": "mind"}, functions={})
    with pytest.raises(TermError, match="in the end, narrower: a, b"):
        Terms(broader={"a": "b", "b": "a"}, functions={})
