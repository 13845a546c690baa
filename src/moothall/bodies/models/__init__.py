"""Areas and bodies, one model a file."""

from moothall.bodies.models.area import Area
from moothall.bodies.models.area_geography import AreaGeography
from moothall.bodies.models.area_plan import AreaPlan
from moothall.bodies.models.block import Block
from moothall.bodies.models.body import Body
from moothall.bodies.models.office import Office

__all__ = ["Area", "AreaGeography", "AreaPlan", "Block", "Body", "Office"]
