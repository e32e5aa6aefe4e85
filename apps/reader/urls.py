from django.urls import path

from apps.reader.views import answer, cover, pages, receipt, results, review

app_name = "reader"

urlpatterns = [
    path("", cover.home, name="home"),
    path("q/<slug:slug>/", cover.cover, name="cover"),
    path("q/<slug:slug>/answer/", answer.answer, name="answer"),
    path("q/<slug:slug>/review/", review.review, name="review"),
    path("q/<slug:slug>/thanks/", review.thanks, name="thanks"),
    path("q/<slug:slug>/results/", results.results, name="results"),
    path("q/<slug:slug>/about/", results.about, name="about"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
]
