"""The tables of an agreement: targets and floors in, what figures say of them out.

In:        a folder with ``targets.csv`` and, if wanted, ``entitlements.csv``, in the form of
           ``parameters/agreement_example``; figures by period (``outcomes.agreement_figures``).
Out:       ``Agreed`` and ``Reviewed``; rows of what was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, nan
from pathlib import Path

from folkmoot.outcomes.agreement import (
    KINDS,
    Beneath,
    Entitlement,
    Kind,
    Standing,
    Target,
    beneath,
    standings,
)
from folkmoot.outcomes.agreement_figures import Gaps, Series, read_columns
from folkmoot.outcomes.errors import AgreementTableError, OutcomesError
from folkmoot.readers.tables import Faults, Table, nearest
from folkmoot.vocabulary.source import MADE_UP, ROW_STATES

EXAMPLES = "agreement_example"
FILES = ("targets.csv", "entitlements.csv", "values.csv", "blocks.csv")
BETTER = ("higher", "lower")
TARGET_COLUMNS = (
    "indicator", "level", "better", "area", "kind", "baseline", "baseline_period", "aim", "by",
    "source", "state",
)  # fmt: skip
ENTITLEMENT_COLUMNS = ("indicator", "better", "floor", "source", "state")
STANDING_COLUMNS = (
    "indicator", "area", "kind", "baseline", "baseline_period", "aim", "by", "period", "value",
    "lower_95", "upper_95", "path", "state", "reason", "source", "label",
)  # fmt: skip
BENEATH_COLUMNS = (
    "indicator", "block", "period", "value", "lower_95", "upper_95", "floor", "is_sure", "source",
    "label",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed, as it was read."""

    targets: tuple[Target, ...]
    entitlements: tuple[Entitlement, ...]
    is_made_up: bool

    @property
    def label(self) -> str:
        """What every row and drawing must say."""
        return "made up" if self.is_made_up else ""

    @property
    def gaps(self) -> Gaps:
        """Indicators and areas that are judged by their gap to a comparator."""
        return frozenset(
            (one.indicator, one.area) for one in self.targets if one.kind == "reduce gap"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Where an agreement stands."""

    standings: tuple[tuple[Standing, ...], ...]
    """Of each target, every review."""
    beneath: tuple[Beneath, ...]
    tested: Mapping[str, int]
    """Of each entitlement, how many blocks had a figure."""


def read_agreement(folder: Path) -> Agreed:
    """Read what was agreed.

    Raises
    ------
    AgreementTableError
        With every fault, a target that cannot be among them.
    """
    faults = Faults()
    targets = _targets(folder / "targets.csv", faults)
    entitlements = _entitlements(folder / "entitlements.csv", faults)
    if faults.found:
        raise AgreementTableError(str(folder), faults.found)
    return Agreed(
        targets=tuple(one for one, _ in targets),
        entitlements=tuple(one for one, _ in entitlements),
        is_made_up=any(is_made_up for _, is_made_up in (*targets, *entitlements)),
    )


def _targets(path: Path, faults: Faults) -> list[tuple[Target, bool]]:
    table = read_columns(path, TARGET_COLUMNS, faults)
    if table is None:
        return []
    table.once(("indicator", "area", "kind"))
    baseline, aim = table.floats("baseline"), table.floats("aim")
    _check_words(table, {"better": BETTER, "kind": KINDS, "state": ROW_STATES})
    made = []
    names = (
        "indicator",
        "level",
        "better",
        "area",
        "kind",
        "baseline_period",
        "by",
        "source",
        "state",
    )
    rows = enumerate(table.rows(*names))
    for number, (indicator, level, better, area, kind, start, by, source, state) in rows:
        known: Kind | None = next((one for one in KINDS if one == kind), None)
        if known is None or isnan(baseline[number]) or isnan(aim[number]):
            continue
        try:
            target = Target(
                indicator=indicator,
                level=level,
                area=area,
                kind=known,
                is_higher_better=better == "higher",
                baseline=float(baseline[number]),
                baseline_period=start,
                aim=float(aim[number]),
                by=by,
                source=source,
            )
        except OutcomesError as error:
            table.fault(number, "aim", str(error), "")
        else:
            made.append((target, state == MADE_UP))
    return made


def _entitlements(path: Path, faults: Faults) -> list[tuple[Entitlement, bool]]:
    if not path.exists():
        return []
    table = read_columns(path, ENTITLEMENT_COLUMNS, faults)
    if table is None:
        return []
    table.once(("indicator",))
    floors = table.floats("floor")
    _check_words(table, {"better": BETTER, "state": ROW_STATES})
    rows = zip(table.rows("indicator", "better", "source", "state"), floors.tolist(), strict=True)
    return [
        (
            Entitlement(
                indicator=indicator, floor=floor, is_higher_better=better == "higher", source=source
            ),
            state == MADE_UP,
        )
        for (indicator, better, source, state), floor in rows
    ]


def _check_words(table: Table, known: Mapping[str, Sequence[str]]) -> None:
    for column, words in known.items():
        for number, word in enumerate(table.columns[column]):
            if word and word not in words:
                table.fault(number, column, f"'{word}' is not known.", nearest(word, words))


def review(agreed: Agreed, areas: Series, blocks: Series) -> Reviewed:
    """Say where every target stands, and which blocks are beneath a floor."""
    tested: dict[str, int] = {}
    found: list[Beneath] = []
    for floor in agreed.entitlements:
        latest = [(name, points[-1]) for (one, name), points in blocks.items()
                  if one == floor.indicator and points]  # fmt: skip
        tested[floor.indicator] = len(latest)
        found += beneath(floor, latest)
    return Reviewed(
        standings=tuple(
            standings(one, areas.get((one.indicator, one.area), ())) for one in agreed.targets
        ),
        beneath=tuple(found),
        tested=tested,
    )


def standing_rows(found: Reviewed, *, label: str = "") -> Iterator[tuple[object, ...]]:
    """One row a target and review."""
    for reviews in found.standings:
        for one in reviews:
            target, point = one.target, one.point
            figures = (nan,) * 3 if point is None else (point.value, point.lower, point.upper)
            yield (
                *(target.indicator, target.area, target.kind, target.baseline),
                *(target.baseline_period, target.aim, target.by),
                "" if point is None else point.period,
                *map(_figure, (*figures, one.path)),
                *(one.state, one.reason, target.source, label),
            )


def beneath_rows(found: Reviewed, *, label: str = "") -> Iterator[tuple[object, ...]]:
    """One row a block beneath a floor."""
    for one in found.beneath:
        yield (
            *(one.entitlement.indicator, one.block, one.point.period),
            *map(_figure, (one.point.value, one.point.lower, one.point.upper)),
            *(one.entitlement.floor, one.is_sure, one.entitlement.source, label),
        )


def _figure(value: float) -> str:
    """A figure, or nothing where there is none."""
    return f"{value:.6g}" if isfinite(value) else ""
