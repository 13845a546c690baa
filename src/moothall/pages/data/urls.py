"""Addresses of what the figures rest on."""

from django.urls import path

from moothall.pages.data import views

urlpatterns = [
    path("data", views.data, name="data"),
    path("data/compare", views.compare, name="compare"),
    path("data/compare.csv", views.compare_csv, name="compare_csv"),
]
