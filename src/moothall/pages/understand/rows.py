"""Needs and variation as rows of a file."""

from moothall.centre.models import DevolutionPlan
from moothall.pages.frame.downloads import Rows
from moothall.understand.queries import all_needs, assessment_of, variation_of


def need_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an indicator of an area."""
    assessment = assessment_of(plan.area_plan)
    if assessment is None:
        return []
    return [
        {
            "area": one.area.code,
            "indicator": one.indicator.code,
            "name": one.indicator.name,
            "unit": one.indicator.unit,
            "period": one.period,
            "value": one.value,
            "lower_95": one.lower_95,
            "upper_95": one.upper_95,
            "label": one.label,
            "coverage": one.coverage,
            "whole": one.whole,
            "like_areas": one.like_areas,
            "verdict": one.verdict,
            "standing": one.standing,
            "fifth": one.fifth,
            "trend": one.trend,
            "reason": one.reason,
        }
        for one in all_needs(assessment)
    ]


def variation_rows(plan: DevolutionPlan) -> Rows:
    """Return one row an indicator of a division."""
    assessment = assessment_of(plan.area_plan)
    if assessment is None:
        return []
    return [
        {
            "indicator": one.indicator.code,
            "name": one.indicator.name,
            "unit": one.indicator.unit,
            "division": spread.division,
            "areas": spread.areas,
            "deviation": spread.deviation,
            "differ_by": spread.differ_by,
            "alike": spread.alike,
            "p_adjusted": spread.p_adjusted,
        }
        for one in variation_of(assessment)
        for spread in (one.published, *one.divisions)
    ]
