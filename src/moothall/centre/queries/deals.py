"""Read the deals of the past, and how far each devolves."""

from dataclasses import dataclass
from decimal import Decimal

from moothall.centre.models import Deal, DealScore, DevolutionPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRow:
    """One deal, as the page and the files hold it."""

    deal: str
    name: str
    agreed: str
    leader: str
    fund: str
    fund_pence: int | None
    reach_least: Decimal | None
    reach_most: Decimal | None
    weighted_by: str
    is_reference: bool
    is_to_check: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredFunction:
    """A function of a deal: its reach and its class, or all that blanks leave open."""

    deal: str
    function: str
    reach_least: Decimal
    reach_most: Decimal
    classes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One control over one function of a deal."""

    deal: str
    function: str
    control: str
    score: int | None
    """From 0, the centre decides, to 4, the area does; None: unknown."""
    is_to_check: bool
    evidence: str
    source: str


def deals_of(plan: DevolutionPlan) -> tuple[DealRow, ...]:
    """Return the deals, and the line by which known funds miss the printed sum."""
    return tuple(
        DealRow(
            deal=one.code,
            name=one.name,
            agreed=one.agreed,
            leader=one.leader,
            fund=one.fund,
            fund_pence=one.fund_pence,
            reach_least=one.reach_least,
            reach_most=one.reach_most,
            weighted_by=one.weighted_by,
            is_reference=one.is_reference,
            is_to_check=one.is_to_check,
            source=one.source,
            note=one.note,
        )
        for one in Deal.objects.filter(devolution_plan=plan)
    )


def scored_functions(plan: DevolutionPlan) -> tuple[ScoredFunction, ...]:
    """Return each function that a deal names, once."""
    found = DealScore.objects.filter(deal__devolution_plan=plan).select_related("deal")
    return tuple(
        dict.fromkeys(
            ScoredFunction(
                deal=one.deal.name,
                function=one.function,
                reach_least=one.reach_least,
                reach_most=one.reach_most,
                classes=one.classes,
            )
            for one in found
        )
    )


def scores_of(plan: DevolutionPlan) -> tuple[ScoreRow, ...]:
    """Return every score with its evidence."""
    found = DealScore.objects.filter(deal__devolution_plan=plan).select_related("deal")
    return tuple(
        ScoreRow(
            deal=one.deal.name,
            function=one.function,
            control=one.control,
            score=one.score,
            is_to_check=one.is_to_check,
            evidence=one.evidence,
            source=one.source,
        )
        for one in found
    )
