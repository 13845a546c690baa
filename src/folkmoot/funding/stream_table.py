"""Read one [stream.…] table of a formula."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

from folkmoot.funding.quantum import LINE_KINDS, Line, PublishedSum
from folkmoot.funding.streams import BASELINES, NEED_DATA, Spend, Stream
from folkmoot.parameters.reader import Section
from folkmoot.vocabulary.codes import ProgrammeCode, StreamCode

Value = TypeVar("Value")
NONE = Fraction(0)


def read_stream(code: str, table: Section) -> Stream | None:
    """Make a stream of its table; None when it has a fault."""
    return table.make(
        lambda: Stream(
            code=StreamCode(code),
            name=table.text("name"),
            programmes=tuple(map(ProgrammeCode, table.texts("programmes", default=()))),
            present_commissioner=table.text("present_commissioner", default=""),
            price_base=table.text("price_base", default="cash"),
            need_profile=table.text("need_profile"),
            need_data=table.choice("need_data", NEED_DATA, default="opening"),
            baseline=table.choice("baseline", BASELINES, default="modelled-1"),
            spend=_spend(table.section("spend")) if table.has("spend") else None,
            devolve_from=table.text("devolve_from", default=""),
            outcome_share=table.ratio("outcome_share", default=NONE, least=0, most=1),
            growth_range=table.plausible("growth_range", least=-1),
            outcome_weights=_weights(table.section("outcome_weights")),
            sums=kept(read_sum(row) for row in table.rows("quantum")),
            lines=kept(_line(row) for row in table.rows("line")),
        )
    )


def read_sum(table: Section) -> PublishedSum | None:
    """Make a published sum of a [[stream.….quantum]] table or of [published_total]."""
    return table.make(
        lambda: PublishedSum(
            first_day=table.day("first_day"),
            last_day=table.day("last_day"),
            pence=table.whole("pence"),
            half_width_pence=table.whole("half_width_pence", default=0, least=0),
            text=table.text("published_text", default=""),
            checked=table.text("checked", default=""),
            source=table.source(),
        )
    )


def kept(found: Iterable[Value | None]) -> tuple[Value, ...]:
    """The values that could be made; the others have left their faults."""
    return tuple(one for one in found if one is not None)


def _line(table: Section) -> Line | None:
    def build() -> Line:
        kind = table.choice("kind", LINE_KINDS)
        is_growth = kind == "growth"
        return Line(
            kind=kind,
            name=table.text("name"),
            year=table.year("year"),
            growth=table.ratio("ratio", least=-1) if is_growth else NONE,
            pence=0 if is_growth else table.whole("pence", least=0),
            source=table.source(),
        )

    return table.make(build)


def _weights(table: Section) -> dict[str, Fraction]:
    """What each measure weighs; none where the table is left out."""
    found = {name: table.ratio(name, least=0, most=1) for name in sorted(table.values)}
    if found and sum(found.values()) != 1:
        shown = " + ".join(str(one) for one in found.values())
        table.fault("", f"its weights are {shown}, and not 1.", "Make them sum to 1 exactly.")
    return found


def _spend(table: Section) -> Spend | None:
    amounts = table.section("pence")
    return table.make(
        lambda: Spend(
            geography=table.text("geography", default=""),
            pence={code: amounts.whole(code) for code in amounts.values},
            first_day=table.day("first_day"),
            source=table.source(),
        )
    )
