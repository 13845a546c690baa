"""The pages for what is not there, what cannot be read, and what we did wrong."""

from django.http import HttpRequest, HttpResponse

from moothall.pages.frame.rendering import page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Say that there is no such page, and where to look."""
    return page(request, "frame/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Say that the address cannot be read."""
    return page(request, "frame/bad_request.html", status=400)


def server_fault(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; this page reads no database."""
    return page(request, "frame/server_fault.html", status=500)
