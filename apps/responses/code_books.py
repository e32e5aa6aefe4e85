"""The book of codes of a question: themes by which people sort its answers. Each change is a row of the audit log."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry
from apps.responses.models import Code, CodeBook

Labels = dict[str, str]
MOST_CODES = 60


class BookRefused(Exception):
    """A code that cannot be taken into the book; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def book_of(inquiry_id: int, question: str) -> CodeBook | None:
    found = CodeBook.objects.filter(inquiry_id=inquiry_id, question=question)
    return found.select_related("inquiry__publication").prefetch_related("codes").first()


@transaction.atomic
def open_book(*, inquiry: Inquiry, question: str, by: User) -> CodeBook:
    """The book of a question, begun if there is none; pressed twice, it is begun once."""
    book, made = CodeBook.objects.get_or_create(inquiry=inquiry, question=question)
    if made:
        _audit("codebook.begun", book, by)
    return book


@transaction.atomic
def add_codes(*, book: CodeBook, codes: Sequence[tuple[Labels, str]], by: User) -> list[Code]:
    """Labels with their descriptions, all of them or none. Raises BookRefused where there would be too many."""
    CodeBook.objects.select_for_update().get(pk=book.pk)
    known = Code.objects.filter(book=book).aggregate(last=Max("number"))["last"] or 0
    if known + len(codes) > MOST_CODES:
        raise BookRefused("too_many")
    made = [
        Code(book=book, number=known + place, label=label, description=description)
        for place, (label, description) in enumerate(codes, start=1)
    ]
    Code.objects.bulk_create(made)
    _audit("codebook.changed", book, by, codes=[code.number for code in made])
    return made


@transaction.atomic
def change_code(*, code: Code, label: Labels, description: str, retired: bool, by: User) -> Code:
    """Its words may become clearer; its number stays what it means."""
    code.label, code.description, code.retired = label, description, retired
    code.save(update_fields=["label", "description", "retired"])
    _audit("codebook.changed", code.book, by, codes=[code.number])
    return code


@transaction.atomic
def share_twice(*, book: CodeBook, double_share: int, by: User) -> CodeBook:
    book.double_share = double_share
    book.save(update_fields=["double_share"])
    _audit("codebook.changed", book, by, double_share=double_share)
    return book


def check_codes(book: CodeBook, codes: Sequence[int]) -> None:
    """Raises BookRefused where a number is no code of the book."""
    if set(codes) - set(book.codes.values_list("number", flat=True)):
        raise BookRefused("unknown_code")


def _audit(action: str, book: CodeBook, by: User, **detail: object) -> None:
    inquiry = book.inquiry
    detail = {"question": book.question, **detail}
    record_audit(action=action, by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)
