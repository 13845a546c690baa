"""What the centre keeps, one model a file."""

from moothall.centre.models.allocation import Allocation
from moothall.centre.models.block_grant import BlockGrant
from moothall.centre.models.commissioner import Commissioner
from moothall.centre.models.conflict import Conflict
from moothall.centre.models.devolution_plan import DevolutionPlan
from moothall.centre.models.function import Function
from moothall.centre.models.money_route import MoneyRoute
from moothall.centre.models.negotiation import Negotiation
from moothall.centre.models.negotiation_option import NegotiationOption
from moothall.centre.models.plan_score import PlanScore
from moothall.centre.models.quantum import Quantum
from moothall.centre.models.responsibility import Responsibility
from moothall.centre.models.settlement import Settlement
from moothall.centre.models.stream import Stream
from moothall.centre.models.task import Task

__all__ = [
    "Allocation",
    "BlockGrant",
    "Commissioner",
    "Conflict",
    "DevolutionPlan",
    "Function",
    "MoneyRoute",
    "Negotiation",
    "NegotiationOption",
    "PlanScore",
    "Quantum",
    "Responsibility",
    "Settlement",
    "Stream",
    "Task",
]
