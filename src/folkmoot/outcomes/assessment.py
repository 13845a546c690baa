"""A needs assessment: every indicator of an area beside the whole, its like, and its own past.

In:        a places package and a division of its blocks.
Out:       ``Assessment``, from which ``Profile`` of any area is read.
Rule:      nothing is called better or worse unless its interval says so; where no interval was
           published, only its place among the areas is told.
Not here:  the page (``exhibits.profile_page``).
Source:    docs/decisions/0025-indicators-of-areas.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np

from folkmoot.outcomes.aggregate import Label
from folkmoot.outcomes.benchmark import FEWEST_FOR_FIFTHS, Verdict, fifths, verdicts
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import UnknownAreaError
from folkmoot.outcomes.indicators import OLDEST, Indicator, domains, period_in_words
from folkmoot.outcomes.likeness import Likeness, likeness
from folkmoot.outcomes.measured import (
    Ground,
    Measured,
    additive,
    block_values,
    measure,
    people_of_ages,
)
from folkmoot.outcomes.neighbours import Neighbour
from folkmoot.outcomes.trend import Direction
from folkmoot.parameters.reader import packaged
from folkmoot.vocabulary.arrays import FloatVector, IntVector

Standing = Literal["better", "worse", "neither"]

BANDS = {"under 16": (0, 15), "16 to 64": (16, 64), "65 to 84": (65, 84), "85 and over": (85, 90)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The block of an area with the lowest or highest figure."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator of an area."""

    indicator: Indicator
    period: str
    """In words, as people write it."""
    value: float
    lower_95: float | None
    upper_95: float | None
    label: Label
    coverage: float
    is_carried: bool
    """Whether blocks have the figure of their upper tier, of which they are part."""
    whole: float
    """The figure of all blocks together."""
    like: float | None
    """Median of the areas most like this one."""
    verdict: Verdict
    """Against all blocks together, by the interval."""
    fifth: int | None
    """Fifth of the areas: 1 lowest, 5 highest; None where there are too few areas."""
    distance: float
    """From the whole, in standard deviations of the areas; positive is better, or higher where
    neither is."""
    trend: Direction
    past: tuple[tuple[str, float], ...]
    """Earlier periods in words, and the latest, with their values."""
    lowest: Extreme | None
    highest: Extreme | None
    spread: tuple[float, float, float, float]
    """Of all areas: least, lower quartile, upper quartile, most."""

    @property
    def trend_is_good(self) -> bool | None:
        """Whether a change is for the better; None where there is none, or neither is better."""
        if self.trend not in ("increasing", "decreasing") or self.indicator.polarity == "none":
            return None
        return (self.trend == "increasing") == (self.indicator.polarity == "higher_is_better")

    @property
    def standing(self) -> Standing:
        """Better or worse than the whole: by the interval; where there is none, by the fifth."""
        if self.verdict in ("better", "much better"):
            return "better"
        if self.verdict in ("worse", "much worse"):
            return "worse"
        is_low_good = self.indicator.polarity == "lower_is_better"
        if self.verdict != "not compared" or self.indicator.polarity == "none":
            return "neither"
        best, worst = (1, 5) if is_low_good else (5, 1)
        return "better" if self.fifth == best else "worse" if self.fifth == worst else "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An indicator of which the area has no figure, and why."""

    indicator: Indicator
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of the needs and outcomes of one area."""

    code: str
    name: str
    division: str
    areas: int
    whole: str
    """What it is compared with: the country's name."""
    population: int
    ages: Mapping[str, tuple[float, float]]
    """Share of people by band of age, here and in the whole."""
    blocks: tuple[str, ...]
    like: tuple[tuple[str, Neighbour], ...]
    """Name of each area like this one, the nearest first."""
    like_by: Mapping[str, float]
    """Features by which they were chosen, with their weights."""
    rows: tuple[Row, ...]
    left: tuple[Left, ...]

    @property
    def outcomes(self) -> tuple[Row, ...]:
        """Those that show a change in lives: what was done or used is neither better nor worse."""
        return tuple(row for row in self.rows if row.indicator.is_outcome)

    @property
    def worse(self) -> tuple[Row, ...]:
        """Outcomes worse than the whole, the furthest first."""
        found = [row for row in self.outcomes if row.standing == "worse"]
        return tuple(sorted(found, key=lambda row: row.distance))

    @property
    def better(self) -> tuple[Row, ...]:
        """Outcomes better than the whole, the furthest first."""
        found = [row for row in self.outcomes if row.standing == "better"]
        return tuple(sorted(found, key=lambda row: -row.distance))

    def moving(self, *, is_good: bool) -> tuple[Row, ...]:
        """Outcomes that get better, or worse, by more than chance."""
        return tuple(row for row in self.outcomes if row.trend_is_good is is_good)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment:
    """Every indicator in every area of a division, from which one area is read."""

    ground: Ground
    division: Division
    measured: tuple[Measured, ...]
    whole: tuple[Measured, ...]
    """The same of all blocks together."""
    like: Likeness | None

    def code_of(self, text: str) -> str:
        """The code of an area named by code or name.

        Raises
        ------
        UnknownAreaError
            With the nearest names.
        """
        names = dict(zip(self.division.codes, self.division.names, strict=True))
        called = [code for code, name in names.items() if text.casefold() in
                  (code.casefold(), name.casefold())]  # fmt: skip
        if len(called) == 1:
            return called[0]
        near = get_close_matches(text, [*names.values(), *names], n=3, cutoff=0.4)
        advice = f"Did you mean {' or '.join(near)}?" if near else f"It has {len(names)} areas."
        raise UnknownAreaError(text, advice)


def assess(ground: Ground, division: Division) -> Assessment:
    """Measure every indicator in every area of a division."""
    least = minimum_coverage()
    of_all = Division.of_all(ground.places)
    wanted = tuple(additive(ground))
    return Assessment(
        ground=ground,
        division=division,
        measured=tuple(measure(ground, division, one, minimum_coverage=least) for one in wanted),
        whole=tuple(measure(ground, of_all, one, minimum_coverage=0.5) for one in wanted),
        like=likeness(ground, division),
    )


def minimum_coverage() -> float:
    """From what part of its people on an area has a figure: of parameters/outcomes.toml."""
    return float(packaged("outcomes.toml").section("profile").ratio("minimum_coverage"))


def profile(found: Assessment, area: str) -> Profile:
    """Read one area out of an assessment.

    Parameters
    ----------
    area : str
        Its code or name.

    Raises
    ------
    UnknownAreaError
        If the division has none such.
    """
    code = found.code_of(area)
    place = found.division.codes.index(code)
    names = dict(zip(found.division.codes, found.division.names, strict=True))
    blocks = found.ground.places.blocks
    share = found.division.shares[:, place]
    like = found.like.nearest[code] if found.like else ()
    at = np.array([found.division.codes.index(one.area) for one in like], dtype=np.int64)
    rows, left = [], _medians(found)
    for one, whole in zip(found.measured, found.whole, strict=True):
        if np.isfinite(one.value[-1, place]) and np.isfinite(whole.value[-1, 0]):
            rows.append(_row(found, one, whole, place=place, like=at))
        else:
            missing = ", ".join(one.missing[place][:5]) or "some of its people"
            more = len(one.missing[place]) - 5
            left.append(
                Left(
                    indicator=one.indicator,
                    reason=f"no figure for {missing}{f' and {more} more' if more > 0 else ''}",
                )
            )
    order = {domain: number for number, domain in enumerate(domains())}
    return Profile(
        code=code,
        name=names[code],
        division=found.division.title,
        areas=len(found.division.codes),
        whole=found.whole[0].division.title if found.whole else found.ground.places.name,
        population=round(float(blocks.population @ share)),
        ages=_ages(found, share),
        blocks=tuple(blocks.names[one] for one in np.flatnonzero(share > 0).tolist()),
        like=tuple((names[one.area], one) for one in like),
        like_by=found.like.weights if found.like else {},
        rows=tuple(sorted(rows, key=lambda row: order[row.indicator.domain])),
        left=tuple(left),
    )


def _medians(found: Assessment) -> list[Left]:
    """Indicators that no area can have."""
    return [
        Left(indicator=one, reason="a median: no weighing of its blocks gives that of the area")
        for one in found.ground.indicators
        if one.kind == "median"
    ]


def _ages(found: Assessment, share: FloatVector) -> dict[str, tuple[float, float]]:
    places = found.ground.places
    if places.populations_single_year is None:
        return {}
    everyone = people_of_ages(places, (0, OLDEST))
    return {
        band: (
            float(people @ share) / max(float(everyone @ share), 1.0),
            float(people.sum() / everyone.sum()),
        )
        for band, ages in BANDS.items()
        for people in [people_of_ages(places, ages)]
    }


def _row(found: Assessment, one: Measured, whole: Measured, *, place: int, like: IntVector) -> Row:
    values, benchmark = one.value[-1], float(whole.value[-1, 0])
    known = values[np.isfinite(values)]
    value, deviation = float(values[place]), float(known.std())
    sign = -1.0 if one.indicator.polarity == "lower_is_better" else 1.0
    near = values[like][np.isfinite(values[like])]
    lowest, highest = _extremes(found, one, place)
    past = one.value[:, place]
    least, lower, upper, most = np.quantile(known, [0.0, 0.25, 0.75, 1.0]).tolist()
    return Row(
        indicator=one.indicator,
        period=period_in_words(one.periods[-1]),
        value=value,
        lower_95=_known(one.lower_95[-1, place]),
        upper_95=_known(one.upper_95[-1, place]),
        label=one.labels[-1],
        coverage=float(one.coverage[-1, place]),
        is_carried=bool(one.carried[place]),
        whole=benchmark,
        like=float(np.median(near)) if len(near) else None,
        verdict=verdicts(
            one.lower_95[-1, [place]],
            one.upper_95[-1, [place]],
            one.lower_998[-1, [place]],
            one.upper_998[-1, [place]],
            benchmark=benchmark,
            polarity=one.indicator.polarity,
        )[0],
        fifth=_fifth(values, place),
        distance=sign * (value - benchmark) / deviation if deviation > 0 else 0.0,
        trend=one.trends[place],
        past=tuple(
            (period_in_words(period), float(then))
            for period, then in zip(one.periods, past.tolist(), strict=True)
            if np.isfinite(then)
        ),
        lowest=lowest,
        highest=highest,
        spread=(least, lower, upper, most),
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _fifth(values: FloatVector, place: int) -> int | None:
    known = np.isfinite(values)
    if known.sum() < FEWEST_FOR_FIFTHS:
        return None
    return int(fifths(values[known])[int(known[:place].sum())])


def _extremes(
    found: Assessment, one: Measured, place: int
) -> tuple[Extreme | None, Extreme | None]:
    """The blocks wholly or mostly inside the area with the lowest and highest own figure."""
    inside = np.flatnonzero(found.division.shares[:, place] > 0.5)
    values = block_values(found.ground, one.indicator)["value"][inside]
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 2 or np.ptp(values[known]) == 0:
        return None, None
    names = found.ground.places.blocks.names
    low, high = (known[int(pick(values[known]))] for pick in (np.argmin, np.argmax))
    return (
        Extreme(name=names[inside[low]], value=float(values[low])),
        Extreme(name=names[inside[high]], value=float(values[high])),
    )
