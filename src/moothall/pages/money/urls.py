"""Addresses of the settlement."""

from django.urls import path

from moothall.pages.frame.downloads import csv_view, json_view
from moothall.pages.money import views
from moothall.pages.money.rows import settlement_rows

urlpatterns = [
    path("settlement", views.settlement, name="settlement"),
    path("settlement.csv", csv_view("settlement", settlement_rows), name="settlement_csv"),
    path("settlement.json", json_view(settlement_rows), name="settlement_json"),
]
