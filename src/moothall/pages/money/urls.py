"""Addresses of the settlement."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.money import views
from moothall.pages.money.rows import administration_rows, route_rows, settlement_rows

urlpatterns = [
    path("settlement", views.settlement, name="settlement"),
    path("settlement.csv", csv_view("settlement", settlement_rows), name="settlement_csv"),
    path("settlement.json", json_view(settlement_rows), name="settlement_json"),
    path("settlement/routes", views.routes, name="routes"),
    path("settlement/routes.csv", csv_view("routes", route_rows), name="routes_csv"),
    path("settlement/routes.json", json_view(route_rows), name="routes_json"),
    path("settlement/administration", views.administration, name="administration"),
    path(
        "settlement/administration.csv",
        csv_view("administration", administration_rows),
        name="administration_csv",
    ),
    path(
        "settlement/administration.json",
        json_view(administration_rows),
        name="administration_json",
    ),
]
