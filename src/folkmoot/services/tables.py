"""Rows of the tables in which a register and a money flow are published.

In:        a register; a money flow.
Out:       rows under the columns named here, in a fixed order.
Rule:      what is to check says so in its ``state``.
Not here:  writing files (``plan``).
"""

from collections.abc import Iterator, Mapping

from folkmoot.services.catalogue import Catalogue
from folkmoot.services.devolution_test import TestResult
from folkmoot.services.flow import MoneyFlow
from folkmoot.services.functions import After, AsBefore, ByBody, ByLead, ByTest, Function
from folkmoot.services.register import Period, Register
from folkmoot.vocabulary.source import STATES, State

Row = tuple[str | int | float, ...]

FUNCTION_COLUMNS = ("function", "block", "period", "commissioner")
FUNCTION_CATALOGUE_COLUMNS = (
    *("function", "name", "stream", "result", "state", "reason", "source"),
    "vesting_day",
)
COMMISSIONER_COLUMNS = ("commissioner", "name", "kind")
JOINT_ARRANGEMENT_COLUMNS = ("function", "areas", "lead")
SPLIT_BLOCK_COLUMNS = ("kind", "block", "commissioner", "share")
MONEY_COLUMNS = (
    *("period", "layer", "from", "to", "stream", "pence", "cause", "source"),
    *("from_name", "to_name"),
)

PERIODS: tuple[Period, ...] = ("before", "after")

UNTESTED: Mapping[type[After], str] = {
    AsBefore: "unchanged",
    ByBody: "centre",
    ByLead: "devolve",
    ByTest: "retain",
}
"""What happens to a function that was not put to the devolution test, by its rule."""


def function_rows(register: Register) -> Iterator[Row]:
    """Who is accountable for each function in each block: one row a function, block, period."""
    for period in PERIODS:
        for function, holders in register.holdings(period).items():
            for block, body in zip(register.blocks, holders, strict=True):
                yield function, block, period, body


def function_catalogue_rows(register: Register) -> Iterator[Row]:
    """Each function, what the devolution test says of it, why, and how sure that is."""
    for function in register.functions:
        yield _function_row(register, function)


def commissioner_rows(register: Register) -> Iterator[Row]:
    """Every body that holds a function or passes on its money."""
    for one in register.commissioners.values():
        yield one.code, one.name, one.kind


def joint_arrangement_rows(register: Register) -> Iterator[Row]:
    """Areas that hold a function together, and the one whose body answers for it."""
    for one in register.arrangements:
        yield one.function, "; ".join(one.areas), one.lead


def split_block_rows(register: Register) -> Iterator[Row]:
    """Blocks in which more than one local body of a kind really acts today.

    The register names the first as accountable; the others act there too.
    """
    for split in register.splits:
        for body, share in split.shares:
            yield split.kind, split.block, body, share


def money_rows(flow: MoneyFlow, catalogue: Catalogue) -> Iterator[Row]:
    """Both ledgers, one row a band; ``layer`` is that of the holder it leaves, 1 the Treasury."""
    sources = {stream.code: str(stream.amount.source) for stream in catalogue.streams}
    for period, ledger in (("before", flow.before), ("after", flow.after)):
        for entry in ledger.entries:
            here, there = flow.holders[entry.from_holder], flow.holders[entry.to_holder]
            yield (
                *(period, here.layer, here.code, there.code, entry.stream, entry.pence),
                *(entry.cause, sources[entry.stream], here.name, there.name),
            )


def least_sure(states: list[State]) -> State:
    """The least sure of several states.

    Examples
    --------
    >>> least_sure(["seen", "to_check"])
    'to_check'
    """
    return max(states, key=STATES.index)


def _function_row(register: Register, function: Function) -> Row:
    """One function; without a test, its rule says what happens to it."""
    result = register.results.get(function.code)
    told = [(function.state, str(function.source), function.note)]
    if result is not None and function.code in register.evidence:
        evidence = register.evidence[function.code]
        told.append((evidence.state, str(evidence.source), evidence.note))
    notes = dict.fromkeys(note for _, _, note in told)
    return (
        *(function.code, function.name, function.stream),
        UNTESTED[type(function.after)] if result is None else " or ".join(result.possible),
        least_sure([state for state, _, _ in told]),
        " ".join(filter(None, (*_reason(result), *notes))),
        "; ".join(dict.fromkeys(source for _, source, _ in told)),
        register.vesting[function.code].isoformat(),
    )


def _reason(result: TestResult | None) -> Iterator[str]:
    """Why a function goes where it goes, as sentences."""
    if result is not None:
        yield f"{result.reason[0].upper()}{result.reason[1:]}."
        if result.result is None:
            yield f"Until then: {result.strongest.replace('_', ' ')}."
