"""Assessments of what areas need, with their indicators and how these vary."""

from moothall.understand.models.area_need import AreaNeed
from moothall.understand.models.assessment import Assessment
from moothall.understand.models.indicator import Indicator
from moothall.understand.models.spread import Spread

__all__ = ["AreaNeed", "Assessment", "Indicator", "Spread"]
