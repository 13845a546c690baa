"""What the source papers say of differences between places, reckoned again where data allow.

In:        parameters/claims.toml and a places package.
Out:       each claim beside the same figure today, with its interval; or why there is none.
Rule:      nothing is forced to agree: the definition, the years and the places are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.indicators import period_in_words
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.regions import Extremes, measured_extremes
from folkmoot.parameters.reader import Section, packaged
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of a source paper on a difference between places."""

    code: str
    says: str
    source: str
    published: str
    """The figure as it was printed."""
    indicator: str
    """What it is reckoned again from; empty where nothing is."""
    between: tuple[str, ...]
    """Codes of the two areas; none: the extremes of all areas of the kind."""
    kind: tuple[str, ...]
    """First letters of the codes of the areas compared."""
    note: str
    """How the definition differs, or why nothing can be reckoned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim beside the same figure from the package."""

    claim: Claim
    period: str
    extremes: Extremes | None
    """None where the package has no data for it."""
    areas: int
    """How many areas were compared."""
    names: Mapping[str, str]
    """Names of the two areas."""


def claims() -> tuple[Claim, ...]:
    """Every claim that the source papers make of differences between places."""
    file = packaged("claims.toml")
    found = tuple(_claim(code, one) for code, one in file.sections("claim").items())
    file.check()
    return found


def _claim(code: str, section: Section) -> Claim:
    return Claim(
        code=code,
        says=section.text("says"),
        source=str(section.source()),
        published=section.text("published"),
        indicator=section.text("indicator", default=""),
        between=section.texts("between", default=()),
        kind=section.texts("kind", default=()),
        note=section.text("note"),
    )


def check_claims(ground: Ground) -> tuple[Checked, ...]:
    """Reckon every claim again, at the latest period that the package has."""
    return tuple(_checked(ground, one) for one in claims())


def _checked(ground: Ground, claim: Claim) -> Checked:
    by_period = ground.published.rows.get(claim.indicator, {})
    for period in reversed(list(by_period)):
        rows = _rows(ground, by_period[period], claim)
        if len(rows) >= 2:
            return _compared(ground, claim, period, rows)
    return Checked(claim=claim, period="", extremes=None, areas=0, names={})


def _rows(ground: Ground, by_area: Mapping[str, int], claim: Claim) -> dict[str, int]:
    """Rows with limits of the areas that a claim compares."""
    table = ground.published.table
    wanted = (
        set(claim.between) if claim.between else {one for one in by_area if one[:3] in claim.kind}
    )
    found = {
        area: by_area[area]
        for area in sorted(wanted & by_area.keys())
        if np.isfinite(table.lower_ci[by_area[area]]) and table.value[by_area[area]] > 0
    }
    return {} if set(claim.between) - found.keys() else found


def _compared(ground: Ground, claim: Claim, period: str, rows: Mapping[str, int]) -> Checked:
    table, at = ground.published.table, list(rows.values())
    extremes = measured_extremes(
        list(rows), table.value[at], table.lower_ci[at], table.upper_ci[at]
    )
    pair = (extremes.highest, extremes.lowest)
    return Checked(
        claim=claim,
        period=period_in_words(period),
        extremes=extremes,
        areas=len(rows),
        names=dict(zip(pair, _names(ground.places, pair), strict=True)),
    )


def _names(places: Places, codes: Sequence[str]) -> list[str]:
    blocks = places.blocks
    known: dict[str, str] = dict(zip(blocks.codes, blocks.names, strict=True))
    for geography in places.geographies.values():
        known.update(dict(zip(geography.codes, geography.names, strict=True)))
    return [known.get(code, code) for code in codes]
