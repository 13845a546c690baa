"""What the centre keeps, one model a file."""

from moothall.centre.models.administration_year import AdministrationYear
from moothall.centre.models.allocation import Allocation
from moothall.centre.models.block_grant import BlockGrant
from moothall.centre.models.commissioner import Commissioner
from moothall.centre.models.conflict import Conflict
from moothall.centre.models.deal import Deal
from moothall.centre.models.deal_score import DealScore
from moothall.centre.models.devolution_plan import DevolutionPlan
from moothall.centre.models.function import Function
from moothall.centre.models.gate import Gate
from moothall.centre.models.money_route import MoneyRoute
from moothall.centre.models.negotiation import Negotiation
from moothall.centre.models.negotiation_option import NegotiationOption
from moothall.centre.models.plan_score import PlanScore
from moothall.centre.models.portfolio import Portfolio
from moothall.centre.models.quantum import Quantum
from moothall.centre.models.responsibility import Responsibility
from moothall.centre.models.settlement import Settlement
from moothall.centre.models.settlement_start import SettlementStart
from moothall.centre.models.stream import Stream
from moothall.centre.models.task import Task

__all__ = [
    "AdministrationYear",
    "Allocation",
    "BlockGrant",
    "Commissioner",
    "Conflict",
    "Deal",
    "DealScore",
    "DevolutionPlan",
    "Function",
    "Gate",
    "MoneyRoute",
    "Negotiation",
    "NegotiationOption",
    "PlanScore",
    "Portfolio",
    "Quantum",
    "Responsibility",
    "Settlement",
    "SettlementStart",
    "Stream",
    "Task",
]
