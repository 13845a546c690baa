"""Read pages as a visitor does."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.hall.pages.page import Page

Read = Callable[..., Page]


@pytest.fixture
def read(client: Client) -> Read:
    """Get a page and check the status that it should have."""

    def get(address: str, *, status: int = 200) -> Page:
        response = client.get(address)
        assert response.status_code == status
        return Page(response.content.decode())

    return get
