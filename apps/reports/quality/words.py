"""The nine rules, and why one could not look, in words. The same on the monitor and in the report."""

from django.utils.translation import gettext_lazy

RULES = {
    "speed_total": gettext_lazy("In view for less than a third of the usual time"),
    "speed_floor": gettext_lazy("Four questions passed faster than anybody reads"),
    "straight": gettext_lazy("Always the option at the same place, and always the same vote"),
    "acquiesce": gettext_lazy("Agreed to nearly every statement, for and against"),
    "contradict": gettext_lazy("From one side to the other within three minutes"),
    "dup_token": gettext_lazy("Answered twice with one number"),
    "dup_vector": gettext_lazy("The same answers and votes as somebody else on the same day"),
    "bot": gettext_lazy("Sent by a machine, by all appearances"),
    "text_junk": gettext_lazy("Words that say nothing"),
}
NOTES = {
    "too_few_timed": gettext_lazy("not evaluated: too few readers with a measured time"),
    "no_scales": gettext_lazy("not evaluated: fewer than five scales are asked"),
    "too_few_votes": gettext_lazy("not evaluated: nobody has given enough votes"),
    "not_asked_twice": gettext_lazy("not evaluated: nobody was asked twice without votes between"),
    "no_texts": gettext_lazy("not evaluated: nobody has written anything"),
    "by_construction": gettext_lazy("cannot occur: each number has one row"),
    "without_network": gettext_lazy("without networks and hours, which are not kept: some doubles stay unseen"),
    "without_events": gettext_lazy("by a hidden field and by the clock; movements are not recorded"),
    "in_view": gettext_lazy("by time in view; hours are not kept"),
}
