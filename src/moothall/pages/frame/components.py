"""GOV.UK components, as the govuk-frontend-jinja package has them.

Our own pages refuse an undefined name. The package's macros rely on undefined meaning
"not given", so they live in an environment of their own and come to our pages as ``govuk``.
"""

from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader

_PACKAGE = "govuk_frontend_jinja"
_ENVIRONMENT = Environment(
    loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}), autoescape=True
)


def component(name: str) -> Any:  # noqa: ANN401 - jinja2 gives a macro no type
    """Return the macro of a component.

    >>> "govuk-tag" in component("tag")({"text": "Draft"})
    True
    """
    macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    template = _ENVIRONMENT.get_template(f"{_PACKAGE}/components/{name}/macro.html")
    return getattr(template.module, macro)


USED = (
    "breadcrumbs",
    "button",
    "details",
    "error-summary",
    "generic-header",
    "input",
    "inset-text",
    "phase-banner",
    "select",
    "service-navigation",
    "skip-link",
    "summary-list",
    "tag",
)

GOVUK = {name.replace("-", "_"): component(name) for name in USED}
"""Macro by name, ``govuk.summary_list`` in a page."""
