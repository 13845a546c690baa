"""Every address of the hall, from each part of ``pages``."""

from django.urls import include, path

urlpatterns = [
    path("", include("moothall.pages.home.urls")),
    path("", include("moothall.pages.areas.urls")),
    path("", include("moothall.pages.functions.urls")),
    path("", include("moothall.pages.deals.urls")),
    path("", include("moothall.pages.money.urls")),
    path("", include("moothall.pages.transition.urls")),
    path("", include("moothall.pages.understand.urls")),
    path("", include("moothall.pages.data.urls")),
]

handler400 = "moothall.pages.frame.faults.bad_request"
handler404 = "moothall.pages.frame.faults.not_found"
handler500 = "moothall.pages.frame.faults.server_fault"
