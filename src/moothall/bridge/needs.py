"""Carry what areas need from a plan folder into rows of ``understand``, and draw it.

Rule:  the rows are the core's figures; the pictures are the core's exhibits of the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model

from folkmoot.exhibits.axes import plain
from folkmoot.exhibits.profile_page import in_unit
from folkmoot.exhibits.spine_chart import SpineRow, spine_chart
from folkmoot.exhibits.variation_page import AlikeRow, alike_chart
from folkmoot.outcomes.benchmark import SIGNS
from folkmoot.outcomes.indicators import domains
from folkmoot.parameters.names import REMARK
from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Area, AreaPlan
from moothall.bridge.cells import Row, rows
from moothall.understand.models import AreaNeed, Assessment, Indicator, Spread
from moothall.understand.queries import Variation

SPREAD = ("least", "lower_quartile", "upper_quartile", "most")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRows:
    """An assessment and its parts."""

    assessment: Assessment
    parts: tuple[Model, ...]


def need_rows(plan: PlanFolder, area_plan: AreaPlan, areas: Mapping[str, Area]) -> NeedRows | None:
    """Return the assessment of a plan; None where the plan's package had no indicators."""
    found = list(rows(plan, "needs"))
    if not found:
        return None
    whole = str(plan.record.get("country", "all areas"))
    assessment = Assessment(area_plan=area_plan, whole=whole)
    indicators = {
        row.text("indicator"): _indicator(row, assessment, place)
        for place, row in enumerate({row.text("indicator"): row for row in found}.values())
    }
    needs = [_need(row, indicators, areas) for row in found]
    spreads = [_spread(row, indicators, place) for place, row in enumerate(rows(plan, "variation"))]
    return NeedRows(assessment=assessment, parts=(*indicators.values(), *needs, *spreads))


def _indicator(row: Row, assessment: Assessment, place: int) -> Indicator:
    return Indicator(
        assessment=assessment,
        code=row.text("indicator"),
        name=REMARK.sub("", row.text("name")),
        unit=row.text("unit"),
        domain=row.text("domain"),
        polarity=row.text("polarity"),
        is_outcome=row.text("is_outcome") == "yes",
        place=place,
    )


def _need(row: Row, indicators: Mapping[str, Indicator], areas: Mapping[str, Area]) -> AreaNeed:
    trend = row.text("trend_is_good")
    return AreaNeed(
        indicator=row.find("indicator", "indicator", indicators),
        area=row.find("area", "area", areas),
        period=row.text("period"),
        value=row.float_or_none("value"),
        lower_95=row.float_or_none("lower_95"),
        upper_95=row.float_or_none("upper_95"),
        label=row.text("label"),
        coverage=row.float_or_none("coverage"),
        whole=row.float_or_none("whole"),
        like_areas=row.float_or_none("like_areas"),
        verdict=row.text("verdict"),
        standing=row.text("standing"),
        fifth=row.whole_or_none("fifth"),
        distance=row.float_or_none("distance"),
        trend=row.text("trend"),
        trend_is_good=trend == "yes" if trend else None,
        lowest_block=row.text("lowest_block"),
        lowest=row.float_or_none("lowest"),
        highest_block=row.text("highest_block"),
        highest=row.float_or_none("highest"),
        spread=[row.float_or_none(name) for name in SPREAD],
        reason=row.text("reason"),
    )


def _spread(row: Row, indicators: Mapping[str, Indicator], place: int) -> Spread:
    return Spread(
        indicator=row.find("indicator", "indicator", indicators),
        division=row.text("division"),
        areas=row.whole("areas"),
        deviation=row.float_or_none("deviation") or 0.0,
        differ_by=row.float_or_none("differ_by"),
        alike=row.float_or_none("alike"),
        p_adjusted=row.float_or_none("p_adjusted"),
        place=place,
    )


def spine_svg(needs: Sequence[AreaNeed], *, name: str, whole: str, areas: int) -> str:
    """Return an ``<svg>`` of every indicator of an area beside the whole."""
    return spine_chart(
        [
            SpineRow(
                name=one.indicator.name,
                domain=one.indicator.domain,
                value=one.value,
                unit=one.indicator.unit,
                whole=one.whole,
                spread=(one.spread[0], one.spread[1], one.spread[2], one.spread[3]),
                is_low_good=one.indicator.polarity == "lower_is_better",
                standing="better" if one.standing == "better" else
                "worse" if one.standing == "worse" else "neither",
                verdict=one.verdict,
            )
            for one in needs
            if one.value is not None and one.whole is not None
        ],
        name=name,
        whole=whole,
        among=f"{areas} areas",
    )  # fmt: skip


def alike_svg(found: Sequence[Variation]) -> str:
    """Return an ``<svg>`` of how alike people of one area are, in each division."""
    if not found:
        return ""
    return alike_chart(
        [
            AlikeRow(
                name=one.indicator.name,
                domain=one.indicator.domain,
                alike=tuple(spread.alike for spread in one.divisions),
            )
            for one in found
        ],
        [spread.division for spread in found[0].divisions],
    )


def domain_titles() -> Mapping[str, str]:
    """Headings of a needs assessment, in order, by domain."""
    return domains()


def sign_of(verdict: str) -> str:
    """The sign that stands beside a verdict, so that no colour has to."""
    return next((sign for word, sign in SIGNS.items() if word == verdict), "")


def figure(value: float | None) -> str:
    """A figure in as many digits as it needs."""
    return "–" if value is None else plain(value)


def figure_in_unit(value: float | None, unit: str) -> str:
    """The same with its unit."""
    return "–" if value is None else in_unit(value, unit)
