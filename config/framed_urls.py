"""The front of the house as seen from inside an article: a reader's way lies under /embed/, all other pages where they
always are. Requests for /embed/ are read by it, so the same names lead to the same pages in their frame."""

from django.urls import include, path

from apps.reader import urls as reader
from config import urls as site

handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500

urlpatterns = [
    path("", include((reader.framed_patterns, reader.app_name))),
    path("api/v1/", include("apps.api.urls")),
]
