"""Rows of the tables in which deals and their scores are published."""

from collections.abc import Iterator
from fractions import Fraction

from folkmoot.services.deals import CONTROLS, Deal, Deals, FunctionScores
from folkmoot.services.interval import Interval
from folkmoot.services.tables import Row

DEAL_COLUMNS = (
    *("deal", "name", "agreed", "leader", "fund", "fund_pence", "reach_least", "reach_most"),
    *("weighted_by", "is_reference", "state", "source", "note"),
)
DEAL_SCORE_COLUMNS = (
    *("deal", "function", "control", "score", "reach_least", "reach_most", "weakest_least"),
    *("weakest_most", "classes", "state", "evidence", "source"),
)
NOT_RECONCILED = "not reconciled"


def deal_rows(deals: Deals) -> Iterator[Row]:
    """One row a deal, and the line by which known funds miss the printed sum."""
    for one in deals.deals.values():
        pence = "" if one.fund_pence is None else one.fund_pence
        yield (
            *(one.code, one.name, one.agreed, one.leader, one.fund_text, pence),
            *_ends(one.reach),
            *(weighed_by(one), "yes" if one.is_reference else "no", one.state, str(one.source)),
            one.note,
        )
    if deals.total is not None and deals.not_reconciled is not None:
        told = f"of the printed {deals.total.published_text}"
        source = str(deals.total.source)
        yield (
            *("", NOT_RECONCILED, "", "", told, deals.not_reconciled, "", "", "", "no"),
            *("to_check", source, deals.total.note),
        )


def deal_score_rows(deals: Deals) -> Iterator[Row]:
    """One row a deal, function and control; an unknown score is empty."""
    for deal in deals.deals.values():
        for one in deal.functions:
            told = (*_ends(one.reach), *_whole(one.weakest), " or ".join(one.degrees))
            for control in CONTROLS:
                score = one.scores.get(control)
                if score is None:
                    yield (*(deal.code, one.function, control, ""), *told, "unknown", "", "")
                else:
                    known = score.state, score.evidence, score.source
                    yield (deal.code, one.function, control, score.value, *told, *known)


def weighed_by(deal: Deal) -> str:
    """What a deal's reach is weighted by, in words; functions without money are named."""
    if not deal.functions:
        return "no function scored"
    if not deal.is_weighted:
        return "equal weights: no function's money is known"
    left_out = [one.name for one in deal.functions if one.amount is None]
    return "money" + (f", without {', '.join(left_out)}" if left_out else "")


def in_words(interval: Interval | None) -> str:
    """A reach as people read it: one figure, or its limits.

    Examples
    --------
    >>> from fractions import Fraction
    >>> in_words(Interval.exactly(Fraction(5, 16))), in_words(Interval(Fraction(0), Fraction(1)))
    ('0.3125', '0 to 1')
    """
    if interval is None:
        return "not scored"
    least, most = (f"{float(end):.4f}".rstrip("0").rstrip(".") for end in _limits(interval))
    return least if least == most else f"{least} to {most}"


def degrees_in_words(function: FunctionScores) -> str:
    """The class, or every class that the blanks leave open."""
    return " or ".join(function.degrees)


def _ends(interval: Interval | None) -> tuple[str, str]:
    if interval is None:
        return "", ""
    least, most = (f"{float(end):.6g}" for end in _limits(interval))
    return least, most


def _whole(interval: Interval) -> tuple[int, int]:
    least, most = (int(end) for end in _limits(interval))
    return least, most


def _limits(interval: Interval) -> tuple[Fraction, Fraction]:
    return interval.least or Fraction(0), interval.most or Fraction(0)
