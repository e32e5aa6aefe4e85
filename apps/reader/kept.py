"""What a reader sent and we could not take: kept in the page that says so, so that nothing typed is lost."""

from dataclasses import dataclass

from django.http import HttpRequest

OURS = ("pass", "version", "consent", "visible", "carried", "prompted", "intent", "key", "vote", "cookies", "homepage")
TYPED = 8  # characters from which a value was written, not chosen


@dataclass(frozen=True)
class Kept:
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    intent: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Kept | None":
        """Everything that was posted, or None where the request carried no form."""
        if request.method != "POST" or not request.POST:
            return None
        pairs = tuple((name, str(value)) for name, values in request.POST.lists() for value in values)
        texts = tuple(value for name, value in pairs if name not in OURS and len(value.strip()) >= TYPED)
        return cls(tuple(pair for pair in pairs if pair[0] != "intent"), texts, request.POST.get("intent", "next"))
