"""Addresses of areas and conflicts."""

from django.urls import path, register_converter

from moothall.pages.areas import views
from moothall.pages.areas.addresses import AreaCodeConverter
from moothall.pages.areas.rows import area_rows, conflict_rows
from moothall.pages.frame.downloads import csv_view, json_view

register_converter(AreaCodeConverter, "area_code")

urlpatterns = [
    path("areas", views.areas, name="areas"),
    path("areas.csv", csv_view("areas", area_rows), name="areas_csv"),
    path("areas.json", json_view(area_rows), name="areas_json"),
    path("areas/conflicts", views.conflicts, name="conflicts"),
    path("areas/conflicts.csv", csv_view("conflicts", conflict_rows), name="conflicts_csv"),
    path("areas/conflicts.json", json_view(conflict_rows), name="conflicts_json"),
    path("areas/<area_code:code>", views.area, name="area"),
]
