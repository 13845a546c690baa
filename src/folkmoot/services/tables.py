"""Rows of the tables in which a register and a money flow are published.

In:        a register; a money flow.
Out:       rows by column, in a fixed order; the columns are those of the plan folder.
Rule:      what is to check says so in its ``state``.
Not here:  writing files (``plan``).
"""

from collections.abc import Iterator, Mapping

from folkmoot.services.catalogue import Catalogue
from folkmoot.services.devolution_test import TestResult
from folkmoot.services.flow import TREASURY, MoneyFlow
from folkmoot.services.functions import After, AsBefore, ByBody, ByLead, ByTest, Function
from folkmoot.services.register import Period, Register
from folkmoot.services.sources import STATES, State

Row = Mapping[str, str | int | float]

UNTESTED: Mapping[type[After], str] = {
    AsBefore: "unchanged",
    ByBody: "centre",
    ByLead: "devolve",
    ByTest: "retain",
}
"""What happens to a function that was not put to the devolution test, by its rule."""

PERIODS: tuple[Period, ...] = ("before", "after")


def function_rows(register: Register) -> tuple[Row, ...]:
    """Who is accountable for each function in each block: one row a function, block, period."""
    return tuple(
        {"function": function, "block": block, "period": period, "commissioner": body}
        for period in PERIODS
        for function, holders in register.holdings(period).items()
        for block, body in zip(register.blocks, holders, strict=True)
    )


def function_catalogue_rows(register: Register) -> tuple[Row, ...]:
    """Each function, what the devolution test says of it, why, and how sure that is."""
    return tuple(_function_row(register, function) for function in register.functions)


def commissioner_rows(register: Register) -> tuple[Row, ...]:
    """Every body that holds a function or passes on its money."""
    return tuple(
        {"commissioner": one.code, "name": one.name, "kind": one.kind}
        for one in register.commissioners.values()
    )


def joint_arrangement_rows(register: Register) -> tuple[Row, ...]:
    """Areas that hold a function together, and the one whose body answers for it."""
    return tuple(
        {"function": one.function, "areas": "; ".join(one.areas), "lead": one.lead}
        for one in register.arrangements
    )


def split_block_rows(register: Register) -> tuple[Row, ...]:
    """Blocks in which more than one local body of a kind really acts today.

    The register names the first as accountable; the others act there too.
    """
    return tuple(
        {"kind": split.kind, "block": split.block, "commissioner": body, "share": share}
        for split in register.splits
        for body, share in split.shares
    )


def money_rows(flow: MoneyFlow, catalogue: Catalogue) -> tuple[Row, ...]:
    """Both ledgers, one row a band; ``layer`` is that of the holder it leaves, 1 the Treasury."""
    sources = {stream.code: str(stream.amount.source) for stream in catalogue.streams}
    names = {code: holder.name for code, holder in flow.holders.items()}
    return tuple(
        {
            "period": period,
            "layer": flow.holders[entry.from_holder].layer,
            "from": entry.from_holder,
            "to": entry.to_holder,
            "stream": entry.stream,
            "pence": entry.pence,
            "cause": entry.cause,
            "source": sources[entry.stream],
            "from_name": names[entry.from_holder],
            "to_name": names[entry.to_holder],
        }
        for period, ledger in (("before", flow.before), ("after", flow.after))
        for entry in ledger.entries
    )


def rounding_row(flow: MoneyFlow, catalogue: Catalogue) -> Row:
    """What a printed total has beyond what is shared: beside the flow, never in it."""
    line = catalogue.rounding()
    return {
        "class": "rounding",
        "from": TREASURY,
        "to": "published-rounding",
        "pence": line.pence,
        "shared_pence": flow.pence,
        "published_text": line.total.published_text,
        "source": str(line.total.source),
    }


def _function_row(register: Register, function: Function) -> Row:
    """One function; without a test, what happens to it stands in the reason."""
    result = register.results.get(function.code)
    evidence = register.inputs.evidence.get(function.code) if register.inputs else None
    states = [function.state, *([evidence.state] if evidence and result else [])]
    sources = [str(function.source), *([str(evidence.source)] if evidence and result else [])]
    notes = [function.note, *([evidence.note] if evidence and result else [])]
    return {
        "function": function.code,
        "name": function.name,
        "stream": function.stream,
        "result": " or ".join(result.possible) if result else UNTESTED[type(function.after)],
        "state": least_sure(states),
        "reason": " ".join(filter(None, (*_reason(result), *dict.fromkeys(notes)))),
        "source": "; ".join(dict.fromkeys(sources)),
    }


def _reason(result: TestResult | None) -> Iterator[str]:
    """Why a function goes where it goes, as a sentence."""
    if result is not None:
        reason = result.reason
        yield f"{reason[0].upper()}{reason[1:]}."
        if result.result is None:
            yield f"Until then: {result.strongest.replace('_', ' ')}."


def least_sure(states: list[State]) -> State:
    """The least sure of several states: disputed, to check, computed, seen.

    Examples
    --------
    >>> least_sure(["seen", "to_check"])
    'to_check'
    """
    return max(states, key=list(STATES).index)
