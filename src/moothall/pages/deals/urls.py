"""Addresses of the deals."""

from django.urls import path

from moothall.pages.deals import views
from moothall.pages.deals.rows import deal_rows, score_rows
from moothall.pages.frame.downloads import csv_view, json_view

urlpatterns = [
    path("deals", views.deals, name="deals"),
    path("deals.csv", csv_view("deals", deal_rows), name="deals_csv"),
    path("deals.json", json_view(deal_rows), name="deals_json"),
    path("deals/scores.csv", csv_view("deal_scores", score_rows), name="deal_scores_csv"),
    path("deals/scores.json", json_view(score_rows), name="deal_scores_json"),
]
