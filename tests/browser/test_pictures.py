"""Pictures of the results as a browser draws them: whole at once, inside their frame, the same in every look."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.surveys.actions import publish_version
from tests.browser.looking import DESKTOP, PHONE, axe, screenshot, sticking_out
from tests.browser.way import RESULTS
from tests.reports.factories import every_kind_document

NARROW = {"width": 320, "height": 700}

# Edges of the parts of every bar, in pixels from the left edge of the bar, and what moves in a figure.
MEASURE = """() => ({
  bars: [...document.querySelectorAll("svg.bar-of-100")].map(bar => {
    const frame = bar.getBoundingClientRect();
    return {
      width: frame.width - 2,
      parts: [...bar.querySelectorAll("rect")].map(part => {
        const box = part.getBoundingClientRect();
        return [box.left - frame.left - 1, box.right - frame.left - 1];
      }),
    };
  }),
  moving: document.getAnimations().filter(each => each.effect.target?.closest("figure")).length,
  clipped: [...document.querySelectorAll("figure svg")].filter(
    each => getComputedStyle(each).clipPath !== "none"
  ).length,
  outside: [...document.querySelectorAll("figure svg :is(rect, circle, text)")].filter(each => {
    const [mark, figure] = [each.getBoundingClientRect(), each.closest("figure").getBoundingClientRect()];
    return mark.width && (mark.left < figure.left || mark.right > figure.right);
  }).length,
})"""


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(DESKTOP, "light", "ja"), (PHONE, "dark", "ja"), (NARROW, "light", "en"), (DESKTOP, "dark", "en")],
)
def test_pictures_of_every_kind_are_whole_from_the_first_moment(open_page, inquiry, size, scheme, language):
    """With motion allowed, looked at as soon as the page has loaded: parts touch, the last one ends at the edge."""
    publish_version(inquiry=inquiry, document=every_kind_document())
    call_command("simulate_readers", inquiry.slug, readers=60, seed=3, stdout=StringIO())

    page = open_page(size=size, scheme=scheme, language=language, reduced_motion="no-preference", path=RESULTS)
    seen = page.evaluate(MEASURE)

    assert len(seen["bars"]) == 5
    for bar in seen["bars"]:
        edges = [0.0, *(right for _left, right in bar["parts"])]
        assert [left for left, _right in bar["parts"]] == pytest.approx(edges[:-1], abs=0.6)
        assert edges[-1] == pytest.approx(bar["width"], abs=0.6)
    assert (seen["moving"], seen["clipped"], seen["outside"]) == (0, 0, 0)
    assert (axe(page), sticking_out(page)) == ([], [])
    screenshot(page, f"every-kind-{size['width']}-{scheme}-{language}")
