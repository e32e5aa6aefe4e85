"""The rates that CHERRIES asks web surveys for (Eysenbach 2004), as far as views can tell them."""

from dataclasses import dataclass

from apps.desk.figures import per_cent


@dataclass(frozen=True, slots=True)
class Rates:
    """In per cent; None where there is nothing to divide by. `participation`: of the views of the first page, those
    after which somebody began; persons who came twice count twice among the views, so it is rather too low."""

    participation: float | None
    completion: float | None
    break_off: float | None


def rates(*, views: int, began: int, sent: int) -> Rates:
    completion = per_cent(sent, began) if began else None
    return Rates(
        participation=per_cent(min(began, views), views) if views else None,
        completion=completion,
        break_off=None if completion is None else round(100 - completion, 1),
    )
