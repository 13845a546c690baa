"""Outcomes as they are written for a contract, and templates to write them from.

In:        a TOML file with a table for each outcome, or a CSV file with a row for each.
Out:       outcomes as values, every fault of the file told; the packaged templates by stream.
Not here:  what is wrong with an outcome (``outcomes.lint``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from folkmoot.outcomes.errors import WrittenOutcomeError
from folkmoot.outcomes.indicators import LEVELS
from folkmoot.parameters.reader import Section, packaged_in, read_parameters
from folkmoot.readers.tables import Faults, read_table
from folkmoot.vocabulary.errors import Fault, ParameterError
from folkmoot.vocabulary.source import Source

Measurer = Literal["provider", "commissioner", "official", "independent", "people"]
Payment = Literal["each", "threshold"]
Chooser = Literal["provider", "referral", "everyone"]
Attribution = Literal["none", "before_and_after", "comparison", "lot"]
Better = Literal["higher_is_better", "lower_is_better"]

EXAMPLE, FOLDER = "written_outcomes_example.toml", "outcome_templates"
WHOLE = ("people", "months_to_show", "months_paid")
FLAGS = ("by_group", "pays_more_for_harder")
WRITTEN_COLUMNS = (
    *("outcome", "name", "stream", "definition", "level", "cohort", "people", "indicator"),
    *("polarity", "data_source", "measured_by", "checked_by", "months_to_show", "months_paid"),
    *("baseline", "baseline_from", "aim", "pays_for", "chosen_by", "attribution", "by_group"),
    *("groups", "pays_more_for_harder", "payment_share"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTemplate:
    """An outcome that could be written, as a draft to fill in."""

    code: str
    stream: str
    name: str
    definition: str
    cohort: str
    level: str
    indicator: str
    data_source: str
    months_to_show: int
    """From joining until it can be measured."""
    baseline: str
    """Where the figure to compare with comes from."""
    gaming: tuple[str, ...]
    """How it is known, or likely, to be gamed."""
    state: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOutcome:
    """An outcome as somebody proposes to pay for it."""

    code: str
    name: str
    stream: str
    definition: str
    level: str
    cohort: str
    people: int
    """Who join in a year."""
    indicator: str
    polarity: Better
    data_source: str
    measured_by: Measurer
    checked_by: str
    """Who looks at what the provider measured; empty where nobody does."""
    months_to_show: int
    months_paid: int
    """From joining until the last payment."""
    baseline: float | None
    """Share of such people who reach it anyway; None where it is not known."""
    baseline_from: str
    aim: float | None
    """Share who are hoped to reach it."""
    pays_for: Payment
    chosen_by: Chooser
    attribution: Attribution
    by_group: bool
    groups: Mapping[str, float]
    """Baseline of groups, where they are known."""
    pays_more_for_harder: bool
    payment_share: float | None
    """Part of the contract's sum that waits for it."""


@cache
def templates() -> tuple[OutcomeTemplate, ...]:
    """The packaged templates, by stream."""
    found: list[OutcomeTemplate] = []
    for file in packaged_in(FOLDER):
        stream, state, source = file.text("stream"), file.text("state"), file.source()
        for code, table in file.sections("template").items():
            found.append(_template(code, table, stream=stream, state=state, source=source))
        file.check()
    return tuple(found)


def _template(
    code: str, table: Section, *, stream: str, state: str, source: Source
) -> OutcomeTemplate:
    found = OutcomeTemplate(
        code=code,
        stream=stream,
        name=table.text("name"),
        definition=table.text("definition"),
        cohort=table.text("cohort"),
        level=table.choice("level", LEVELS),
        indicator=table.text("indicator"),
        data_source=table.text("data_source"),
        months_to_show=table.whole("months_to_show", least=1),
        baseline=table.text("baseline"),
        gaming=table.texts("gaming"),
        state=state,
        source=source,
    )
    table.finish()
    return found


def read_outcomes(path: Path) -> tuple[WrittenOutcome, ...]:
    """Read outcomes from a file in the form of ``parameters/written_outcomes_example.toml``.

    A CSV file has the same as columns; ``groups`` is written ``under 50=0.24; others=0.15``.

    Raises
    ------
    WrittenOutcomeError
        With every fault.
    """
    faults: list[Fault] = []
    read = _csv_tables if path.suffix == ".csv" else _toml_tables
    tables = read(path, faults)
    found = tuple(_written(code, table) for code, table in tables.items())
    if not tables and not faults:
        mend = "Write [outcome.work-six-months] in TOML, or a row in CSV."
        faults.append(Fault(file=path.name, problem="it has no outcome.", mend=mend))
    if faults:
        raise WrittenOutcomeError(str(path), faults)
    return found


def _toml_tables(path: Path, faults: list[Fault]) -> dict[str, Section]:
    try:
        file = read_parameters(path)
    except ParameterError as error:
        raise WrittenOutcomeError(error.source, error.faults) from error
    found = file.sections("outcome")
    file.finish()
    faults += file.faults
    for table in found.values():
        table.faults = faults
    return found


def _csv_tables(path: Path, faults: list[Fault]) -> dict[str, Section]:
    """Each row as a table with the same keys as in TOML."""
    noted = Faults()
    table = read_table(path, noted)
    if table is not None and table.has("outcome", "name"):
        table.once(("outcome",))
    faults += noted.found
    if table is None or noted.found:
        return {}
    rows = zip(table.columns["outcome"], table.lines, range(len(table)), strict=True)
    return {
        code: Section(
            file=table.file,
            key=f"row {line}",
            values={
                name: _cell(name, cells[n])
                for name, cells in table.columns.items()
                if name != "outcome" and cells[n]
            },
            faults=faults,
        )
        for code, line, n in rows
    }


def _cell(name: str, text: str) -> object:
    """What TOML would have held."""
    if name in WHOLE and re.fullmatch(r"-?\d+", text):
        return int(text)
    if name in FLAGS and text.casefold() in {"yes", "no", "true", "false"}:
        return text.casefold() in {"yes", "true"}
    if name == "groups":
        pairs = [one.rpartition("=") for one in text.split(";")]
        return {group.strip(): rate.strip() for group, _, rate in pairs}
    return text


def _written(code: str, table: Section) -> WrittenOutcome:
    groups = table.section("groups")
    found = WrittenOutcome(
        code=code,
        name=table.text("name"),
        stream=table.text("stream", default=""),
        definition=table.text("definition"),
        level=table.choice("level", LEVELS),
        cohort=table.text("cohort"),
        people=table.whole("people", least=1),
        indicator=table.text("indicator"),
        polarity=table.choice("polarity", get_args(Better), default="higher_is_better"),
        data_source=table.text("data_source"),
        measured_by=table.choice("measured_by", get_args(Measurer)),
        checked_by=table.text("checked_by", default=""),
        months_to_show=table.whole("months_to_show", least=0),
        months_paid=table.whole("months_paid", least=0),
        baseline=_share(table, "baseline"),
        baseline_from=table.text("baseline_from", default=""),
        aim=_share(table, "aim"),
        pays_for=table.choice("pays_for", get_args(Payment)),
        chosen_by=table.choice("chosen_by", get_args(Chooser)),
        attribution=table.choice("attribution", get_args(Attribution)),
        by_group=table.flag("by_group", default=False),
        groups={name: float(groups.ratio(name, least=0, most=1)) for name in groups.values},
        pays_more_for_harder=table.flag("pays_more_for_harder", default=False),
        payment_share=_share(table, "payment_share"),
    )
    _check_aim(found, table)
    table.finish()
    return found


def _share(table: Section, key: str) -> float | None:
    return float(table.ratio(key, least=0, most=1)) if table.has(key) else None


def _check_aim(one: WrittenOutcome, table: Section) -> None:
    if one.baseline is None or one.aim is None:
        return
    is_rise = one.polarity == "higher_is_better"
    is_better = one.aim > one.baseline if is_rise else one.aim < one.baseline
    if not is_better:
        problem = f"{one.aim:g} is not better than the baseline of {one.baseline:g}."
        table.fault("aim", problem, "Correct one of the two, or the polarity.")
