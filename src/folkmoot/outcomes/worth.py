"""What an option comes to: people, change, value by year, and whether it is worth its cost.

In:        options with their evidence and unit values.
Out:       people reached, change, value by year and to whom, benefit over cost, net value and
           payback, each with the range in which nine draws of ten lie.
Rule:      people = need · reach; change = people · effect · (1 - deadweight), less optimism;
           value of a year = change · unit value · persistence. Fiscal value stands by itself;
           all value together is another account. What is not known is said, and is never 0.
Not here:  what is drawn, and how (``outcomes.option_draws``); which option is best
           (``outcomes.best_option``).
Source:    docs/decisions/0027-evidence-people-and-written-outcomes.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

import numpy as np

from folkmoot.outcomes.evidence import Evidence
from folkmoot.outcomes.option_draws import Drawn, draw
from folkmoot.outcomes.options import Option, Use
from folkmoot.outcomes.unit_values import ValueKind
from folkmoot.parameters.reader import packaged
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector

AccountName = Literal["fiscal", "public"]
ACCOUNTS: tuple[AccountName, ...] = get_args(AccountName)
LABELS: Mapping[AccountName, str] = {
    "fiscal": "fiscal value: money that commissioners get or need not spend",
    "public": "public value: fiscal, economic and social value together",
}
KINDS: Mapping[AccountName, tuple[ValueKind, ...]] = {
    "fiscal": ("fiscal",),
    "public": ("fiscal", "economic", "social"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure with the range in which nine draws of ten lie; None where nothing says."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pence:
    """A sum with its range, in whole pence."""

    value: int
    lower: int | None
    upper: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an option changes for the people whom it reaches."""

    evidence: Evidence
    amount: Spread
    """More of the outcome in the year in which it shows; negative is fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one outcome is worth to one receiver, year by year, not discounted."""

    outcome: str
    kind: ValueKind
    falls_to: str
    pence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An option by one kind of value, in the prices of its sources."""

    label: str
    strength: int
    """Of the weakest evidence that its value rests on: Maryland scale."""
    value: Pence
    """Present value."""
    cost: Pence
    net: Pence
    ratio: Spread | None
    """Benefit over cost; None where it costs nothing."""
    payback: tuple[int | None, int | None, int | None]
    """First year from which on it is never out of pocket: central, earliest, latest of nine
    draws of ten; None where that is not within its years."""
    nets: FloatVector = field(repr=False, compare=False)
    """The net value of every draw; empty where there is no range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an option comes to."""

    option: Option
    people: Spread
    changes: tuple[Change, ...]
    cost: Pence | None
    """All in the first year; None where no cost is known."""
    flows: tuple[Flow, ...]
    accounts: Mapping[AccountName, Account]
    missing: tuple[str, ...]
    """What is not known, and so not in the figures."""
    price_year: str

    def strength(self, account: AccountName) -> int:
        """Of the weakest evidence that an account rests on, or would: Maryland scale."""
        found = self.accounts.get(account)
        weakest = min(use.evidence.strength for use in self.option.uses)
        return weakest if found is None else found.strength


@cache
def discount_rate() -> float:
    """What a pound loses a year, as services reckon too: a figure of parameters/figures.toml."""
    file = packaged("figures.toml")
    found = float(file.section("figure").section("discount-rate").ratio("value", least=0))
    file.check()
    return found


@cache
def range_of_draws() -> tuple[int, float]:
    """How many draws are made, and the part of them outside the range on either side."""
    file = packaged("evidence.toml")
    section = file.section("range")
    found = (section.whole("draws", least=1), float(section.ratio("outside", least=0)))
    file.check()
    return found


def weigh(
    options: Iterable[Option], *, seed: int, draws: int | None = None, rate: float | None = None
) -> tuple[Worth, ...]:
    """Work out what each option comes to.

    Parameters
    ----------
    seed : int
        The same seed gives the same draws, whatever the order of the options; two options that
        rest on one study are lucky or unlucky with it together.
    draws : int, optional
        Default: parameters/evidence.toml.
    rate : float, optional
        Discount rate, a ratio a year. Default: the figure ``discount-rate``.
    """
    many = range_of_draws()[0] if draws is None else draws
    yearly = discount_rate() if rate is None else rate
    return tuple(_weighed(one, seed, many, yearly) for one in options)


def _weighed(option: Option, seed: int, draws: int, rate: float) -> Worth:
    drawn, missing = draw(option, seed=seed, draws=draws), tuple(_missing(option))
    cost = drawn.cost
    return Worth(
        option=option,
        people=_spread(drawn.people, has_range=True),
        changes=tuple(
            Change(
                evidence=one.evidence,
                amount=_spread(drawn.changes[one.evidence.code], has_range=one.evidence.has_range),
            )
            for one in option.uses
            if one.evidence.code in drawn.changes
        ),
        cost=None if cost is None else _pence(cost, has_range=True),
        flows=tuple(_flows(option, drawn)),
        accounts={
            name: _account(name, [*_valued(option, drawn, KINDS[name])], cost, rate)
            for name in ACCOUNTS
            if cost is not None and any(_valued(option, drawn, KINDS[name]))
        },
        missing=missing,
        price_year=_price_year(option),
    )


def _profile(use: Use, years: int) -> FloatVector:
    """Part of the change that is there in each year, counted from 1."""
    until, lasting = use.evidence.years_until, use.evidence.years_lasting
    after = np.arange(years) - (until or 0)
    is_there = (after >= 0) & (after < (lasting or 0))
    return np.where(is_there, use.persistence ** np.maximum(after, 0), 0.0)


def _is_timed(one: Evidence) -> bool:
    return one.years_until is not None and one.years_lasting is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Valued:
    """One outcome that has a value of the kinds asked for."""

    by_year: FloatMatrix
    """Pence, of each draw and year."""
    evidence: Evidence


def _valued(option: Option, drawn: Drawn, kinds: Sequence[ValueKind]) -> Iterator[_Valued]:
    """Each outcome with a change, a time and a value of these kinds; the others are not known."""
    for one in option.uses:
        pence = [value.pence for value in one.values if value.kind in kinds]
        change = drawn.changes.get(one.evidence.code)
        if pence and change is not None and _is_timed(one.evidence):
            yield _Valued(
                by_year=np.outer(change * sum(pence), _profile(one, option.years)),
                evidence=one.evidence,
            )


def _flows(option: Option, drawn: Drawn) -> Iterator[Flow]:
    for one in option.uses:
        if one.evidence.code not in drawn.changes or not _is_timed(one.evidence):
            continue
        change = drawn.changes[one.evidence.code][0] * _profile(one, option.years)
        for value in one.values:
            yield Flow(
                outcome=value.outcome,
                kind=value.kind,
                falls_to=value.falls_to,
                pence=tuple(round(float(pence)) for pence in change * value.pence),
            )


def _account(
    name: AccountName, valued: Sequence[_Valued], cost: FloatVector, rate: float
) -> Account:
    by_year = np.sum([one.by_year for one in valued], axis=0)
    has_range = all(one.evidence.has_range for one in valued)
    value = by_year @ (1.0 + rate) ** -np.arange(by_year.shape[1])
    net = value - cost
    running = by_year.cumsum(axis=1) - cost[:, None]
    return Account(
        label=LABELS[name],
        strength=min(one.evidence.strength for one in valued),
        value=_pence(value, has_range=has_range),
        cost=_pence(cost, has_range=True),
        net=_pence(net, has_range=has_range),
        ratio=_spread(value / cost, has_range=has_range) if (cost > 0).all() else None,
        payback=_payback(running, has_range=has_range),
        nets=net[1:] if has_range else net[:0],
    )


def _payback(running: FloatMatrix, *, has_range: bool) -> tuple[int | None, int | None, int | None]:
    """The first year from which on each draw is never out of pocket."""
    years = running.shape[1]
    is_below = running < 0
    last = np.where(is_below.any(axis=1), years - is_below[:, ::-1].argmax(axis=1), 0)
    first = last + 1
    outside = range_of_draws()[1]
    sides = (outside, 1.0 - outside)
    limits = np.quantile(first[1:], sides, method="inverted_cdf") if has_range else (years + 1,) * 2
    central, early, late = (int(one) for one in (first[0], *limits))
    return _within(central, years), _within(early, years), _within(late, years)


def _within(year: int, years: int) -> int | None:
    return year if year <= years else None


def _spread(values: FloatVector, *, has_range: bool) -> Spread:
    outside = range_of_draws()[1]
    limits = np.quantile(values[1:], (outside, 1.0 - outside)) if has_range else (None, None)
    lower, upper = (None if one is None else float(one) for one in limits)
    return Spread(value=float(values[0]), lower=lower, upper=upper)


def _pence(values: FloatVector, *, has_range: bool) -> Pence:
    found = _spread(values, has_range=has_range)
    lower, upper = (None if one is None else round(one) for one in (found.lower, found.upper))
    return Pence(value=round(found.value), lower=lower, upper=upper)


def _missing(option: Option) -> Iterator[str]:
    """What is not known of an option, in words."""
    if option.first.cost_low is None:
        yield "no cost is known, so no ratio, net value or payback"
    for use in option.uses:
        one = use.evidence
        if one.effect is None:
            yield f"no evidence of {one.outcome}"
            continue
        if not one.has_range:
            yield f"{one.code} has no interval, so there is no range"
        if not _is_timed(one):
            yield f"{one.code} does not say when its effect shows or how long it lasts"
        if not use.values:
            yield f"no value of {one.outcome} is known: it is left out"
        elif not any(value.kind == "fiscal" for value in use.values):
            yield f"no fiscal value of {one.outcome} is known"


def _price_year(option: Option) -> str:
    years = (option.first.price_year, *(v.price_year for u in option.uses for v in u.values))
    return next((str(one) for one in years if one is not None), "")
