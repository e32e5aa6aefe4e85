"""What tests say of a table, in sentences: how strong first, how sure second, and what all of that rests on."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.reports.crosstables.told import Content, Fields
from apps.reports.crosstables.wording import category_name, strength
from apps.reports.numbers import value_text, whole_percent

SMALLEST_P = 0.0001
CLEAR = 0.05
UNTESTED = ("too_few", "one_line", "sparse")

Tests = Mapping[str, Any]


def headline(content: Content) -> str:
    """The finding in a few words; a table without a test has none."""
    tests = content["tests"]
    if not tests or "options" in tests or tests["method"] in UNTESTED:
        return ""
    if not is_clear(tests["p"]):
        return _("No clear connection")
    return capfirst(_("{strength} (V = {v})").format(strength=strength(tests["v"]), v=effect(tests["v"])))


def is_clear(p: Mapping[str, float] | None) -> bool:
    if p is None:
        return False
    return p["value"] < CLEAR if "value" in p else p["under"] <= CLEAR


def verdict(content: Content, fields: Fields, language: str) -> tuple[tuple[str, str], ...]:
    """Names and sentences, the size of the effect before any p."""
    tests = content["tests"]
    if not tests:
        return ()
    if "options" in tests:
        return tuple(of_options(content, fields, language))
    found = [(_("Effect size"), effect_text(tests)), (_("Indicative test"), test_text(tests))]
    if tests["together"]:
        found.append((_("Two scales"), together_text(tests["together"])))
    if tests["heights"]:
        found.append((_("One scale by groups"), heights_text(tests["heights"])))
    if tests.get("nearer"):  # tables of older reports were made without it
        found.append((_("Two groups"), nearer_text(tests["nearer"], content, fields, language)))
    return tuple(found)


def effect(value: float) -> str:
    return value_text(round(value, 2)) or "0"


def effect_text(tests: Tests) -> str:
    if tests["method"] == "one_line":
        return "–"
    return _("Cramér's V = {v}, corrected for its bias (0: none, 1: complete)").format(v=effect(tests["v"]))


def test_text(tests: Tests) -> str:
    untested = {
        "too_few": _("Not tested: fewer than 50 readers gave both answers."),
        "one_line": _("Not tested: all answers stand in one row or one column."),
        "sparse": _("Not tested: expected numbers are too small."),
    }
    if tests["method"] in untested:
        return untested[tests["method"]]
    p = p_text(tests["p"])
    if tests["method"] == "fisher":
        return _("Fisher's exact test, because expected numbers are small (Cochran's rule): {p}").format(p=p)
    if tests["method"] == "monte_carlo":
        return _(
            "{draws} random tables with the same totals, because expected numbers are small (Cochran's rule): {p}"
            " (its own standard error: {error})"
        ).format(draws=f"{tests['draws']:,}", p=p, error=f"{tests['error']:.6f}".rstrip("0"))
    if "statistic" in tests:
        return _("χ² = {statistic}, df = {freedom}: {p}").format(
            statistic=value_text(tests["statistic"]), freedom=tests["freedom"], p=p
        )
    return _("χ² test: {p}").format(p=p)


def p_text(p: Mapping[str, float] | None) -> str:
    if p is None:
        return "–"
    if "under" in p:
        return _("p is 0.05 or more") if p["under"] >= 1 else f"p < {p['under']}"
    return f"p < {SMALLEST_P}" if p["value"] < SMALLEST_P else f"p = {p['value']:.4f}".rstrip("0").rstrip(".")


def together_text(found: Tests) -> str:
    if "gamma_interval" not in found:
        return _("Gamma about {gamma}, tau-b about {tau}: {p}").format(
            gamma=signed(found["gamma"]), tau=signed(found["tau_b"]), p=p_text(found["p"])
        )
    return _(
        "Gamma = {gamma} ({gamma_low} to {gamma_high}), tau-b = {tau} ({tau_low} to {tau_high}; guides of 95%): {p};"
        " above 0 both rise together"
    ).format(
        gamma=signed(found["gamma"]),
        gamma_low=signed(found["gamma_interval"][0]),
        gamma_high=signed(found["gamma_interval"][1]),
        tau=signed(found["tau_b"]),
        tau_low=signed(found["tau_interval"][0]),
        tau_high=signed(found["tau_interval"][1]),
        p=p_text(found["p"]),
    )


def heights_text(found: Tests) -> str:
    return _(
        "ε² = {epsilon} (part of the differences in rank that lies between the groups; Kruskal and Wallis): {p}"
    ).format(epsilon=value_text(found["epsilon"]) or "0", p=p_text(found["p"]))


def nearer_text(found: Tests, content: Content, fields: Fields, language: str) -> str:
    rows, columns = fields[content["rows"]], fields[content["columns"]]
    scale, grouped = (rows, columns) if rows.scale else (columns, rows)
    names = {
        "group": category_name(grouped, found["groups"][0], language),
        "end": category_name(scale, scale.scale[-1], language),
        "likely": f"{whole_percent(found['likely'])}%",
        "p": p_text(found["p"]),
    }
    if "interval" not in found:
        return _(
            "Of two readers drawn at random, one from each group, the one from “{group}” is nearer to “{end}” in about"
            " {likely} of cases, ties counted half (Brunner and Munzel): {p}"
        ).format(**names)
    low, high = (f"{whole_percent(each)}%" for each in found["interval"])
    return _(
        "Of two readers drawn at random, one from each group, the one from “{group}” is nearer to “{end}” in {likely}"
        " of cases, ties counted half (95% guide {low} to {high}; Brunner and Munzel): {p}"
    ).format(low=low, high=high, **names)


def signed(value: float) -> str:
    return value_text(value + 0.0).replace("-", "−") or "0"


def of_options(content: Content, fields: Fields, language: str) -> list[tuple[str, str]]:
    """Option by option, with the p that holds for all of them together."""
    rows = fields[content["rows"]]
    return [
        (
            category_name(rows, key, language),
            test_text(tests)
            if tests["method"] in UNTESTED
            else _("V = {v}; {p}, corrected for {number} options").format(
                v=effect(tests["v"]), p=p_text(tests["adjusted"]), number=len(content["row_keys"])
            ),
        )
        for key, tests in zip(content["row_keys"], content["tests"]["options"], strict=True)
    ]
