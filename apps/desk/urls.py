from django.urls import path

from apps.desk import views
from apps.desk.audit import views as audit
from apps.desk.editor import publishing
from apps.desk.editor import views as editor
from apps.desk.editor.settings import settings_page
from apps.desk.exports import views as exports
from apps.desk.items import previewing
from apps.desk.items import views as items
from apps.desk.items.seeds import seeds
from apps.desk.moderation import views as moderation
from apps.desk.people import inviting
from apps.desk.people import views as people
from apps.desk.report import documents
from apps.desk.report import publishing as reporting
from apps.desk.report import views as report
from apps.desk.sharing import views as sharing
from apps.desk.tables import views as tables
from apps.desk.texts import book as code_book
from apps.desk.texts import coding, quotes, reading
from apps.desk.texts import views as texts
from apps.desk.weights import views as weights

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("inquiries/<slug:slug>/", views.monitor, name="monitor"),
    path("inquiries/<slug:slug>/open/", views.open_inquiry, name="open"),
    path("inquiries/<slug:slug>/close/", views.close_inquiry, name="close"),
    path("inquiries/<slug:slug>/compare/", views.compare, name="compare"),
    path("publications/<slug:publication>/new/", editor.new_inquiry, name="new_inquiry"),
    path("inquiries/<slug:slug>/edit/", editor.editor, name="editor"),
    path("inquiries/<slug:slug>/article/", editor.article, name="article"),
    path("inquiries/<slug:slug>/settings/", settings_page, name="settings"),
    path("inquiries/<slug:slug>/publish/", publishing.publish, name="publish"),
    path("inquiries/<slug:slug>/versions/<int:number>/", publishing.version, name="version"),
    path("inquiries/<slug:slug>/discard/", publishing.discard, name="discard"),
    path("inquiries/<slug:slug>/archive/", editor.archive, name="archive"),
    path("inquiries/<slug:slug>/restore/", editor.restore, name="restore"),
    path("inquiries/<slug:slug>/delete/", editor.delete, name="delete"),
    path("inquiries/<slug:slug>/items/", items.items, name="items"),
    path("inquiries/<slug:slug>/items/new/", items.item_add, name="item_add"),
    path("inquiries/<slug:slug>/items/<str:question>/", items.item, name="item"),
    path("inquiries/<slug:slug>/seeds/", seeds, name="seeds"),
    path("inquiries/<slug:slug>/preview/", previewing.preview, name="preview"),
    path("inquiries/<slug:slug>/preview/screen/", previewing.preview_screen, name="preview_screen"),
    path("inquiries/<slug:slug>/report/", report.report, name="report"),
    path("inquiries/<slug:slug>/report/method/", reporting.method, name="method"),
    path("inquiries/<slug:slug>/report/publish/", reporting.publish, name="publish_report"),
    path("inquiries/<slug:slug>/share/", sharing.share, name="share"),
    path("inquiries/<slug:slug>/embedding/", sharing.embedding, name="embedding"),
    path("inquiries/<slug:slug>/report/files/", documents.documents, name="documents"),
    path("inquiries/<slug:slug>/report/files/<slug:key>/<str:name>", documents.document_file, name="document"),
    path("inquiries/<slug:slug>/exports/", exports.exports, name="exports"),
    path("inquiries/<slug:slug>/exports/<int:number>/", exports.export_file, name="export"),
    path("inquiries/<slug:slug>/tables/", tables.tables, name="tables"),
    path("inquiries/<slug:slug>/tables/file/", tables.table_csv, name="table_csv"),
    path("inquiries/<slug:slug>/tables/add/", tables.table_add, name="table_add"),
    path("inquiries/<slug:slug>/tables/<int:number>/remove/", tables.table_remove, name="table_remove"),
    path("inquiries/<slug:slug>/weights/", weights.weights, name="weights"),
    path("inquiries/<slug:slug>/weights/drop/", weights.weights_drop, name="weights_drop"),
    path("inquiries/<slug:slug>/statements/", moderation.queue_page, name="queue"),
    path("inquiries/<slug:slug>/statements/review/", moderation.review, name="review"),
    path("inquiries/<slug:slug>/statements/<int:number>/words/", moderation.words, name="words"),
    path("inquiries/<slug:slug>/texts/", texts.texts, name="texts"),
    path("inquiries/<slug:slug>/texts/read/", reading.read, name="read_texts"),
    path("inquiries/<slug:slug>/quotes/", quotes.quotes, name="quotes"),
    path("inquiries/<slug:slug>/quotes/decide/", quotes.decide_quotes, name="decide_quotes"),
    path("inquiries/<slug:slug>/coding/", coding.coding, name="coding"),
    path("inquiries/<slug:slug>/coding/<slug:question>/book/", code_book.book, name="code_book"),
    path("inquiries/<slug:slug>/coding/<slug:question>/book/file/", code_book.book_csv, name="code_book_file"),
    path("inquiries/<slug:slug>/coding/<slug:question>/code/", coding.code, name="code"),
    path("inquiries/<slug:slug>/coding/<slug:question>/compare/", coding.compare_codings, name="compare_codings"),
    path("publications/<slug:publication>/people/", people.people, name="people"),
    path("publications/<slug:publication>/people/invite/", inviting.invite, name="invite"),
    path("publications/<slug:publication>/people/<int:number>/", people.person, name="person"),
    path("publications/<slug:publication>/people/<int:number>/role/", people.change_role, name="change_role"),
    path("publications/<slug:publication>/people/<int:number>/remove/", people.remove, name="remove"),
    path("publications/<slug:publication>/people/<int:number>/sign-out/", people.sign_out, name="sign_out"),
    path("publications/<slug:publication>/people/<int:number>/reset/", people.reset, name="reset"),
    path("publications/<slug:publication>/invitations/<int:number>/renew/", inviting.renew, name="invitation_renew"),
    path("publications/<slug:publication>/invitations/<int:number>/revoke/", inviting.revoke, name="invitation_revoke"),
    path("publications/<slug:publication>/audit/", audit.audit, name="audit"),
    path("publications/<slug:publication>/audit/file/", audit.audit_file, name="audit_file"),
    path("invitation/<str:secret>/", inviting.accept, name="invitation"),
    path("setup/<str:secret>/", views.setup, name="setup"),
]
