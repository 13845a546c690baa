"""One self-contained page: no script, no other file, the same bytes for the same parts."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from folkmoot.exhibits.sections import Section

TEMPLATE = "page.html.jinja"


def page(
    *,
    title: str,
    lead: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[Section],
    attributions: Sequence[str],
    imprint: str,
) -> str:
    """Lay sections out as a whole HTML document.

    Parameters
    ----------
    facts : sequence of pairs
        What to see first: a name and a figure each.
    attributions : sequence of str
        What the licences of the data ask to be said.
    imprint : str
        Who made the page, from what, and how to check it.
    """
    template = Environment(
        loader=PackageLoader("folkmoot", "exhibits"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(TEMPLATE)
    return template.render(
        title=title,
        lead=lead,
        facts=facts,
        sections=sections,
        attributions=attributions,
        imprint=imprint,
        drawn=Markup,
    )
