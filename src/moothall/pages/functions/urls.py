"""Addresses of functions and bodies."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.functions import views
from moothall.pages.functions.rows import body_rows, function_rows, held_rows

urlpatterns = [
    path("functions", views.functions, name="functions"),
    path("functions.csv", csv_view("functions", function_rows), name="functions_csv"),
    path("functions.json", json_view(function_rows), name="functions_json"),
    path("register.csv", csv_view("register", held_rows), name="register_csv"),
    path("register.json", json_view(held_rows), name="register_json"),
    path("functions/<slug:code>", views.function, name="function"),
    path("bodies", views.bodies, name="bodies"),
    path("bodies.csv", csv_view("bodies", body_rows), name="bodies_csv"),
    path("bodies.json", json_view(body_rows), name="bodies_json"),
]
