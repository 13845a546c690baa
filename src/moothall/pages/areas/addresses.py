"""Where an area's page is, and which codes an address may hold."""

from django.urls import reverse


class AreaCodeConverter:
    """A code as plans write it; anything else is no page of ours."""

    regex = "[A-Za-z0-9_-]{1,20}"

    def to_python(self, value: str) -> str:
        """Take the code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Give the code as it stands."""
        return value


def area_address(code: str) -> str:
    """Return the address of an area's page."""
    return reverse("area", args=[code])
