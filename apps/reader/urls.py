from django.urls import URLPattern, URLResolver, include, path, re_path

from apps.reader.views import (
    again,
    answer,
    cover,
    debate,
    edition_files,
    embedding,
    oembed,
    pages,
    receipt,
    report,
    results,
    review,
    sharing,
    stand,
    votes,
    write,
)

app_name = "reader"

# The whole way of a reader; inside an article it lies under /embed/, the rest opens in a tab of its own.
way = [
    path("", cover.cover, name="cover"),
    path("answer/", answer.answer, name="answer"),
    path("again/", again.again, name="again"),
    path("review/", review.review, name="review"),
    path("thanks/", review.thanks, name="thanks"),
    path("results/", results.results, name="results"),
    path("stand/", stand.stand, name="stand"),
    path("debate/", debate.debate, name="debate"),
    path("debate/votes/", votes.votes, name="votes"),
    path("debate/write/", write.write, name="write"),
]

beside = [
    path("about/", results.about, name="about"),
    path("card.png", sharing.card, name="card"),
    path("qr.svg", sharing.qr, name="qr"),
    path("report/<int:number>/", report.report, name="report"),
    path("report/<int:number>/report.pdf", edition_files.report_pdf, name="report_pdf"),
    re_path(
        r"^report/(?P<number>\d{1,9})/chart/(?P<figure>[\w.-]{1,60})\.(?P<kind>svg|png)$",
        edition_files.chart_file,
        name="chart",
    ),
]

of_the_site = [
    path("", cover.home, name="home"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("embed.js", embedding.loader, name="loader"),
    path("oembed", oembed.oembed, name="oembed"),
]

urlpatterns = [path("q/<slug:slug>/", include([*way, *beside])), *of_the_site]
framed_patterns: list[URLPattern | URLResolver] = [
    path("embed/<slug:slug>/", include(way)),
    path("q/<slug:slug>/", include(beside)),
    *of_the_site,
]
