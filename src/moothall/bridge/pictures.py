"""Draw what the hall keeps of deals and administration, with the core's own exhibits."""

from folkmoot.exhibits.administration import administration_chart
from folkmoot.exhibits.deals import Reach, reach_chart
from folkmoot.services.savings import AdministrationYear
from folkmoot.vocabulary.periods import FinancialYear
from moothall.centre.queries.administration import AdministrationRow
from moothall.centre.queries.deals import ScoredFunction


def reach_svg(found: tuple[ScoredFunction, ...], *, is_narrow: bool = False) -> str:
    """Return an ``<svg>`` of how far each function of a deal is devolved; empty without any."""
    if not found:
        return ""
    return reach_chart(
        [
            Reach(
                name=f"{one.deal}: {one.function.replace('-', ' ')}",
                least=float(one.reach_least),
                most=float(one.reach_most),
                says=f"{one.reach_least.normalize():f} to {one.reach_most.normalize():f}, "
                f"{one.classes}",
            )
            for one in found
        ],
        is_narrow=is_narrow,
    )


def administration_svg(found: tuple[AdministrationRow, ...]) -> str:
    """Return an ``<svg>`` of what is released and what it costs by year; empty without any."""
    if not found:
        return ""
    years = [
        AdministrationYear(
            year=FinancialYear.parse(one.year),
            gross=one.gross,
            new=one.new,
            one_off=one.one_off,
            cumulative=one.cumulative,
        )
        for one in found
    ]
    return administration_chart(years, title=found[0].label)
