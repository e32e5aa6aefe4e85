"""The front of the house: which door leads to which face."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("apps.api.urls")),  # told by its first letters, at no cost for the others
    path("", include("apps.reader.urls")),
    path("", include("apps.common.urls")),
    path("desk/", include("apps.desk.urls")),
    path("accounts/", include("apps.accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.reader.errors.bad_request"
handler403 = "apps.reader.errors.forbidden"
handler404 = "apps.reader.errors.not_found"
handler500 = "apps.reader.errors.server_error"
