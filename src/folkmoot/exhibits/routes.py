"""How the money runs: a picture of a ledger, and the table that says the same.

In:        ledgers and their holders; nothing of the rest of a plan, so that a folder or the
           packaged catalogue alone can be drawn too.
Out:       ``sankey`` pictures and tables.
"""

from collections.abc import Mapping

from folkmoot.exhibits.layers import Band
from folkmoot.exhibits.sankey import Node, Picture, sankey
from folkmoot.exhibits.tables import Table
from folkmoot.services.flow import Holder, distinct_paths, hops
from folkmoot.vocabulary.codes import HolderCode
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.money import in_pounds, in_short

LAYERS = (
    "The Treasury",
    "Departments",
    "National commissioners",
    "Local commissioners or bodies",
    "Programmes",
)
THIN = 1000
"""A band below one part in so many is drawn wider than it is, and told so in the table."""

Holders = Mapping[HolderCode, Holder]


def routes_chart(ledgers: Mapping[str, Ledger], holders: Holders, *, identity: str) -> str:
    """Draw ledgers one below another, each under its title."""
    pictures = [_picture(title, ledger, holders) for title, ledger in ledgers.items()]
    return sankey(pictures, LAYERS, title="How the money runs", identity=identity)


def _picture(title: str, ledger: Ledger, holders: Holders) -> Picture:
    bands = tuple(
        Band(source=here, target=there, kind=stream, pence=pence)
        for (here, there, stream), pence in ledger.sums(
            "from_holder", "to_holder", "stream"
        ).items()
    )
    used = {code for band in bands for code in (band.source, band.target)}
    return Picture(
        title=title,
        nodes=tuple(
            Node(code=code, name=_short(one.name), layer=one.layer)
            for code, one in holders.items()
            if code in used
        ),
        bands=bands,
    )


def _short(name: str) -> str:
    """A body by its area alone: the column says that it is one."""
    short = name.removeprefix("Commissioning body of ")
    return short.replace(": programmes not listed one by one", ", not listed singly")


def told(ledger: Ledger) -> str:
    """How far a pound goes, in a sentence's part."""
    paths = distinct_paths(ledger)
    return f"a pound passes {float(hops(ledger)):.1f} hands, by {paths:,} routes"


def routes_table(title: str, ledger: Ledger, holders: Holders) -> Table:
    """Every band, the Treasury's first; one too thin to draw to scale says so."""
    bands = ledger.sums("from_holder", "to_holder", "stream")
    whole = sum(pence for (here, _, _), pence in bands.items() if holders[here].layer == 1)
    thin = sum(pence * THIN < whole for pence in bands.values())
    ordered = sorted(bands.items(), key=lambda one: (holders[one[0][0]].layer, one[0]))
    return Table.of(
        f"Where each sum goes: {title}",
        ("From", "To", "Stream", "Pounds>", "Of all>"),
        [
            (
                holders[here].name,
                holders[there].name,
                stream,
                in_pounds(pence),
                f"{pence / whole:.1%}" if pence * THIN >= whole else "under 0.1%",
            )
            for (here, there, stream), pence in ordered
        ],
        note=(
            f"{thin} of {len(bands)} bands are under 0.1% of {in_short(whole)}; each is drawn, "
            "at 1 px where it would be thinner."
        )
        if thin
        else "",
    )
