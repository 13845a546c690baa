"""What people asked a service for, and what they were given.

In:        for each service and kind of help: people asked about it, those who asked for it,
           those given it, and those who were both.
Out:       the share who asked and who were given; the share of those who asked that were heard,
           and of those given it that had asked; concordance; each with Wilson's interval.
Rule:      a share that rests on fewer than ten people either way is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from folkmoot.outcomes.errors import AskedError
from folkmoot.parameters.reader import packaged
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.source import ROW_STATES
from folkmoot.vocabulary.statistics.intervals import wilson
from folkmoot.vocabulary.statistics.suppression import BELOW

EXAMPLE = "asked_example.csv"
ASKED_COLUMNS = ("service", "help", "people", "asked", "given", "both", "source", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One kind of help of one service, as people were counted."""

    service: str
    name: str
    people: int
    """Whose wish and whose help are both known."""
    asked: int
    given: int
    both: int
    source: str
    state: str

    @property
    def alike(self) -> int:
        """People given what they asked for, or neither asking nor given."""
        return self.people - self.asked - self.given + 2 * self.both


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of people, with its 95% interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAndGiven:
    """Shares of one kind of help; None where too few people would be told of."""

    help: Help
    asked: Share | None
    """Of all."""
    given: Share | None
    """Of all."""
    heard: Share | None
    """Of those who asked: given it."""
    wanted: Share | None
    """Of those given it: had asked."""
    concordance: Share | None
    """Of all: given what they asked for, or neither."""


def asked_for_and_given(one: Help, *, below: int = BELOW) -> AskedAndGiven:
    """Set what people asked for beside what they were given.

    Examples
    --------
    >>> found = asked_for_and_given(Help(service="s", name="medication", people=100, asked=30,
    ...                                  given=60, both=20, source="", state="seen"))
    >>> found.heard and round(found.heard.value, 3), found.concordance and found.concordance.value
    (0.667, 0.5)
    """
    cells = (one.both, one.asked - one.both, one.given - one.both,
             one.people - one.asked - one.given + one.both)  # fmt: skip
    # Any one of the three that join both answers would give the cells away with the margins.
    joint = below if not any(0 < cell < below for cell in cells) else one.people + 1
    return AskedAndGiven(
        help=one,
        asked=_share(one.asked, one.people, below),
        given=_share(one.given, one.people, below),
        heard=_share(one.both, one.asked, joint),
        wanted=_share(one.both, one.given, joint),
        concordance=_share(one.alike, one.people, joint),
    )


def _share(count: int, of: int, below: int) -> Share | None:
    """A share with Wilson's interval; None where it would tell of few people, or of nobody."""
    if of < below or 0 < count < below or 0 < of - count < below:
        return None
    lower, upper = wilson(np.array([float(count)]), np.array([float(of)]))
    return Share(value=count / of, lower=float(lower[0]), upper=float(upper[0]))


def warning() -> str:
    """Why this is counted: a published case, in words, with how sure it is."""
    file = packaged("evidence.toml")
    section = file.section("asked_warning")
    given, asked = float(section.ratio("given")), float(section.ratio("asked_below"))
    state, what = section.text("state").replace("_", " "), section.text("help")
    title = section.section("source").text("title")
    file.check()
    said = f"{given:.0%} were given {what}, under {asked:.0%} asked for it"
    return f"One case: {said} ({title}; {state})."


def read_asked(path: Path) -> tuple[Help, ...]:
    """Read a table in the form of ``parameters/asked_example.csv``.

    Raises
    ------
    AskedError
        With every fault, such as more people given help than there are.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*ASKED_COLUMNS):
        raise AskedError(str(path), faults.found)
    table.once(("service", "help"))
    found = tuple(_rows(table))
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each kind of help.")
    if faults.found:
        raise AskedError(str(path), faults.found)
    return found


def _rows(table: Table) -> Iterator[Help]:
    texts = {name: table.text(name) for name in ("service", "help", "source", "state")}
    counts = {
        name: table.whole(name, what="a number of people").tolist()
        for name in ("people", "asked", "given", "both")
    }
    for n in range(len(table)):
        one = Help(
            service=texts["service"][n],
            name=texts["help"][n],
            source=texts["source"][n],
            state=texts["state"][n],
            **{name: column[n] for name, column in counts.items()},
        )
        for column, problem, mend in _wrong(one):
            table.fault(n, column, problem, mend)
        yield one


def _wrong(one: Help) -> Iterator[tuple[str, str, str]]:
    for column, count in (("asked", one.asked), ("given", one.given)):
        if count > one.people:
            yield column, f"{count:,} are more than all {one.people:,}.", "Correct one of the two."
    if one.both > min(one.asked, one.given):
        mend = "Count those who asked and were given."
        yield "both", f"{one.both:,} are more than asked, or were given.", mend
    elif one.asked + one.given - one.both > one.people:
        problem = "asked and given together are more people than there are."
        yield "both", problem, "Count those who asked and were given: they are in both."
    if one.state and one.state not in ROW_STATES:
        yield "state", f"'{one.state}' is not known.", nearest(one.state, ROW_STATES)
