"""Financial years are read as people write them, and refused when they are none."""

import pytest

from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError


@pytest.mark.parametrize("text", ["2026-27", "2026/27", "2026"])
def test_a_year_is_read_in_each_of_its_forms(text: str) -> None:
    year = FinancialYear.parse(text)

    assert str(year) == "2026-27"
    assert (year.first_day.isoformat(), year.last_day.isoformat()) == ("2026-04-01", "2027-03-31")


def test_the_turn_of_the_century_is_a_year() -> None:
    assert str(FinancialYear.parse("2099-00").next()) == "2100-01"


@pytest.mark.parametrize("text", ["", "2026-28", "26-27", "2026-2027"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(FinancialYearError, match="is not a financial year"):
        FinancialYear.parse(text)
