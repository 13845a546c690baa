"""Read what areas need and how indicators vary. The only reader here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from moothall.bodies.models import Area, AreaPlan
from moothall.understand.models import AreaNeed, Assessment, Indicator, Spread

FURTHEST = 3
"""Outcomes named for each area of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSummary:
    """How many outcomes of an area are worse and better, and which are furthest behind."""

    code: str
    name: str
    worse: int
    better: int
    getting_worse: int
    furthest: tuple[AreaNeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """How an indicator varies: as published, and in each division."""

    indicator: Indicator
    published: Spread
    divisions: tuple[Spread, ...]


def assessment_of(area_plan: AreaPlan) -> Assessment | None:
    """The assessment of a plan that has indicators; None where it has none."""
    return Assessment.objects.filter(area_plan=area_plan).first()


def summaries(assessment: Assessment) -> tuple[AreaSummary, ...]:
    """Every area in order of code."""
    by_area: dict[int, list[AreaNeed]] = defaultdict(list)
    for need in _outcomes(assessment):
        by_area[need.area_id].append(need)
    areas = Area.objects.filter(area_plan=assessment.area_plan).order_by("code")
    return tuple(_summary(area, by_area[area.pk]) for area in areas)


def _outcomes(assessment: Assessment) -> Sequence[AreaNeed]:
    return list(
        AreaNeed.objects.filter(
            indicator__assessment=assessment, indicator__is_outcome=True, value__isnull=False
        ).select_related("indicator")
    )


def _summary(area: Area, needs: Sequence[AreaNeed]) -> AreaSummary:
    worse = sorted(
        (one for one in needs if one.standing == "worse"),
        key=lambda one: (one.distance or 0.0, one.indicator.place),
    )
    return AreaSummary(
        code=area.code,
        name=area.name,
        worse=len(worse),
        better=sum(one.standing == "better" for one in needs),
        getting_worse=sum(one.trend_is_good is False for one in needs),
        furthest=tuple(worse[:FURTHEST]),
    )


def needs_of(assessment: Assessment, area: Area) -> tuple[AreaNeed, ...]:
    """Every indicator of an area in the order of the assessment, with a figure or without."""
    return tuple(
        AreaNeed.objects.filter(indicator__assessment=assessment, area=area)
        .select_related("indicator")
        .order_by("indicator__place")
    )


def all_needs(assessment: Assessment) -> tuple[AreaNeed, ...]:
    """Every indicator of every area, by area."""
    return tuple(
        AreaNeed.objects.filter(indicator__assessment=assessment)
        .select_related("indicator", "area")
        .order_by("area__code", "indicator__place")
    )


def variation_of(assessment: Assessment) -> tuple[Variation, ...]:
    """How every indicator varies, in the order of the assessment."""
    by_indicator: dict[int, list[Spread]] = defaultdict(list)
    for spread in Spread.objects.filter(indicator__assessment=assessment):
        by_indicator[spread.indicator_id].append(spread)
    indicators = Indicator.objects.filter(Q(assessment=assessment), pk__in=by_indicator)
    return tuple(
        Variation(
            indicator=one,
            published=next(s for s in by_indicator[one.pk] if s.division == Spread.PUBLISHED),
            divisions=tuple(s for s in by_indicator[one.pk] if s.division != Spread.PUBLISHED),
        )
        for one in indicators
    )
