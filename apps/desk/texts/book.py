"""The page of one book of codes: its themes, and where they come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.gate import signed_in, staff
from apps.accounts.models import User
from apps.desk.rules import EXPORTERS, Entrusted, inquiry_for
from apps.desk.texts.asked import written_question
from apps.desk.texts.book_file import FileFault, read_codes, same_name, written_codes
from apps.desk.texts.book_forms import SHARES, BookFileForm, CodeForm, ShareForm
from apps.inquiries.models import Inquiry
from apps.responses.code_books import MOST_CODES, BookRefused, add_codes, book_of, change_code, open_book, share_twice
from apps.responses.models import CodeBook
from apps.surveys.definition import Definition, Question
from apps.surveys.queries import published_instrument


@dataclass(frozen=True)
class Desk:
    """One book, or the place for one, and who looks at it."""

    held: Entrusted
    definition: Definition
    question: Question
    book: CodeBook | None

    @property
    def inquiry(self) -> Inquiry:
        return self.held.inquiry

    @property
    def languages(self) -> list[str]:
        """The default language first: in that one every theme has a name."""
        first = self.definition.default_language
        return [first, *(each for each in self.definition.languages if each != first)]

    def names(self, *, but: int | None = None) -> list[str]:
        """Of all themes, those that are offered no more among them, since their codes still count."""
        codes = self.book.codes.all() if self.book else ()
        return [code.label.get(self.languages[0], "") for code in codes if code.number != but]


def desk_of(held: Entrusted, question: str) -> Desk:
    """Of a question that is answered by writing; any other has none."""
    published = published_instrument(held.inquiry.pk)
    asked = written_question(published.definition if published else None, question)
    if asked is None or published is None:
        raise Http404
    return Desk(held, published.definition, asked, book_of(held.inquiry.pk, question))


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def book(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """Everybody looks; owners, authors and analysts change it."""
    held = inquiry_for(signed_in(request), slug, *(EXPORTERS if request.method == "POST" else ()))
    desk = desk_of(held, question)
    if request.method != "POST":
        return page(request, desk)
    desk = desk if desk.book else begun(desk, signed_in(request))
    act = ACTS.get(request.POST.get("act", ""), nothing)
    return act(request, desk) or redirect("desk:code_book", slug=slug, question=question)


@require_safe
@staff()
def book_csv(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    desk = desk_of(inquiry_for(signed_in(request), slug), question)
    if desk.book is None:
        raise Http404
    response = HttpResponse(
        written_codes(list(desk.book.codes.all()), desk.languages), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{question}-codes.csv"'
    return response


def page(
    request: HttpRequest,
    desk: Desk,
    *,
    problems: list[str] | None = None,
    add: CodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    codes = list(desk.book.codes.all()) if desk.book else []
    context = {
        "inquiry": desk.inquiry,
        "question": desk.question,
        "book": desk.book,
        "codes": [(code, form_of(desk, code)) for code in codes],
        "add": add or CodeForm(desk.languages),
        "languages": desk.languages,
        "shares": SHARES,
        "most": MOST_CODES,
        "problems": problems or [],
        "may_change": desk.held.may_export,
        "page_address": reverse("desk:code_book", kwargs={"slug": desk.inquiry.slug, "question": desk.question.id}),
    }
    return render(request, "desk/texts/book.html", context, status=status)


def form_of(desk: Desk, code: Any) -> CodeForm:
    labels = {f"label_{language}": code.label.get(language, "") for language in desk.languages}
    known = labels | {"description": code.description, "retired": code.retired}
    return CodeForm(desk.languages, initial=known, auto_id=f"code{code.number}_%s")


def begun(desk: Desk, by: User) -> Desk:
    open_book(inquiry=desk.inquiry, question=desk.question.id, by=by)
    return desk_of(desk.held, desk.question.id)


def nothing(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """A press that begins the book, and no more."""
    return None


def added(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    form = CodeForm(desk.languages, request.POST)
    if not form.is_valid():
        return page(request, desk, problems=form.sentences(), add=form, status=422)
    if taken := twice(desk, form):
        return page(request, desk, problems=[taken], add=form, status=422)
    return taken_in(request, desk, [(form.label, form.cleaned_data["description"])])


def twice(desk: Desk, form: CodeForm, *, but: int | None = None) -> str | None:
    """What to say if another theme has this name."""
    label = form.label[desk.languages[0]]
    if same_name(label) not in map(same_name, desk.names(but=but)):
        return None
    return _("There is a theme “%(name)s” already.") % {"name": label}


def imported(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """All codes of the file, or none of them."""
    form = BookFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, desk, problems=[str(faults[0]) for faults in form.errors.values()], status=422)
    try:
        codes = read_codes(form.cleaned_data["file"], desk.languages, desk.names())
    except FileFault as fault:
        return page(request, desk, problems=[str(fault)], status=422)
    return taken_in(request, desk, codes)


def taken_in(request: HttpRequest, desk: Desk, codes: list[Any]) -> HttpResponse | None:
    assert desk.book
    try:
        add_codes(book=desk.book, codes=codes, by=signed_in(request))
    except BookRefused:
        problem = _("A book has at most %(most)d codes, so nothing was added.") % {"most": MOST_CODES}
        return page(request, desk, problems=[problem], status=422)
    messages.success(request, _("The book was changed."))
    return None


def changed(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    assert desk.book
    code = next((each for each in desk.book.codes.all() if str(each.number) == request.POST.get("number")), None)
    if code is None:
        raise Http404
    form = CodeForm(desk.languages, request.POST)
    if not form.is_valid():
        return page(request, desk, problems=form.sentences(), status=422)
    if taken := twice(desk, form, but=code.number):
        return page(request, desk, problems=[taken], status=422)
    cleaned = form.cleaned_data
    change_code(
        code=code,
        label=form.label,
        description=cleaned["description"],
        retired=cleaned["retired"],
        by=signed_in(request),
    )
    messages.success(request, _("The book was changed."))
    return None


def shared(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    assert desk.book
    form = ShareForm(request.POST)
    if not form.is_valid():
        return page(request, desk, problems=[str(faults[0]) for faults in form.errors.values()], status=422)
    share_twice(book=desk.book, double_share=form.cleaned_data["double_share"], by=signed_in(request))
    messages.success(request, _("The book was changed."))
    return None


Act = Callable[[HttpRequest, Desk], HttpResponse | None]
ACTS: dict[str, Act] = {"add": added, "change": changed, "import": imported, "share": shared}
