"""A formula written whole is the same formula when it is read back."""

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.exhibits.conftest import EVERYTHING
from tests.core.funding.funded_country import SOURCE

from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.formula_text import exact, formula_text
from folkmoot.vocabulary.errors import ParameterError

DECLARED = """
[formula]
virement_ratio = "0.1"

[bounds]
floor_range = ["-0.03", "-0.01"]

[stream.health]
growth_range = ["0", "1/30"]

[stream.health.outcome_weights]
work = "1/3"
"pay and prospects" = "2/3"
"""
SPEND = f"""
[stream.health]
baseline = "spend"

[stream.health.spend]
first_day = 2025-04-01
source = {SOURCE}

[stream.health.spend.pence]
"a b" = 5
b = 7

[entitlement.third]
stream = "health"
rule = "per_head"
pence = "1/3"
title = 'with "quotes" and £'
first_day = 2026-04-01
source = {SOURCE}
"""


@pytest.mark.parametrize(("text", "years"), [("", 4), (EVERYTHING, 2), (SPEND, 3), (DECLARED, 2)])
def test_nothing_is_lost_and_nothing_lies_beneath(
    formula_of: Callable[..., Formula], tmp_path: Path, text: str, years: int
) -> None:
    formula = formula_of(text, years=years)
    path = tmp_path / "parameters.toml"
    path.write_text(formula_text(formula), encoding="utf-8")
    again = read_formula(path)

    for one in fields(formula):
        if one.name != "sha256":
            assert getattr(again, one.name) == getattr(formula, one.name), one.name
    assert list(again.sha256) == ["parameters.toml"]
    assert formula_text(again) == formula_text(formula)


def test_a_whole_formula_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parameters.toml"
    text = formula_text(read_formula())
    start, end = text.index("[published_total]"), text.index("[stream.employment]")
    path.write_text(text[:start] + text[end:], encoding="utf-8")

    with pytest.raises(ParameterError, match=r"published_total"):
        read_formula(path)


@given(st.fractions())
def test_an_exact_number_is_read_back_as_it_was(value: Fraction) -> None:
    assert Fraction(exact(value)) == value
