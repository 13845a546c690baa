"""What a pilot showed, as somebody declares it once the pilot is judged.

Rule:      of several results for one group of functions the latest until the day counts; on one
           day, the one that shows nothing.
Not here:  judging a pilot (``transition.pilot``); which gates ask for one (``transition.rules``).
Source:    docs/decisions/0020-few-areas-exact-test.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from folkmoot.transition.errors import VerdictError
from folkmoot.transition.rules import shipped_rules
from folkmoot.vocabulary.errors import Fault

PilotResultWord = Literal["shown", "not shown"]
RESULTS: tuple[PilotResultWord, ...] = get_args(PilotResultWord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a pilot showed what it was declared to show.

    Raises
    ------
    VerdictError
        If no class has the group, or pilot, decider or evidence is blank.
    """

    function_group: str
    pilot: str
    result: PilotResultWord
    decided_on: date
    decider: str
    """An office, not a person."""
    evidence: str
    """Where declaration and result are published."""

    def __post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise VerdictError(self.function_group, faults)


def latest(group: str, day: date, verdicts: Sequence[Verdict]) -> Verdict | None:
    """The result that counts for a group on a day; None while there is none."""
    return max(
        (one for one in verdicts if one.function_group == group and one.decided_on <= day),
        key=lambda one: (one.decided_on, RESULTS.index(one.result)),
        default=None,
    )


def _faults(one: Verdict) -> Iterator[Fault]:
    file, groups = f"pilot {one.pilot}", sorted(shipped_rules().readiness.class_of)
    if one.function_group not in groups:
        yield Fault(
            file=file,
            column="function_group",
            problem=f"'{one.function_group}' is no group of functions.",
            mend=f"Known: {', '.join(groups)}.",
        )
    for column, told, mend in (
        ("pilot", one.pilot, "Give its title."),
        ("decider", one.decider, "Name the office that judged it."),
        ("evidence", one.evidence, "Say where declaration and result are published."),
    ):
        if not told.strip():
            yield Fault(file=file, column=column, problem="it is blank.", mend=mend)
