"""Colours of the pictures (survey-method 4.2). The ordered ones are the same by day and by night: they were checked."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Theme:
    sheet: str
    ink: str
    soft: str
    line: str
    edge: str
    one: str
    accent: str
    off: str

    def on(self, sheet: str) -> "Theme":
        return replace(self, sheet=sheet)


THEMES = {
    "light": Theme("#ffffff", "#1c1d21", "#565861", "#dcd8cc", "#595959", "#0072b2", "#d55e00", "#b9b6ad"),
    "dark": Theme("#1e2026", "#ecebe6", "#b0b2bb", "#464a56", "#8d9099", "#6db6ea", "#f0883c", "#6c707d"),
}
ORDERED = {"s1": "#b35806", "s2": "#f4b15f", "s3": "#d9d9d9", "s4": "#7fb2d9", "s5": "#0b4f8a"}
WHITE_ON = frozenset({"s1", "s5"})
DONT_KNOW = "url(#dont-know)"
HIDDEN = "url(#hidden)"
PATTERNS = (
    '<pattern id="dont-know" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#fff"/><circle cx="2" cy="2" r="1.1" fill="#595959"/></pattern>'
    '<pattern id="hidden" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#fff"/><path d="M0 8 8 0" stroke="#595959"/></pattern>'
)


def fill(tone: str, theme: Theme) -> str:
    if tone in ORDERED:
        return ORDERED[tone]
    return {"dk": DONT_KNOW, "hidden": HIDDEN, "accent": theme.accent, "off": theme.off}.get(tone, theme.one)


def ink_on(tone: str) -> str:
    """Of words on a segment; those on dots and hatches have a white halo."""
    return "#ffffff" if tone in WHITE_ON else "#000000"
