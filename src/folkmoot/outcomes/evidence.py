"""Evidence of what works: an effect, how strong the study is, what it cost, and how long it lasts.

Rule:      "no evidence" is a row of strength 0 without an effect: it is never an effect of 0.
Not here:  reading a table of it (``outcomes.evidence_table``); what an outcome is worth
           (``outcomes.unit_values``); weighing options (``outcomes.worth``).
Source:    the Maryland scale and its words: parameters/evidence.toml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from folkmoot.outcomes.errors import EvidenceError
from folkmoot.parameters.reader import packaged
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import ROW_STATES

EffectKind = Literal["risk_difference", "ratio", "mean_difference"]
KINDS: tuple[EffectKind, ...] = get_args(EffectKind)
MARYLAND, STRONGEST = "maryland", 5
LONGEST = 60
"""Years; no study says what lasts longer."""
Wrong = Iterator[tuple[str, str, str]]
"""Column, problem and mend of each thing that is wrong with a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one study, or review of studies, says of one outcome of an intervention."""

    code: str
    intervention: str
    need: str
    cohort: str
    """People among whom it was found."""
    outcome: str
    effect: float | None
    """Change in the outcome of one person whom it reaches; None where there is no evidence."""
    lower: float | None
    """95% limits, as published; None where none are."""
    upper: float | None
    effect_kind: EffectKind
    """``risk_difference``: chance with less chance without. ``ratio``: rate with over rate
    without, 0.44 for 56% fewer. ``mean_difference``: mean with less mean without."""
    strength: int
    """Maryland scale: 0 none to 5 by lot."""
    cost_low: int | None
    """Pence a person whom it reaches; None where no cost is known."""
    cost_high: int | None
    price_year: FinancialYear | None
    years_until: int | None
    """Whole years from the start until the effect shows; None where nothing says."""
    years_lasting: int | None
    country: str
    source: str
    published: str
    state: str
    scale: str = MARYLAND
    """The scale on which the source was rated; ``strength`` is on the Maryland scale."""

    def __post_init__(self) -> None:
        faults = [
            Fault(file=self.code, column=column, problem=problem, mend=mend)
            for column, problem, mend in (*_of_effect(self), *_of_cost(self), *_of_time(self))
        ]
        if faults:
            raise EvidenceError(self.code, faults)

    @property
    def null(self) -> float:
        """The effect of doing nothing."""
        return 1.0 if self.effect_kind == "ratio" else 0.0

    @property
    def has_range(self) -> bool:
        """Whether the source says how sure its effect is."""
        return self.lower is not None

    @property
    def strength_in_words(self) -> str:
        """How strong the study is, with its level: 5, by lot."""
        mapped = "" if self.scale == MARYLAND else f", read from {self.scale}"
        return f"{self.strength}, {strengths()[self.strength]}{mapped}"


def _of_effect(one: Evidence) -> Wrong:
    if not 0 <= one.strength <= STRONGEST:
        yield "strength", f"{one.strength} is not on the Maryland scale.", "Write 0 to 5."
    if one.effect is None and one.strength:
        yield "effect", "a study is named without its effect.", "Write it, or strength 0."
    if one.effect is not None and one.strength == 0:
        yield (
            "strength",
            "strength 0 says that there is no evidence, and an effect is given.",
            "Leave the effect empty, or write how strong the study is.",
        )
    limits = (one.lower, one.upper)
    if (one.lower is None) != (one.upper is None):
        yield "lower", "one limit stands without the other.", "Write both, or neither."
    elif one.lower is not None and one.upper is not None and one.effect is not None:
        if not one.lower <= one.effect <= one.upper:
            yield "lower", "the limits do not hold the effect.", "Look whether two are exchanged."
    elif one.effect is None and limits != (None, None):
        yield "lower", "limits are given without an effect.", "Write it, or leave them empty."
    yield from _of_kind(one)


def _of_kind(one: Evidence) -> Wrong:
    if one.effect_kind not in KINDS:
        mend = nearest(one.effect_kind, KINDS)
        yield "effect_kind", f"'{one.effect_kind}' is not known.", mend
    for column, value in (("effect", one.effect), ("lower", one.lower), ("upper", one.upper)):
        if value is None:
            continue
        if one.effect_kind == "ratio" and value <= 0:
            problem = f"a ratio of {value:g} cannot be."
            yield column, problem, "Write the rate with it over the rate without: 0.44, not -56%."
        if one.effect_kind == "risk_difference" and not -1 <= value <= 1:
            problem = f"a chance cannot change by {value:g}."
            yield column, problem, "Write a ratio from -1 to 1, such as 0.12 for 12 in 100."


def _of_cost(one: Evidence) -> Wrong:
    low, high = one.cost_low, one.cost_high
    if (low is None) != (high is None):
        yield "cost_low", "one cost stands without the other.", "Write both, the same if need be."
    if low is not None and high is not None and not 0 <= low <= high:
        yield "cost_low", "the costs are not in order, 0 or more.", "Write the lower one first."
    if low is not None and one.price_year is None:
        yield "price_year", "a cost is given without the year of its prices.", "Write 2024-25."


def _of_time(one: Evidence) -> Wrong:
    for column, years, least in (
        ("years_until", one.years_until, 0),
        ("years_lasting", one.years_lasting, 1),
    ):
        if years is not None and not least <= years <= LONGEST:
            yield column, f"{years} will not do.", f"Write {least} to {LONGEST} whole years."
    if one.state not in ROW_STATES:
        yield "state", f"'{one.state}' is not known.", nearest(one.state, ROW_STATES)


@cache
def strengths() -> tuple[str, ...]:
    """What each level of the Maryland scale means, 0 first."""
    file = packaged("evidence.toml")
    found = file.section("maryland").texts("levels")
    file.check()
    return found


def on_maryland(scale: str, level: int) -> int | None:
    """A level of a scale on this one, by the weakest design that it admits.

    None where the scale or the level is not in parameters/evidence.toml.

    Examples
    --------
    >>> on_maryland("eif", 4), on_maryland("nesta", 1), on_maryland("nesta", 9)
    (3, 0, None)
    """
    if scale == MARYLAND:
        return level
    file = packaged("evidence.toml")
    levels = file.section("scales").section(scale) if scale in scales() else None
    if levels is None or not levels.has(str(level)):
        return None
    found = levels.whole(str(level))
    file.check()
    return found


def scales() -> tuple[str, ...]:
    """Names of the scales that are read."""
    other = packaged("evidence.toml").section("scales").values
    return (
        MARYLAND,
        *(name for name, one in other.items() if isinstance(one, dict) and name != "source"),
    )
