"""Who pays and who gains: a flow in two columns, before and after.

In:        options as ``services.prevention`` finds them, and what commissioners are called.
Out:       a ``sankey`` picture; the groups of alike commissioners that a table shows too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from folkmoot.exhibits.layers import Band
from folkmoot.exhibits.sankey import Node, Picture, sankey
from folkmoot.services.prevention import NOBODY, Pocket, Pockets, Prevention
from folkmoot.services.register import Period
from folkmoot.services.tables import PERIODS
from folkmoot.vocabulary.bodies import Commissioner
from folkmoot.vocabulary.codes import CommissionerCode

COLUMNS = ("Who pays", "Who gains")
BEFORE_AND_AFTER: Mapping[Period, str] = {"before": "Before", "after": "After"}
Names = Mapping[CommissionerCode, Commissioner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Commissioners of one kind that hold the same functions of an option."""

    name: str
    pockets: tuple[Pocket, ...]

    @property
    def cost(self) -> int:
        """What they pay together. Unit: pence."""
        return sum(sum(one.cost) for one in self.pockets)

    @property
    def value(self) -> int:
        """What they gain together. Unit: pence."""
        return sum(sum(one.value) for one in self.pockets)

    @property
    def payback(self) -> str:
        """The years in which the first and the last of them is paid back."""
        if not self.cost:
            return "pays nothing"
        years = sorted({one.payback for one in self.pockets if one.payback is not None})
        told = f"year {years[0]}" + (f" to {years[-1]}" if len(years) > 1 else "") if years else ""
        short = any(one.payback is None for one in self.pockets)
        return " or ".join(filter(None, (told, "never" if short else "")))


def alike(found: Pockets, names: Names) -> tuple[Alike, ...]:
    """Commissioners of a kind with the same functions, as one; who pays most comes first."""
    groups: dict[tuple[str, tuple[str, ...]], list[Pocket]] = {}
    for one in found.pockets:
        kind = names[one.commissioner].kind if one.commissioner != NOBODY else NOBODY
        groups.setdefault((kind, one.functions), []).append(one)
    made = [Alike(name=_name(held, names), pockets=tuple(held)) for held in groups.values()]
    return tuple(sorted(made, key=lambda one: (-one.cost, -one.value, one.name)))


def _name(held: list[Pocket], names: Names) -> str:
    if held[0].commissioner == NOBODY:
        return "Nobody holds it"
    if len(held) == 1:
        return names[held[0].commissioner].name
    kind = names[held[0].commissioner].kind
    words = "commissioning bodies" if kind == "body" else f"{kind} commissioners"
    return f"{len(held)} {words} for {', '.join(held[0].functions)}"


def pockets_chart(found: Iterable[Prevention], names: Names) -> str:
    """Draw whose payment brings whom a value, all options before and all after."""
    made = tuple(found)
    pictures = [_picture(made, names, period) for period in PERIODS]
    return sankey(pictures, COLUMNS, title="Who pays and who gains", identity="pockets")


def _picture(found: tuple[Prevention, ...], names: Names, period: Period) -> Picture:
    bands: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        held = one.periods[period]
        group = {pocket.commissioner: it.name for it in alike(held, names) for pocket in it.pockets}
        for (payer, gainer), pence in held.bands.items():
            bands[group[payer], group[gainer], one.option.name] += pence
    nodes = {(1, payer) for payer, _, _ in bands} | {(2, gainer) for _, gainer, _ in bands}
    return Picture(
        title=BEFORE_AND_AFTER[period],
        nodes=tuple(
            Node(code=f"{layer} {name}", name=name, layer=layer) for layer, name in sorted(nodes)
        ),
        bands=tuple(
            Band(source=f"1 {payer}", target=f"2 {gainer}", kind=option, pence=pence)
            for (payer, gainer, option), pence in sorted(bands.items())
        ),
    )
