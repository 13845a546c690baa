"""Draw how a grant came about: a bar a cause, from what there was to what there is."""

from folkmoot.exhibits.tables import Table
from folkmoot.exhibits.waterfall import Step, waterfall
from folkmoot.funding.explain import Waterfall
from folkmoot.vocabulary.money import in_pounds, in_short


def waterfall_chart(found: Waterfall, called: str) -> str:
    """Draw the causes of a grant; what the area is called and the labels stand below it.

    Without a grant that it is explained since, it begins with its first cause.

    Parameters
    ----------
    called : str
        What people call the area.

    Returns
    -------
    str
        An ``<svg>`` element; ``waterfall_table`` has its figures.
    """
    terms = [(term.cause.name, term.pence) for term in found.terms]
    begins, *steps = [(found.since, found.start), *terms] if found.since else terms
    return waterfall(
        (begins[0], begins[1], in_short(begins[1])),
        [
            Step(name=name, change=pence, shown=f"{'+' if pence >= 0 else ''}{in_short(pence)}")
            for name, pence in steps
        ],
        (f"{found.area}, {found.year}", found.pence, in_short(found.pence)),
        title=f"{called}, {found.stream}, {found.year}: {in_pounds(found.pence)}",
        identity="grant",
        # A name may be too long to stand beside a sum; the note has as many lines as it needs.
        note="; ".join((called, *found.labels)),
    )


def waterfall_table(found: Waterfall, called: str) -> Table:
    """The figures of the drawing with the rule and the source of each."""
    start = [(found.since, "", "", in_pounds(found.start))] if found.since else []
    return Table.of(
        f"{called}, {found.stream}, {found.year}",
        ("Cause", "Rule", "Source", "Adds>"),
        [
            *start,
            *(
                (term.cause.name, term.cause.value, term.cause.source, in_pounds(term.pence))
                for term in found.terms
            ),
        ],
        total=("together", "", "", in_pounds(found.pence)),
        note="; ".join(found.labels),
    )
