"""How far a deal devolves: who holds four controls over each function that it names.

In:        a file of deals; scores that a user lays over them.
Out:       for each deal and function the reach, the weakest control and the class; for a deal
           its reach; each as an interval, and a set of classes, where scores are blank.
Rule:      a blank is unknown, never 0: it stands for every score from 0 to 4. A score needs
           evidence and a source.
Not here:  which functions a plan moves (``services.register``).
Source:    docs/decisions/0019-degree-of-devolution.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from folkmoot.parameters.reader import Section, packaged, read_parameters
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.services.errors import ScoreError
from folkmoot.services.figures import Figure, shipped_figures
from folkmoot.services.interval import Interval
from folkmoot.services.sources import cited, named_sources
from folkmoot.vocabulary.errors import ParameterError
from folkmoot.vocabulary.source import STATES, Source, State

Control = Literal["contracts", "funding", "targets", "outcomes"]
Degree = Literal["consultation", "delegation", "devolution"]
CONTROLS: tuple[Control, ...] = get_args(Control)
DEGREES: tuple[Degree, ...] = get_args(Degree)
"""From the least devolved to the most."""
MOST = 4
"""The area decides; 0: the centre does."""
MILLION_POUNDS = 10**8
SCORE_COLUMNS = ("deal", "function", "control", "score", "evidence", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Who holds one control, with what says so."""

    value: int
    evidence: str
    source: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionScores:
    """The four controls over one function that a deal names; those left out are unknown."""

    function: str
    name: str
    scores: Mapping[Control, Score] = field(default_factory=dict)
    amount: Figure | None = None
    """What the function costs a year, where that is published."""

    @property
    def blanks(self) -> tuple[Control, ...]:
        """The controls that nobody has scored."""
        return tuple(control for control in CONTROLS if control not in self.scores)

    @property
    def reach(self) -> Interval:
        """The mean of the four controls as a share of the most.

        Examples
        --------
        >>> greater_manchester = shipped_deals().deals["greater-manchester"]
        >>> greater_manchester.functions[0].reach.least
        Fraction(5, 16)
        """
        told = sum(score.value for score in self.scores.values())
        whole = MOST * len(CONTROLS)
        return Interval(Fraction(told, whole), Fraction(told + MOST * len(self.blanks), whole))

    @property
    def weakest(self) -> Interval:
        """The least of the four controls."""
        told = min((score.value for score in self.scores.values()), default=MOST)
        return Interval(Fraction(0 if self.blanks else told), Fraction(told))

    @property
    def degrees(self) -> tuple[Degree, ...]:
        """Every class that some filling of the blanks would give.

        Devolution if every control is 3 or more, consultation if every one is 1 or less,
        else delegation. A blank could be 2, so with a blank delegation is always possible.
        """
        told = [score.value for score in self.scores.values()]
        could = {
            "devolution": all(value >= MOST - 1 for value in told),
            "consultation": all(value <= 1 for value in told),
        }
        could["delegation"] = bool(self.blanks) or not any(could.values())
        return tuple(degree for degree in DEGREES if could[degree])

    @property
    def to_check(self) -> tuple[Control, ...]:
        """Scores that nobody has compared with their source."""
        return tuple(control for control, score in self.scores.items() if score.state == "to_check")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What one area agreed with the centre."""

    code: str
    name: str
    agreed: str
    leader: str
    fund_text: str
    fund_pence: int | None
    """The investment fund over its whole life; None where it is not known."""
    functions: tuple[FunctionScores, ...]
    is_reference: bool
    """Whether it is shown for comparison alone."""
    source: Source
    state: State
    note: str

    @property
    def is_weighted(self) -> bool:
        """Whether the deal's reach weighs functions by their money."""
        return any(one.amount is not None for one in self.functions)

    @property
    def reach(self) -> Interval | None:
        """The mean reach of its functions; None where it names none.

        Weighted by money over the functions whose money is known; where none is, all alike.
        """
        counted = [one for one in self.functions if one.amount is not None] or list(self.functions)
        if not counted:
            return None
        weights = [1 if one.amount is None else one.amount.pence for one in counted]
        ends = [(one.reach.least or Fraction(0), one.reach.most or Fraction(0)) for one in counted]
        least, most = (
            sum((weight * end[n] for weight, end in zip(weights, ends, strict=True)), Fraction(0))
            / sum(weights)
            for n in (0, 1)
        )
        return Interval(least, most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """Deals in the order of their file, and the printed sum of their funds."""

    deals: Mapping[str, Deal]
    functions: Mapping[str, str]
    """What each function that a deal may name is called."""
    total: Figure | None = None

    @property
    def known_pence(self) -> int:
        """The funds that are known one by one; a deal for comparison has no part in it."""
        return sum(one.fund_pence or 0 for one in self.deals.values() if not one.is_reference)

    @property
    def not_reconciled(self) -> int | None:
        """What the printed sum has beyond the funds that are known. Unit: pence.

        Examples
        --------
        >>> shipped_deals().not_reconciled
        300500000000
        """
        return None if self.total is None else self.total.pence - self.known_pence


@cache
def shipped_deals() -> Deals:
    """The deals of the proposal."""
    return _deals(packaged("deals.toml"))


def read_deals(path: Path) -> Deals:
    """Read a file of deals in the form of ``parameters/deals.toml``.

    Raises
    ------
    ScoreError
        With every fault: a score outside 0 to 4, without evidence, or of an unknown function.
    """
    try:
        return _deals(read_parameters(path))
    except ParameterError as error:
        raise ScoreError(error.source, error.faults) from error


def scored(deals: Deals, path: Path) -> Deals:
    """Lay a user's scores over deals.

    Parameters
    ----------
    path
        A CSV file with the columns deal, function, control, score, evidence and source. An
        empty score makes the control unknown again.

    Raises
    ------
    ScoreError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*SCORE_COLUMNS):
        raise ScoreError(str(path), faults.found)
    table.once(("deal", "function", "control"))
    laid: dict[tuple[str, str], dict[Control, Score | None]] = {}
    columns = (table.text(name, required=name in SCORE_COLUMNS[:3]) for name in SCORE_COLUMNS)
    for number, row in enumerate(zip(*columns, strict=True)):
        _check_row(deals, table, number, row)
        if not faults.found:
            deal, function, named, value, evidence, source = row
            control = next(one for one in CONTROLS if one == named)
            laid.setdefault((deal, function), {})[control] = (
                Score(value=int(value), evidence=evidence, source=source, state="to_check")
                if value
                else None
            )
    if faults.found:
        raise ScoreError(str(path), faults.found)
    return replace(
        deals,
        deals={code: _overlaid(deal, laid, deals.functions) for code, deal in deals.deals.items()},
    )


def _check_row(deals: Deals, table: Table, number: int, row: Sequence[str]) -> None:
    """Note every fault of one row of a user's scores."""
    deal, function, control, value, evidence, source = row
    for column, word, known in (
        ("deal", deal, deals.deals),
        ("function", function, deals.functions),
        ("control", control, CONTROLS),
    ):
        if word and word not in known:
            table.fault(number, column, f"'{word}' is not known.", nearest(word, known))
    if value not in {"", *map(str, range(MOST + 1))}:
        table.fault(number, "score", f"'{value}' is no score.", "Write 0, 1, 2, 3 or 4.")
    for column, cell in (("evidence", evidence), ("source", source)):
        if value and not cell:
            mend = "Say what shows it, or leave the score empty."
            table.fault(number, column, "a score stands without it.", mend)


def _overlaid(
    deal: Deal,
    laid: Mapping[tuple[str, str], Mapping[Control, Score | None]],
    names: Mapping[str, str],
) -> Deal:
    """A deal with a user's scores; a function that it did not name is added."""
    functions = {one.function: one for one in deal.functions}
    for (code, function), given in laid.items():
        if code == deal.code:
            held = functions.get(function, FunctionScores(function=function, name=names[function]))
            merged = {**held.scores, **given}
            known = {
                control: score for control in CONTROLS if (score := merged.get(control)) is not None
            }
            functions[function] = replace(held, scores=known)
    return replace(deal, functions=tuple(functions.values()))


def _deals(file: Section) -> Deals:
    sources = named_sources(file)
    figures = shipped_figures()
    functions: dict[str, str] = {}
    for code, table in file.sections("function").items():
        functions[code] = table.text("name")
        table.finish()
    found = {
        code: _deal(code, table, sources, functions)
        for code, table in file.sections("deal").items()
    }
    total = file.choice("total", list(figures)) if file.has("total") else ""
    file.finish()
    if file.faults:
        raise ScoreError(file.file, file.faults)
    return Deals(deals=found, functions=functions, total=figures.get(total))


def _deal(
    code: str, table: Section, sources: Mapping[str, Source], functions: Mapping[str, str]
) -> Deal:
    fund = table.ratio("fund", least=0) * MILLION_POUNDS if table.has("fund") else None
    found = Deal(
        code=code,
        name=table.text("name"),
        agreed=table.text("agreed"),
        leader=table.text("leader"),
        fund_text=table.text("fund_text"),
        fund_pence=None if fund is None else int(fund),
        functions=tuple(
            _function(name, one, table, sources, functions)
            for name, one in table.sections("function").items()
        ),
        is_reference=table.flag("is_reference", default=False),
        source=cited(table, sources),
        state=table.choice("state", STATES),
        note=table.text("note", default=""),
    )
    table.finish()
    return found


def _function(
    name: str,
    table: Section,
    deal: Section,
    sources: Mapping[str, Source],
    functions: Mapping[str, str],
) -> FunctionScores:
    if name not in functions:
        mend = f"Write [function.{name}] with its name. {nearest(name, functions)}"
        deal.fault(f"function.{name}", "no function of that name is declared.", mend)
    figures = shipped_figures()
    amount = table.choice("amount", list(figures)) if table.has("amount") else ""
    scores: dict[Control, Score] = {
        control: _score(table.section(control), sources)
        for control in CONTROLS
        if table.has(control)
    }
    table.finish()
    return FunctionScores(
        function=name,
        name=functions.get(name, name),
        scores=scores,
        amount=figures.get(amount),
    )


def _score(table: Section, sources: Mapping[str, Source]) -> Score:
    found = Score(
        value=table.whole("score", least=0, most=MOST),
        evidence=table.text("evidence"),
        source=str(cited(table, sources)),
        state=table.choice("state", STATES),
    )
    table.finish()
    return found
