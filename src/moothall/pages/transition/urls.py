"""Addresses of the timetable, its gates and its elections."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.transition import views
from moothall.pages.transition.rows import gate_rows, start_rows, timetable_rows

urlpatterns = [
    path("timetable", views.timetable, name="timetable"),
    path("timetable.csv", csv_view("timetable", timetable_rows), name="timetable_csv"),
    path("timetable.json", json_view(timetable_rows), name="timetable_json"),
    path("timetable/gates", views.gates, name="gates"),
    path("timetable/gates.csv", csv_view("gates", gate_rows), name="gates_csv"),
    path("timetable/gates.json", json_view(gate_rows), name="gates_json"),
    path("timetable/elections", views.elections, name="elections"),
    path("timetable/elections.csv", csv_view("elections", start_rows), name="elections_csv"),
    path("timetable/elections.json", json_view(start_rows), name="elections_json"),
]
