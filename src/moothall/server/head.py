"""Answer HEAD with the headers alone, as web servers expect of what they serve."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def without_body(get_response: Answer) -> Answer:
    """Return a middleware that drops the body of an answer to HEAD; its length stays said."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response

    return answer
