"""Addresses of the front door."""

from django.urls import path

from moothall.pages.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("here", views.here, name="here"),
]
