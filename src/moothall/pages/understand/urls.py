"""Addresses of needs and variation."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.understand import views
from moothall.pages.understand.rows import need_rows, variation_rows

urlpatterns = [
    path("understand/needs", views.needs, name="needs"),
    path("understand/needs.csv", csv_view("needs", need_rows), name="needs_csv"),
    path("understand/needs.json", json_view(need_rows), name="needs_json"),
    path("understand/needs/<area_code:code>", views.area_needs, name="area_needs"),
    path("understand/variation", views.variation, name="variation"),
    path("understand/variation.csv", csv_view("variation", variation_rows), name="variation_csv"),
    path("understand/variation.json", json_view(variation_rows), name="variation_json"),
]
