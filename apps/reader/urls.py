from django.urls import include, path

from apps.reader.views import (
    again,
    answer,
    cover,
    debate,
    pages,
    receipt,
    results,
    review,
    sharing,
    stand,
    votes,
    write,
)

app_name = "reader"

inquiry_pages = [
    path("", cover.cover, name="cover"),
    path("answer/", answer.answer, name="answer"),
    path("again/", again.again, name="again"),
    path("review/", review.review, name="review"),
    path("thanks/", review.thanks, name="thanks"),
    path("results/", results.results, name="results"),
    path("stand/", stand.stand, name="stand"),
    path("about/", results.about, name="about"),
    path("card.png", sharing.card, name="card"),
    path("qr.svg", sharing.qr, name="qr"),
    path("debate/", debate.debate, name="debate"),
    path("debate/votes/", votes.votes, name="votes"),
    path("debate/write/", write.write, name="write"),
]

urlpatterns = [
    path("q/<slug:slug>/", include(inquiry_pages)),
    path("", cover.home, name="home"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
]
