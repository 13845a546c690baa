"""What people asked for and were given: counts that fit, shares that tell of nobody."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.exhibits.asked_chart import asked_chart
from folkmoot.outcomes.asked_for_and_given import (
    EXAMPLE,
    Help,
    asked_for_and_given,
    read_asked,
    warning,
)
from folkmoot.outcomes.errors import AskedError
from folkmoot.parameters.reader import PACKAGED


def counted(both: int, asked_only: int, given_only: int, neither: int) -> Help:
    return Help(
        service="s",
        name="help",
        people=both + asked_only + given_only + neither,
        asked=both + asked_only,
        given=both + given_only,
        both=both,
        source="made up",
        state="made_up",
    )


people = st.integers(0, 500)


@given(people, people, people, people)
def test_shares_are_what_counting_people_one_by_one_says(
    both: int, asked_only: int, given_only: int, neither: int
) -> None:
    cells = (both, asked_only, given_only, neither)
    each = (
        [(True, True)] * both
        + [(True, False)] * asked_only
        + [(False, True)] * given_only
        + [(False, False)] * neither
    )
    found = asked_for_and_given(counted(both, asked_only, given_only, neither))
    wanted = {
        "asked": [asked for asked, _ in each],
        "given": [got for _, got in each],
        "heard": [got for asked, got in each if asked],
        "wanted": [asked for asked, got in each if got],
        "concordance": [asked == got for asked, got in each],
    }
    for name, marks in wanted.items():
        share, yes = getattr(found, name), sum(marks)
        is_joint = name in {"heard", "wanted", "concordance"}
        gives_away = is_joint and any(0 < cell < 10 for cell in cells)
        if gives_away or len(marks) < 10 or 0 < yes < 10 or 0 < len(marks) - yes < 10:
            assert share is None
        else:
            assert share.value == pytest.approx(yes / len(marks))
            assert share.lower <= share.value <= share.upper


def test_the_interval_is_wilsons_as_printed() -> None:
    found = asked_for_and_given(counted(65, 35, 0, 0))
    assert found.heard is not None
    assert found.heard.lower == pytest.approx(0.5525444329688797)
    assert found.heard.upper == pytest.approx(0.7363575175690247)


def test_asked_and_given_may_be_exchanged_and_concordance_stays() -> None:
    one, other = (asked_for_and_given(counted(40, *sides, 60)) for sides in ((30, 20), (20, 30)))
    assert one.concordance == other.concordance
    assert (one.heard, one.wanted) == (other.wanted, other.heard)


def test_the_published_warning_says_how_sure_it_is() -> None:
    said = warning()
    assert "98% were given medication, under 20% asked for it" in said
    assert "to check" in said


def test_the_example_is_read_and_drawn_as_made_up() -> None:
    found = [asked_for_and_given(one) for one in read_asked(PACKAGED / EXAMPLE)]
    assert {one.help.state for one in found} == {"made_up"}
    drawn = asked_chart(found)
    assert "Made up: these people show the form" in drawn
    assert "medication: 22% asked, 92% were given it." in drawn
    few = asked_chart([asked_for_and_given(counted(3, 2, 1, 200))])
    assert "too few people to tell" in few


def test_every_fault_of_a_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    head = "service,help,people,asked,given,both,source,state\n"
    path.write_text(
        head
        + "s,a,10,11,12,3,x,seen\n"
        + "s,b,10,5,4,5,x,seen\n"
        + "s,c,10,6,7,2,,sure\n"
        + "s,c,10,-1,7,0,x,seen\n",
        encoding="utf-8",
    )
    with pytest.raises(AskedError) as caught:
        read_asked(path)
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {
        *((2, "asked"), (2, "given"), (2, "both"), (3, "both"), (4, "both"), (4, "source")),
        *((4, "state"), (5, "help"), (5, "asked")),
    }
    said = str(caught.value)
    assert "11 are more than all 10" in said
    assert "5 are more than asked, or were given" in said
    assert "asked and given together are more people than there are" in said
    path.write_text(head, encoding="utf-8")
    with pytest.raises(AskedError, match="it has no row"):
        read_asked(path)
    path.write_text("service\n", encoding="utf-8")
    with pytest.raises(AskedError, match="the column 'help' is missing"):
        read_asked(path)
