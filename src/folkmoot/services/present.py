"""Today's gaps and overlaps: where no local body holds a function, and where several act.

In:        a register.
Out:       one line for the blocks that lack a kind of body, one for each block that is shared.
Rule:      a report, not an error: the register names one accountable body all the same.
Not here:  faults of a register (``services.sweep``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from folkmoot.services.functions import ByPlace
from folkmoot.services.register import Register
from folkmoot.services.tables import Row
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

PRESENT_COLUMNS = ("kind", "functions", "local", "blocks", "residents", "bodies")


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentFault:
    """Where functions are held today by a stand-in, or by more than one body."""

    kind: Literal["gap", "overlap"]
    functions: tuple[FunctionCode, ...]
    local: str
    """The kind of local body that should hold them."""
    blocks: tuple[BlockCode, ...]
    residents: int
    """Of a gap: all who live there; of an overlap: those whose body is not the accountable one."""
    bodies: tuple[CommissionerCode, ...]
    """Of a gap: who stands in; of an overlap: the accountable body, then the others."""


def present_faults(register: Register) -> tuple[PresentFault, ...]:
    """Every gap and overlap of today: gaps first, then by kind of body and block.

    Functions that share one share its line. A function that is delegated is held, for this,
    by whoever acts.
    """
    held: dict[tuple[str, CommissionerCode], list[FunctionCode]] = {}
    for one in register.functions:
        rule = one.delegated or one.before
        if isinstance(rule, ByPlace):
            held.setdefault((rule.local.code, rule.otherwise), []).append(one.code)
    found = [
        fault
        for (local, otherwise), functions in held.items()
        for fault in _of_kind(register, local, otherwise, tuple(functions))
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.local, one.blocks)))


def _of_kind(
    register: Register,
    local: str,
    otherwise: CommissionerCode,
    functions: tuple[FunctionCode, ...],
) -> Iterator[PresentFault]:
    """Those of the functions that one kind of local body holds, with one stand-in."""
    people = dict(zip(register.blocks, register.populations, strict=True))
    if lacking := register.bodiless.get(local, ()):
        yield PresentFault(
            kind="gap",
            functions=functions,
            local=local,
            blocks=lacking,
            residents=sum(people[block] for block in lacking),
            bodies=(otherwise,),
        )
    for split in register.splits:
        if split.kind == local:
            rest = sum((Fraction(share) for _, share in split.shares[1:]), Fraction(0))
            yield PresentFault(
                kind="overlap",
                functions=functions,
                local=local,
                blocks=(split.block,),
                residents=round(people[split.block] * rest),
                bodies=tuple(body for body, _ in split.shares),
            )


def present_rows(register: Register) -> Iterator[Row]:
    """Gaps and overlaps of today, one row each."""
    for one in present_faults(register):
        yield (
            *(one.kind, "; ".join(one.functions), one.local, "; ".join(one.blocks)),
            one.residents,
            "; ".join(one.bodies),
        )
