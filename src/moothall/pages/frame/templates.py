"""The one template engine of the pages: Jinja2, escaping all, refusing undefined names."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from moothall.pages.frame import figures
from moothall.pages.frame.components import GOVUK

_FILTERS = (
    figures.change,
    figures.day,
    figures.exactly,
    figures.geography_name,
    figures.millions,
    figures.people,
    figures.per_head,
    figures.pounds,
    figures.price,
    figures.score,
    figures.share,
    figures.short_people,
    figures.short_pounds,
)


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django hands on whatever is set
    """Return the environment that Django renders our pages with."""
    made = Environment(
        loader=options["loader"],
        autoescape=True,
        auto_reload=options["auto_reload"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static, url=reverse, govuk=GOVUK, count=figures.count)
    made.filters.update({one.__name__: one for one in _FILTERS})
    return made
