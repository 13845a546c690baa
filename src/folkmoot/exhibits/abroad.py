"""Examples abroad as a table: only what the sources state."""

from folkmoot.exhibits.sections import Section, folded, text
from folkmoot.exhibits.tables import Table
from folkmoot.services.abroad import examples_abroad


def abroad() -> Section:
    """Examples of other countries, each with its source and how sure it is."""
    return Section(
        anchor="abroad",
        title="Examples abroad",
        parts=(
            text(
                "What sources state of other countries. No figure of this plan rests on any of "
                "them, and none is a forecast of what would happen here."
            ),
            folded("Every example", _table()),
        ),
    )


def _table() -> Table:
    return Table.of(
        "Examples abroad",
        ("Where", "As published>", "What", "When", "Known?", "Source"),
        [
            (
                one.geography,
                one.published_text,
                one.note,
                f"{one.first_day.year}",
                one.state.replace("_", " "),
                str(one.source),
            )
            for one in examples_abroad().values()
        ],
    )
