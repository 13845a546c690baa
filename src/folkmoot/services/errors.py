"""What can be wrong with figures, programmes, tests, registers and money flows.

ServicesError                a mistake in what is commissioned, by whom, or how money runs
├── FigureError              published figures that cannot be used; every fault listed
├── RoundingError            a printed sum that its parts do not explain
├── CatalogueError           programmes that do not fit their streams; every fault listed
├── FunctionsError           the list of functions and who holds them; every fault listed
├── TestInputError           inputs of the devolution test; every fault listed
├── ScoreError               scores of deals that cannot be, or that nothing supports; every fault
├── SplitUndeclaredError     a published sum that nobody has said how to split
├── DeclarationError         savings that are declared in part, or cannot be; every fault
├── PreventionError          a table of who pays and who gains; every fault
├── RegisterError            days on which nobody, or more than one body, is accountable
├── NotRegisteredError       a function, block or day that the register does not hold
└── FlowError                a holder whose money in is not its money out
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.errors import FaultsError, FolkmootError
from folkmoot.vocabulary.money import in_pounds


class ServicesError(FolkmootError):
    """A mistake in what is commissioned, by whom, or how the money runs."""


class FigureError(ServicesError, FaultsError):
    """Published figures that cannot be used."""

    what = "figures"
    why = "A figure without a source, a unit and a day cannot be checked by anyone."


class CatalogueError(ServicesError, FaultsError):
    """Programmes that do not fit their streams."""

    what = "catalogue"
    why = "Every pound of a stream must stand in exactly one line."


class FunctionsError(ServicesError, FaultsError):
    """A list of functions that does not say who holds each."""

    what = "list of functions"
    why = "A function that nobody holds has residents with no commissioner."


class TestInputError(ServicesError, FaultsError):
    """Inputs of the devolution test that cannot be."""

    __test__ = False  # the name is the field's; pytest must not collect it
    what = "devolution test"
    why = "A service may be kept at the centre only for a reason that can be checked."


class ScoreError(ServicesError, FaultsError):
    """Scores of deals that cannot be, or that nothing supports."""

    what = "file of deals"
    why = "A score without evidence is an opinion, and a blank is not 0."


class DeclarationError(ServicesError, FaultsError):
    """A declaration of what administration costs that cannot be used."""

    what = "declaration"
    why = "What administration would release is only as good as what is declared."


class PreventionError(ServicesError, FaultsError):
    """A table of who pays and who gains that cannot be used."""

    what = "table of options"
    why = "Who pays and who gains must be told for every pound and year."


class SplitUndeclaredError(ServicesError):
    """A published sum that would have to be split between classes, and nobody says how."""

    def __init__(self, total: str, classes: Sequence[str]) -> None:
        super().__init__(total, tuple(classes))
        self.total, self.classes = total, tuple(classes)

    def __str__(self) -> str:
        return (
            f"The published sum '{self.total}' has no published build-up, so it cannot be split "
            f"between {', '.join(self.classes)}. Any split would be made up here and look like "
            "a fact. Give each class its own 'cost', or declare one class alone."
        )


class RoundingError(ServicesError):
    """A printed sum that differs from its parts by more than rounding can explain."""

    def __init__(self, total: str, line: Fraction, most: Fraction, unit: str) -> None:
        super().__init__(total, line, most, unit)
        self.total, self.line, self.most, self.unit = total, line, most, unit

    def __str__(self) -> str:
        return (
            f"The published total '{self.total}' differs from its parts by "
            f"{float(self.line):g} {self.unit}, and rounding explains {float(self.most):g} at "
            "most. A part is missing, doubled or misread. Compare each with its source."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFault:
    """A function, some blocks and some days without exactly one accountable body."""

    kind: Literal["gap", "overlap"]
    function: FunctionCode
    blocks: tuple[BlockCode, ...]
    first_day: date
    last_day: date | None
    """None: for ever."""
    bodies: tuple[CommissionerCode, ...] = ()

    def __str__(self) -> str:
        shown = ", ".join(self.blocks[:5]) + (" …" if len(self.blocks) > 5 else "")
        where = f"'{self.function}' in {len(self.blocks)} block(s) ({shown})"
        until = f"and {_day(self.last_day)}" if self.last_day else "and ever after"
        between = f"Between {_day(self.first_day)} {until}"
        if self.kind == "gap":
            return (
                f"{between} nobody is accountable for {where}. Residents there would have no "
                f"commissioner. Move the new body's vesting day to {_day(self.first_day)}, or "
                f"keep the present one{f' until {_day(self.last_day)}' if self.last_day else ''}."
            )
        return (
            f"{between} more than one body is accountable for {where}: "
            f"{', '.join(self.bodies)}. Each could leave it to the other. End one entry "
            "before the other begins."
        )


class RegisterError(ServicesError):
    """A register that cannot be published: who is accountable is not one answer."""

    shown = 50
    """Faults printed one by one; the rest are counted."""

    def __init__(self, faults: Sequence[RegisterFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        lines = [
            f"The register has {len(self.faults)} fault(s), so no plan can rest on it.",
            *(f"  {number}. {one}" for number, one in enumerate(self.faults[: self.shown], 1)),
        ]
        if len(self.faults) > self.shown:
            lines.append(f"  … and {len(self.faults) - self.shown} more.")
        return "\n".join(lines)


class NotRegisteredError(ServicesError):
    """A question about a function, block or day that the register does not hold."""

    def __init__(self, what: str, code: str, advice: str) -> None:
        super().__init__(what, code, advice)
        self.what, self.code, self.advice = what, code, advice

    def __str__(self) -> str:
        return (
            f"The register holds no {self.what} '{self.code}', so it cannot say who "
            f"commissions it. {self.advice}"
        )


class FlowError(ServicesError):
    """A holder whose money in is not its money out."""

    def __init__(self, holder: str, received: int, paid: int) -> None:
        super().__init__(holder, received, paid)
        self.holder, self.received, self.paid = holder, received, paid

    def __str__(self) -> str:
        return (
            f"The money flow does not balance at '{self.holder}': {in_pounds(self.received)} "
            f"comes in and {in_pounds(self.paid)} goes out. Money would appear or vanish "
            f"there. Route the missing {in_pounds(abs(self.received - self.paid))}."
        )


def _day(day: date) -> str:
    """Write a day as people do: 1 April 2031."""
    return f"{day.day} {day:%B %Y}"
