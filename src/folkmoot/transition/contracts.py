"""What becomes of each contract when its functions pass to the bodies of areas.

In:        contracts with their remaining value by year; who receives what.
Out:       one disposition a contract, who holds how much of it in each year, the day by which
           the provider is told, and questions that are still open.
Rule:      the first disposition that fits. What is retained stays with the centre. The value of
           every year is shared to the penny.
Not here:  how providers are chosen when a contract ends.
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from folkmoot.transition.days import add_months
from folkmoot.transition.errors import ContractError
from folkmoot.transition.receivers import Receivers, shared
from folkmoot.transition.rules import ContractRules, shipped_rules
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear

CENTRE = CommissionerCode("centre")

Disposition = Literal["stays", "expires", "novates", "novates, recharged", "splits", "lead body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract that an old body leaves.

    Raises
    ------
    ContractError
        If it ends before it starts, a value is negative, or it names no block or function.
    """

    code: str
    provider: str
    sector: str
    functions: Mapping[FunctionCode, int]
    """Each with its weight in the value; equal ones share it evenly."""
    blocks: Mapping[BlockCode, int]
    """Each with its weight in the value; all 0: by residents."""
    remaining: Mapping[FinancialYear, int]
    """What is still to be paid. Unit: pence, by year."""
    first_day: date
    last_day: date
    is_severable: bool = False
    has_change_of_control_clause: bool = False
    """Whether the provider may refuse another body."""
    outcome_share: Fraction = Fraction(0)
    """Part of the value that is paid for outcomes."""
    renewal_reason: str = ""
    """Why it is rolled over without competition, where it is to be."""

    def __post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise ContractError(self.code, faults)

    @property
    def pence(self) -> int:
        """What is still to be paid, all years together."""
        return sum(self.remaining.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one body bears of a contract."""

    body: CommissionerCode
    pence: Mapping[FinancialYear, int]

    @property
    def total(self) -> int:
        """All years together. Unit: pence."""
        return sum(self.pence.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What becomes of one contract."""

    contract: Contract
    disposition: Disposition
    holder: CommissionerCode | None
    """The body that signs for it; None where it is split, or ends before."""
    parts: tuple[Part, ...]
    """Who bears what: in each year they sum to the contract's value."""
    vests_on: date | None
    """The first day on which one of its functions passes; None where none does."""
    notice_due: date | None
    """The day by which the provider is told."""
    is_offered: bool
    """Whether it ends so soon after vesting that it is offered to competition."""
    questions: tuple[str, ...]


def dispose(
    contract: Contract, receivers: Receivers, *, rules: ContractRules | None = None
) -> Disposed:
    """Say what becomes of a contract.

    Raises
    ------
    ContractError
        If it names a block or function that the plan does not know.

    Notes
    -----
    In this order: all functions retained: stays. Ends before the first of its functions vests:
    expires. All blocks in one area: novates. One area with at least ``novate_share`` of the
    value: novates there, and the others are recharged. Severable: splits by value. Otherwise
    the area with the largest share leads (a tie goes to the earlier code).
    """
    rules = rules or shipped_rules().contracts
    if faults := list(contract_faults(contract, receivers)):
        raise ContractError(contract.code, faults)
    passing = [one for one in contract.functions if one not in receivers.retained]
    vests = min((receivers.vesting[one] for one in passing), default=None)
    weights = receivers.by_area(contract.blocks)
    if not any(contract.blocks.values()):
        weights = receivers.by_people(contract.blocks)
    kind, holder = _kind(contract, vests, weights, rules)
    if kind in ("stays", "expires"):
        parts: tuple[Part, ...] = (Part(body=CENTRE, pence=contract.remaining),)
    else:
        parts = _parts(contract, passing, weights, alone=holder if kind == "novates" else None)
    goes_on = vests is not None and contract.last_day >= vests
    soon = goes_on and contract.last_day < add_months(vests or date.max, rules.relet_months)
    return Disposed(
        contract=contract,
        disposition=kind,
        holder=CENTRE if kind == "stays" else None if holder is None else body_code(holder),
        parts=parts,
        vests_on=vests,
        notice_due=add_months(vests, -rules.notice_months) if vests and goes_on else None,
        is_offered=soon and not contract.renewal_reason,
        questions=tuple(_questions(contract, kind, parts, len(weights))),
    )


def dispose_all(
    contracts: Sequence[Contract], receivers: Receivers, *, rules: ContractRules | None = None
) -> tuple[Disposed, ...]:
    """What becomes of every contract, by code.

    Raises
    ------
    ContractError
        With the faults of all of them.
    """
    faults = [fault for one in contracts for fault in contract_faults(one, receivers)]
    if faults:
        raise ContractError("contracts", faults)
    ordered = sorted(contracts, key=lambda one: one.code)
    return tuple(dispose(one, receivers, rules=rules) for one in ordered)


def contract_faults(contract: Contract, receivers: Receivers) -> Iterator[Fault]:
    """Blocks and functions of a contract that a plan does not know."""
    for column, codes, known in (
        ("blocks", contract.blocks, receivers.area_of),
        ("functions", contract.functions, receivers.vesting),
    ):
        unknown = [code for code in codes if code not in known]
        if unknown:
            yield _fault(
                contract,
                column,
                f"the plan does not know {', '.join(unknown[:5])}.",
                "Use the codes of the plan's folder.",
            )


def _kind(
    contract: Contract,
    vests: date | None,
    weights: Mapping[AreaCode, int],
    rules: ContractRules,
) -> tuple[Disposition, AreaCode | None]:
    """The first disposition that fits, and the area that holds the contract."""
    if vests is None:
        return "stays", None
    if contract.last_day < vests:
        return "expires", None
    largest = min(weights, key=lambda area: (-weights[area], area))
    if len(weights) == 1:
        return "novates", largest
    if weights[largest] >= rules.novate_share * sum(weights.values()):
        return "novates, recharged", largest
    return ("splits", None) if contract.is_severable else ("lead body", largest)


def _parts(
    contract: Contract,
    passing: Sequence[FunctionCode],
    weights: Mapping[AreaCode, int],
    *,
    alone: AreaCode | None,
) -> tuple[Part, ...]:
    """Who bears what in each year: the centre what it retains, the areas the rest."""
    passes = sum(contract.functions[one] for one in passing)
    stays = sum(contract.functions.values()) - passes
    kept: dict[FinancialYear, int] = {}
    given: dict[AreaCode, dict[FinancialYear, int]] = {area: {} for area in weights}
    for year, pence in contract.remaining.items():
        rest, kept[year] = apportion(pence, (passes, stays))
        found = shared(rest, weights) if alone is None else {alone: rest}
        for area, part in found.items():
            given[area][year] = part
    _leave_a_penny(given)
    parts = [Part(body=body_code(area), pence=pence) for area, pence in sorted(given.items())]
    return (*parts, Part(body=CENTRE, pence=kept)) if stays else tuple(parts)


def _leave_a_penny(given: dict[AreaCode, dict[FinancialYear, int]]) -> None:
    """Give each area that rounding left with nothing a penny of the largest part."""
    for area in sorted(given):
        if sum(given[area].values()) or not given[area]:
            continue
        largest = min(given, key=lambda one: (-sum(given[one].values()), one))
        year = max(given[largest], key=lambda one: (given[largest][one], one))
        if sum(given[largest].values()) > 1:
            given[largest][year] -= 1
            given[area][year] += 1


def _questions(
    contract: Contract, kind: Disposition, parts: Sequence[Part], areas: int
) -> Iterator[str]:
    """What somebody still has to decide or find out."""
    if kind == "expires":
        yield "Does a successor service exist when it ends?"
    if kind == "lead body":
        yield f"Have the {areas} areas made a joint agreement?"
    if kind == "novates, recharged":
        yield f"Have the other {areas - 1} area(s) agreed to be recharged?"
    if contract.has_change_of_control_clause and kind not in ("stays", "expires"):
        yield "Does the provider agree to the change of body?"
    if kind not in ("stays", "expires") and any(part.body == CENTRE for part in parts):
        yield "Who manages the part that the centre retains?"
    if contract.outcome_share and kind == "splits":
        yield "Who measures and pays for outcomes of users who move between areas?"


def _faults(contract: Contract) -> Iterator[Fault]:
    if contract.last_day < contract.first_day:
        yield _fault(
            contract,
            "last_day",
            f"it ends on {contract.last_day}, before it starts on {contract.first_day}.",
            "Correct a day.",
        )
    for year, pence in sorted(contract.remaining.items()):
        if pence < 0:
            yield _fault(
                contract, "remaining", f"{year} has {pence} pence.", "Write 0 pence or more."
            )
    if not contract.blocks:
        yield _fault(contract, "blocks", "it names no block.", "Name those it serves.")
    if not contract.functions or not any(contract.functions.values()):
        yield _fault(contract, "functions", "it names no function.", "Name those it serves.")
    for column, weights in (("functions", contract.functions), ("blocks", contract.blocks)):
        if any(weight < 0 for weight in weights.values()):
            yield _fault(contract, column, "a weight is negative.", "Write 0 or more.")
    if not 0 <= contract.outcome_share <= 1:
        yield _fault(
            contract, "outcome_share", f"{contract.outcome_share} is no part of 1.", "Write 0 to 1."
        )


def _fault(contract: Contract, column: str, problem: str, mend: str) -> Fault:
    return Fault(file=f"contract {contract.code}", column=column, problem=problem, mend=mend)
