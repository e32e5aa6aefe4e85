from django.urls import path

from apps.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("inquiries/<slug:slug>/", views.monitor, name="monitor"),
    path("inquiries/<slug:slug>/open/", views.open_inquiry, name="open"),
    path("inquiries/<slug:slug>/close/", views.close_inquiry, name="close"),
    path("setup/<str:secret>/", views.setup, name="setup"),
]
