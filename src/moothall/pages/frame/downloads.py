"""The rows of a table as a file: CSV and JSON say what the page says, in the same order."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import plan_in_force

Rows = Sequence[Mapping[str, object]]
Reader = Callable[[DevolutionPlan], Rows]
View = Callable[[HttpRequest], HttpResponse]

NO_PLAN = "No plan yet: run make plan\n"


def csv_view(name: str, read: Reader) -> View:
    """Return a view that sends rows as a file that a spreadsheet opens."""

    @require_safe
    def send(_request: HttpRequest) -> HttpResponse:
        plan = plan_in_force()
        if plan is None:
            return _no_plan()
        response = HttpResponse(as_csv(read(plan)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response

    return send


def json_view(read: Reader) -> View:
    """Return a view that sends rows as JSON, beside the plan that they are of."""

    @require_safe
    def send(_request: HttpRequest) -> HttpResponse:
        plan = plan_in_force()
        if plan is None:
            return _no_plan()
        about = {"plan": plan.name, "plan_sha256": plan.sha256, "state": "draft"}
        return JsonResponse(
            {**about, "rows": list(read(plan))},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )

    return send


def told(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row as a file holds it: days as text, lists joined, nothing for what is unknown.

    >>> from datetime import date
    >>> told({"day": date(2031, 4, 1), "councils": ("A", "B"), "score": None, "pence": 5})
    {'day': '2031-04-01', 'councils': 'A; B', 'score': '', 'pence': 5}
    """
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"{value}" if isinstance(value, date | Decimal) else value


def as_csv(rows: Rows) -> str:
    """Write rows under the columns of the first.

    >>> print(as_csv([{"area": "A01", "pence": 5}]), end="")
    area,pence
    A01,5
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _no_plan() -> HttpResponse:
    return HttpResponse(NO_PLAN, content_type="text/plain; charset=utf-8", status=404)
