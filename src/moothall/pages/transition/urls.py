"""Addresses of the timetable."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.transition import views
from moothall.pages.transition.rows import timetable_rows

urlpatterns = [
    path("timetable", views.timetable, name="timetable"),
    path("timetable.csv", csv_view("timetable", timetable_rows), name="timetable_csv"),
    path("timetable.json", json_view(timetable_rows), name="timetable_json"),
]
