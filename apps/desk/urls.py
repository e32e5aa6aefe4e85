from django.urls import path

from apps.desk import views
from apps.desk.audit import views as audit
from apps.desk.exports import views as exports
from apps.desk.moderation import views as moderation

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("inquiries/<slug:slug>/", views.monitor, name="monitor"),
    path("inquiries/<slug:slug>/open/", views.open_inquiry, name="open"),
    path("inquiries/<slug:slug>/close/", views.close_inquiry, name="close"),
    path("inquiries/<slug:slug>/compare/", views.compare, name="compare"),
    path("inquiries/<slug:slug>/exports/", exports.exports, name="exports"),
    path("inquiries/<slug:slug>/exports/<int:number>/", exports.export_file, name="export"),
    path("inquiries/<slug:slug>/statements/", moderation.queue_page, name="queue"),
    path("inquiries/<slug:slug>/statements/review/", moderation.review, name="review"),
    path("inquiries/<slug:slug>/statements/<int:number>/words/", moderation.words, name="words"),
    path("publications/<slug:publication>/audit/", audit.audit, name="audit"),
    path("publications/<slug:publication>/audit/file/", audit.audit_file, name="audit_file"),
    path("setup/<str:secret>/", views.setup, name="setup"),
]
