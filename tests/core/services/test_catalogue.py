"""The catalogue: every pound of a stream in exactly one line, listed or not."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.parameters.reader import Section, packaged_in
from folkmoot.services.catalogue import (
    Catalogue,
    Programme,
    Stream,
    read_catalogue,
    shipped_catalogue,
)
from folkmoot.services.errors import CatalogueError
from folkmoot.services.figures import Figure, shipped_figures
from folkmoot.vocabulary.codes import CommissionerCode, ProgrammeCode, StreamCode
from folkmoot.vocabulary.source import Source

SOURCE = Source(title="Made up", publisher="us", published="2026")
HEALTH = StreamCode("health")


def pounds(code: str, amount: int) -> Figure:
    return Figure(
        code=code,
        published_text=f"£{amount}",
        kind="exact",
        value=Fraction(amount),
        unit="GBP a year",
        first_day=date(2026, 4, 1),
        geography="Here",
        source=SOURCE,
        state="seen",
    )


def programme(number: int, amount: int | None, stream: str = "health") -> Programme:
    code = f"p{number}"
    return Programme(
        code=ProgrammeCode(code),
        stream=StreamCode(stream),
        name=code,
        amount=None if amount is None else pounds(code, amount),
        source=SOURCE,
        state="seen",
    )


def catalogue(total: int, amounts: list[int | None]) -> Catalogue:
    route = (CommissionerCode("department"), CommissionerCode("board"))
    stream = Stream(code=HEALTH, name="Health", amount=pounds("health", total), route=route)
    return Catalogue(
        streams=(stream,),
        programmes=tuple(programme(number, amount) for number, amount in enumerate(amounts)),
        total=pounds("total", total),
    )


amounts = st.lists(st.none() | st.integers(0, 10**9), max_size=12)


@given(amounts, st.integers(0, 10**9))
def test_lines_sum_to_their_stream_to_the_penny(found: list[int | None], beyond: int) -> None:
    total = sum(amount or 0 for amount in found) + beyond
    lines = catalogue(total, found).lines(HEALTH)

    assert sum(line.pence for line in lines) == total * 100
    assert all(line.pence > 0 for line in lines)
    unlisted = [line for line in lines if not line.is_listed]
    assert [line.programme for line in unlisted] == (["health-unlisted"] if beyond else [])


@given(amounts.filter(bool), st.integers(0, 10**9), st.data())
def test_deleting_a_programme_moves_its_money_to_the_unlisted_line(
    found: list[int | None], beyond: int, data: st.DataObject
) -> None:
    whole = catalogue(sum(amount or 0 for amount in found) + beyond, found)
    gone = data.draw(st.sampled_from([one.code for one in whole.programmes]))
    before = {line.programme: line.pence for line in whole.lines(HEALTH)}
    after = {line.programme: line.pence for line in whole.without(gone).lines(HEALTH)}

    unlisted = ProgrammeCode("health-unlisted")
    assert after.get(unlisted, 0) == before.get(unlisted, 0) + before.get(gone, 0)
    assert sum(after.values()) == sum(before.values())


def test_programmes_dearer_than_their_stream_are_refused() -> None:
    with pytest.raises(CatalogueError, match=r"'health' has £5\.00, and its programmes £6\.00"):
        catalogue(5, [2, 4])


def test_doubled_codes_and_unknown_streams_are_listed_together() -> None:
    whole = catalogue(5, [1])
    with pytest.raises(CatalogueError) as caught:
        replace(whole, programmes=(*whole.programmes, programme(0, 1), programme(7, 1, "none")))

    assert [fault.column for fault in caught.value.faults] == ["p0", "p7"]


def test_an_unknown_stream_is_refused_with_those_there_are() -> None:
    with pytest.raises(CatalogueError, match="Known: employment, health, offender, skills"):
        shipped_catalogue().lines(StreamCode("helth"))


def test_the_shipped_catalogue_adds_up_to_what_is_shared() -> None:
    found = shipped_catalogue()
    lines = [line for stream in found.streams for line in found.lines(stream.code)]

    assert sum(line.pence for line in lines) == 10_760_000_000_000
    assert found.rounding().pence == 10_000_000_000
    assert {one.code for one in found.programmes} >= {"jobcentre-plus", "adult-education-budget"}
    for one in found.programmes:
        assert one.amount is None, "nothing false is added up"


def test_the_formula_shares_the_sums_that_the_catalogue_lists() -> None:
    quanta = {
        code: stream.rows("quantum")[0].whole("pence")
        for file in packaged_in("streams")
        for code, stream in file.sections("stream").items()
    }
    assert quanta == {one.code: one.amount.pence for one in shipped_catalogue().streams}


def test_every_fault_of_a_file_is_listed_at_once() -> None:
    values = {
        "total": "no-such-figure",
        "stream": {"health": {"name": "Health", "amount": "areas", "route": "health-department"}},
        "programme": {"p": {"stream": "health", "name": 5, "state": "seen", "source": "us"}},
    }
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(Section(file="mine.toml", key="", values=values), shipped_figures())

    assert [fault.column for fault in caught.value.faults] == [
        "total",
        "stream.health.route",
        "programme.p.name",
        "programme.p.source",
    ]
