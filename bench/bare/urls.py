from django.urls import path

from bench.bare import views

urlpatterns = [
    path("form/", views.form),
    path("api/", views.api),
    path("hello/", views.hello),
    path("vote/<uuid:reader>/<int:statement>/", views.vote),
]
