"""The method box: AAPOR's eleven items, the nine that Japanese reports state, and the rates of CHERRIES.

It writes itself from the report and from what the editors said; what is missing is named.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.common.punctuation import named
from apps.common.templatetags.toikake import in_language
from apps.reports.method import dates_text, device_names, language_names
from apps.reports.numbers import NONE, percent_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Section, Terms, Words
from apps.reports.report.facts import sentences
from apps.reports.report.method_notes import label_of, missing
from apps.reports.weighting.telling import fixed_sentence

HASH_SHOWN = 16


def section(about: About) -> Section:
    told = missing(about.content["method"], about.definition.languages)
    gaps = [Words(_("Still to be said: {names}.").format(names=_(", ").join(map(label_of, told))), tone="caution")]
    blocks: list[Block] = [
        *(gaps if told else []),
        Words(limits(about)),
        Terms(tuple(disclosed(about)), title=_("Disclosure (the eleven items of AAPOR)")),
        Terms(tuple(japanese(about)), title=_("The nine items of the Japanese code of practice")),
    ]
    return Section("method", _("How these numbers came about"), tuple(blocks))


def limits(about: About) -> str:
    """The author's own paragraph, filled in; ours where there is none."""
    template = about.definition.report_templates.get("method", {}).get(about.language) or _(
        "These results come from the {n} people who chose to take part. They were not picked at random, so the numbers"
        " do not stand for all readers or for the public, and no sampling error can be computed. Errors can also come"
        " from the wording of the questions, from who took part, and from hurried or untrue answers. Answers from"
        " {start} to {end}. Mode: self-completed on the web. Conducted by {operator}; funded by {funder}."
        " Weighting: {weighting}."
    )
    method, dates = about.content["method"], about.content["dates"]
    values = {
        "n": about.count(about.content["answered"]),
        "start": day(dates["first"]),
        "end": day(dates["last"]),
        "operator": about.operator,
        "funder": method["funder"] or _("not stated"),
        "weighting": pgettext("weighting", "none"),
    }
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return str(template)


def day(text: str | None) -> str:
    return dates_text({"first": text, "last": text}) if text else NONE


def disclosed(about: About) -> Iterator[tuple[str, str]]:
    content = about.content
    yield _("1 Strategy"), strategy(about)
    yield (
        _("2 Who conducts and pays"),
        sentences(
            _("Conducted by {operator}.").format(operator=about.operator),
            named_or_missing(_("Paid for by {name}."), content["method"]["funder"]),
            named_or_missing(_("Contact: {name}."), content["method"]["contact"]),
            note_of(about, "responsible"),
        ),
    )
    yield _("3 Questions"), sentences(*tools(about))
    yield (
        _("4 Population"),
        _("People aged {age} or over who saw the link and chose to answer").format(age=about.definition.min_age),
    )
    yield (
        _("5 How people came"),
        sentences(
            ended(note(about, "placements")),
            _("Open link, no list of people invited; each browser is counted once."),
            _("For taking part: {text}").format(text=ended(note(about, "incentive"))),
        ),
    )
    yield _("6 Mode"), sentences(_("Self-completed on the web."), *shares(about))
    yield _("7 Dates"), sentences(dates(about), paused(about), _("Days are those of Japan."))
    yield (
        _("8 Numbers and precision"),
        sentences(
            numbers(about),
            _("They were not picked at random, so no sampling error can be computed."),
        ),
    )
    yield (
        _("9 Weighting"),
        sentences(_("None. Where weighted figures stand beside the others, they say so."), weighted(about)),
    )
    yield _("10 Checks"), sentences(checks(about), note_of(about, "pretest"), note_of(about, "translation"))
    yield _("Use of AI"), note(about, "ai_use")
    yield _("11 Limits"), _("Those who answered chose to take part; what they think is not what all readers think.")
    yield _("Purpose"), note(about, "purpose")


def strategy(about: About) -> str:
    if about.content["parts"].get("map"):
        return _("Readers' survey on the web, open to all who found the link, and voting on statements")
    return _("Readers' survey on the web, open to all who found the link")


def weighted(about: About) -> str:
    """What stands beside the headline, if something does: to which source, by what, and at what cost."""
    found = about.content["parts"].get("weighting")
    return fixed_sentence(found, about.definition, about.language) if found and not found["refusal"] else ""


def tools(about: About) -> Iterator[str]:
    versions = [
        _("version {number} (hash {sha256})").format(number=each["number"], sha256=each["sha256"][:HASH_SHOWN])
        for each in reversed(about.content["versions"])
    ]
    yield _("Questionnaire {versions}; its wording stands on the page about the survey.").format(
        versions=_(", ").join(versions)
    )
    languages = language_names()
    yield _("Asked in {languages}.").format(
        languages=_(", ").join(languages.get(code, code) for code in about.definition.languages)
    )
    coins = len(about.definition.coins)
    if coins:
        yield _("{number} orders are drawn by lot for each reader and kept with the answers.").format(number=coins)


def shares(about: About) -> Iterator[str]:
    """Devices and languages, where there are enough readers to tell."""
    ways = about.content["parts"].get("ways")
    if not ways:
        return
    for shown, names in ((ways["devices"], device_names()), (ways["languages"], language_names())):
        order = sorted(shown["counts"], key=lambda key: (-(shown["shares"][key] or 0), key))
        parts = [f"{names.get(key, key)} {percent_text(shown['shares'][key], shown['counts'][key])}" for key in order]
        yield _(", ").join(parts) + _(".")


def dates(about: About) -> str:
    found = about.content["dates"]
    return dates_text(found) + _(".") if found["first"] else ""


def paused(about: About) -> str:
    """Reports from before pauses were noted have none."""
    found = about.content.get("pauses", ())
    return _("No answers were taken: {pauses}.").format(pauses=_(", ").join(map(dates_text, found))) if found else ""


def numbers(about: About) -> str:
    content = about.content
    return _("{answered} people answered: {complete} complete, {partial} partial, {broken} broke off earlier.").format(
        answered=about.count(content["answered"]),
        complete=about.count(content["complete"]),
        partial=about.count(content["partial"]),
        broken=about.count(content["break_off"]),
    )


def checks(about: About) -> str:
    return _("Every answer given counts. Signs of haste or repetition are marked, and nothing is left out for them.")


def japanese(about: About) -> Iterator[tuple[str, str]]:
    """Under their own letters, in either language."""
    method = about.content["method"]
    yield _("イ Purpose"), note(about, "purpose")
    yield (
        _("ロ Client and conductor"),
        sentences(
            named_or_missing(_("Paid for by {name}."), method["funder"]),
            _("Conducted by {operator}.").format(operator=about.operator),
        ),
    )
    yield (
        _("ハ Population"),
        _("People aged {age} or over who saw the link and chose to answer").format(age=about.definition.min_age),
    )
    yield _("ニ Sampling"), _("Not a random sample: whoever wanted to could take part")
    yield _("ホ Sample size"), about.count(about.content["answered"])
    yield _("ヘ Period"), sentences(dates(about), paused(about)) or NONE
    yield _("ト How answers were collected"), _("On the web, filled in by the readers themselves")
    yield _("チ Response rate"), sentences(_("Cannot be computed: there is no list of people invited."), *rates(about))
    yield _("リ Questionnaire"), _("In full, on the page about the survey")


def rates(about: About) -> Iterator[str]:
    """The rates of CHERRIES: of views, and of those who began."""
    ways = about.content["parts"].get("ways")
    if not ways:
        return
    for text, share in (
        (_("Participation rate {percent}."), ways["participation"]),
        (_("Completion rate {percent}."), ways["completion"]),
    ):
        if share is not None:
            yield text.format(percent=f"{share:.1%}")


def note(about: About, name: str) -> str:
    """What the editors say, or that they have not said it yet."""
    said = in_language(about.content["method"]["notes"][name], about.language)
    return said or _("not stated yet")


def note_of(about: About, name: str) -> str:
    return named(label_of(name), ended(note(about, name)))


def ended(text: str) -> str:
    """Editors may leave the last mark out; another sentence follows."""
    return text if text.endswith(tuple(".!?。．！？")) else text + _(".")


def named_or_missing(text: str, name: str) -> str:
    return text.format(name=name or _("not stated yet"))
