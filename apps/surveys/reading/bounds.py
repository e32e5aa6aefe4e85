"""From where to where a scale, a number or a date may go."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK
from apps.surveys.kinds.values import LARGEST_NUMBER, read_day
from apps.surveys.reading.source import Reading


def read_bounds(reading: Reading, item: Mapping[str, Any], path: str) -> dict[str, Any]:
    """`minimum`, `maximum` and `step` of the question; None where there is none."""
    reader = READERS.get(item["type"])
    return reader(reading, item, path) if reader else {}


def read_scale(reading: Reading, item: Mapping[str, Any], path: str) -> dict[str, Any]:
    low = reading.whole(item.get("minimum", 0), f"{path}.minimum", low=0, high=BLANK - 1)
    high = reading.whole(item.get("maximum", 10), f"{path}.maximum", low=0, high=BLANK - 1)
    check_direction(reading, low, high, path, apart=True)
    return {"minimum": low, "maximum": high}


def read_number(reading: Reading, item: Mapping[str, Any], path: str) -> dict[str, Any]:
    low, high, step = (
        read_figure(reading, item.get(name), f"{path}.{name}") for name in ("minimum", "maximum", "step")
    )
    check_direction(reading, low, high, path)
    if step is not None and step <= 0:
        reading.fault(f"{path}.step", _("A number greater than 0 is expected."))
    elif step is not None and low is not None and Decimal(str(low)) % Decimal(str(step)):
        reading.fault(f"{path}.minimum", _("The smallest number must itself be one of the steps."))
    return {"minimum": low, "maximum": high, "step": step}


def read_figure(reading: Reading, raw: Any, path: str) -> Any:
    if raw is None:
        return None
    if type(raw) not in {int, float} or abs(raw) > LARGEST_NUMBER:
        reading.fault(path, _("A number is expected here."))
        return None
    return raw


def read_dates(reading: Reading, item: Mapping[str, Any], path: str) -> dict[str, Any]:
    low, high = (read_date(reading, item.get(name), f"{path}.{name}") for name in ("minimum", "maximum"))
    check_direction(reading, low, high, path)
    return {"minimum": low, "maximum": high}


def read_date(reading: Reading, raw: Any, path: str) -> str | None:
    if raw is None:
        return None
    if read_day(raw) is None:
        reading.fault(path, _("A date is expected here, such as 2026-04-01."))
        return None
    return str(raw)


def check_direction(reading: Reading, low: Any, high: Any, path: str, *, apart: bool = False) -> None:
    if low is not None and high is not None and (low > high or (apart and low == high)):
        reading.fault(f"{path}.maximum", _("The upper end must lie above the lower one."))


READERS = {"scale": read_scale, "number": read_number, "date": read_dates}
