"""Render a page in the frame, with the plan in force or the page that says there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.plans import plan_in_force
from moothall.pages.frame.navigation import items, siblings

P = ParamSpec("P")


def page(
    request: HttpRequest, template: str, *, status: int = 200, **facts: object
) -> HttpResponse:
    """Render a template of the pages with these facts and the frame's own."""
    frame = {"navigation": items(request.path), "siblings": siblings(request.path)}
    return render(request, template, {**frame, **facts}, status=status, using="jinja2")


def with_plan(
    view: Callable[Concatenate[HttpRequest, DevolutionPlan, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand a view the plan in force; before there is one, say what to do instead."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        plan = plan_in_force()
        if plan is None:
            return page(request, "frame/no_plan.html")
        return view(request, plan, *args, **kwargs)

    return shown
