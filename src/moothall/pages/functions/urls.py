"""Addresses of functions, gates and deals."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.functions import views
from moothall.pages.functions.rows import deal_rows, function_rows, gate_rows

urlpatterns = [
    path("functions", views.functions, name="functions"),
    path("functions.csv", csv_view("functions", function_rows), name="functions_csv"),
    path("functions.json", json_view(function_rows), name="functions_json"),
    path("functions/<slug:code>", views.function, name="function"),
    path("timetable/gates", views.gates, name="gates"),
    path("timetable/gates.csv", csv_view("gates", gate_rows), name="gates_csv"),
    path("timetable/gates.json", json_view(gate_rows), name="gates_json"),
    path("deals", views.deals, name="deals"),
    path("deals.csv", csv_view("deals", deal_rows), name="deals_csv"),
    path("deals.json", json_view(deal_rows), name="deals_json"),
]
