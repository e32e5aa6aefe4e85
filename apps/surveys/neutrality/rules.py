"""What a hint says: why it is given, and one text put in another way, in the language of the text it is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Mending = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    title: Promise | str
    why: Promise | str
    mendings: Mapping[str, Mending]


def mended(ja: Mending, en: Mending) -> Mapping[str, Mending]:
    return {"ja": ja, "en": en}


RULES: Mapping[str, Rule] = {
    "one_pole": Rule(
        _("Only one side is named"),
        _("Readers tend towards the answer that the question names. Name both sides."),
        mended(
            ("この計画は望ましいと思いますか。", "この計画は、望ましいと思いますか、望ましくないと思いますか。"),
            ("Is this plan desirable?", "Is this plan desirable or undesirable?"),
        ),
    ),
    "unbalanced": Rule(
        _("More steps on one side than on the other"),
        _("The side with more steps gets more answers, whatever people think. Offer as many for as against."),
        mended(
            ("とても満足・満足・やや満足・不満", "とても満足・やや満足・やや不満・とても不満"),
            ("Very good, good, fairly good, bad", "Very good, fairly good, fairly bad, very bad"),
        ),
    ),
    "no_dont_know": Rule(
        _("No way to say “don't know”"),
        _(
            "Readers without an opinion then take the middle, or leave. “Don't know” is not the same answer as"
            " “neither”."
        ),
        mended(("賛成・反対", "賛成・反対・わからない"), ("In favour, against", "In favour, against, don't know")),
    ),
    "leading": Rule(
        _("A word that leads"),
        _("It says which answer is expected, or how to feel about the matter, before the reader has answered."),
        mended(
            ("やはり規制は当然必要だと思いますか。", "規制は必要だと思いますか、必要ないと思いますか。"),
            ("Surely this reckless plan should be stopped?", "Should this plan be stopped, or should it go ahead?"),
        ),
    ),
    "double_barrelled": Rule(
        _("Perhaps two questions in one"),
        _("Somebody who is for the one and against the other cannot answer. Ask one thing, or make two questions."),
        mended(
            ("料金やサービスに満足していますか。", "料金に満足していますか、不満ですか。"),
            ("Is the plan fast and safe?", "Is the plan safe or unsafe?"),
        ),
    ),
    "agree_disagree": Rule(
        _("Asks for agreement"),
        _("Many people agree out of courtesy, whatever the statement says. Ask for the thing itself."),
        mended(
            (
                "「計画は急ぎすぎだ」そう思う・そう思わない",
                "計画の速さは、速すぎますか、遅すぎますか、ちょうどよいですか。",
            ),
            ("“The plan is rushed.” Agree or disagree", "Is the plan too fast, too slow or about right?"),
        ),
    ),
    "long": Rule(
        _("A long question"),
        _("On a phone the beginning is out of sight before the end is read. Put background above the question."),
        mended(
            ("〜という報道がありましたが、それについて…", "この提案を、どう思いますか。"),
            ("In view of reports that …, do you …", "What do you think of this proposal?"),
        ),
    ),
    "absolute": Rule(
        _("A word without exceptions"),
        _("Somebody who sees a single exception has to say no, even if they mostly agree."),
        mended(
            ("AIは必ず点検すべきだと思いますか。", "AIの点検は、どのくらい必要だと思いますか。"),
            ("Should AI always be checked?", "How often should AI be checked?"),
        ),
    ),
    "double_negative": Rule(
        _("Two negations"),
        _("It has to be read twice, and some readers will answer the opposite of what they mean."),
        mended(
            ("禁止しないことに反対ですか。", "禁止することに、賛成ですか、反対ですか。"),
            ("Should it not be prohibited?", "Should it be allowed or prohibited?"),
        ),
    ),
    "overlap": Rule(
        _("Ranges that overlap"),
        _("Somebody whose number is in both cannot decide, and the counts mix."),
        mended(("10〜20・20〜30", "10〜19・20〜29"), ("10-20, 20-30", "10-19, 20-29")),
    ),
    "placeholder": Rule(
        _("Still to be filled in"),
        _("Words in brackets come from the template. Write what this inquiry is about."),
        mended(
            ("【内容】は、望ましいと思いますか…", "新しい駅前広場は、望ましいと思いますか…"),
            ("Is [subject] desirable …", "Is the new square desirable …"),
        ),
    ),
}
