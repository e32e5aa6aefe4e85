"""What each of the cast is to find behind a kind of door: by looking (GET) and by sending (POST)."""

from collections.abc import Callable

Expected = Callable[[str, str], str]


def staff_page(person: str, method: str) -> str:
    """The list: whoever has a role sees their own; it is only looked at."""
    if method == "POST":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "shown")


def page_of_one_inquiry(person: str, method: str) -> str:
    if person == "outsider" and method == "GET":
        return "not found"
    return staff_page(person, method)


def change_of_one_inquiry(person: str, method: str) -> str:
    if method == "GET":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "done" if person in ("owner", "author") else "refused")


def review_of_one_inquiry(moderators: str) -> Expected:
    """Only moderators, authors and owners decide; analysts look."""

    def expected(person: str, method: str) -> str:
        found = change_of_one_inquiry(person, method)
        return moderators if found == "done" or (person, method) == ("moderator", "POST") else found

    return expected


def page_of_the_owners(person: str, method: str) -> str:
    """People and audit log: owners only; for the others of the paper it is closed, for strangers not there."""
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "shown" if person == "owner" else "refused")


def act_of_an_owner(person: str, method: str) -> str:
    """Done means: sent on to confirm by password or code, which nobody of the cast has done."""
    if method == "GET":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "done" if person == "owner" else "refused")


def exports_of_one_inquiry(person: str, method: str) -> str:
    """Owners, authors and analysts; whoever sends the form is asked to confirm first."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused"}
    if person == "outsider" and method == "GET":
        return "not found"
    return outcomes.get(person, "done or confirm" if method == "POST" else "shown")


def page_of_those_who_export(person: str, method: str) -> str:
    """Owners, authors and analysts look; moderators decide without votes, and are not shown any."""
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused", "outsider": "not found"}
    return outcomes.get(person, "shown")


def file_of_somebody_else(person: str, method: str) -> str:
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused"}
    return outcomes.get(person, "not found")


def form_of_one_inquiry(person: str, method: str) -> str:
    """Owners and authors look and send; an empty form is refused in place, or changes nothing."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    sent = "422" if method == "POST" else "shown"
    return outcomes.get(person, sent if person in ("owner", "author") else "refused")


def article_of_one_inquiry(person: str, method: str) -> str:
    """Sent without anything that tells what its page showed, it is late."""
    found = form_of_one_inquiry(person, method)
    return "409" if found == "422" else found


def statements_of_the_editors(person: str, method: str) -> str:
    """Sent without a button, nothing is done, and the page is shown again."""
    found = form_of_one_inquiry(person, method)
    return "done" if found == "422" else found


def screen_of_the_preview(person: str, method: str) -> str:
    """Whatever is sent to it, it shows a screen and keeps nothing."""
    found = form_of_one_inquiry(person, method)
    return "shown" if found == "422" else found


def editors_page(person: str, method: str) -> str:
    return form_of_one_inquiry(person, method) if method == "GET" else "other method"


def reads_of_one_inquiry(person: str, method: str) -> str:
    """Whoever reads says first what for, and that it is them; a press without that is refused."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "refused" if method == "POST" else "shown")


def beginning_to_read(person: str, method: str) -> str:
    """Done means: sent on to confirm by password or code. Who may read is asked after that, of strangers as well."""
    if method == "GET":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "done")


def code_book_of_one_inquiry(person: str, method: str) -> str:
    """Everybody looks; owners, authors and analysts begin and change it."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    if method == "POST":
        outcomes["moderator"] = "refused"
    return outcomes.get(person, "done" if method == "POST" else "shown")


def code_book_not_begun(person: str, method: str) -> str:
    if method == "POST":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "not found")


def tables_not_chosen(person: str, method: str) -> str:
    """Done means: sent to the page, where a table is chosen."""
    found = page_of_those_who_export(person, method)
    return "done" if found == "shown" else found


def weights_of_one_inquiry(person: str, method: str) -> str:
    """Owners, authors and analysts look and send; an empty form is refused in place."""
    found = page_of_those_who_export(person, "GET")
    return "422" if (found, method) == ("shown", "POST") else found


def weights_dropped(person: str, method: str) -> str:
    if method == "GET":
        return "other method"
    found = page_of_those_who_export(person, "GET")
    return "done" if found == "shown" else found


def spent_link(person: str, method: str) -> str:
    return "gone"


def entrance(person: str, method: str) -> str:
    """Pages of signing in: open to all; they send away whoever is in already."""
    return "shown or done or sign in"


def entrance_sign(person: str, method: str) -> str:
    return "shown" if method == "GET" else "other method"


def own_account(person: str, method: str) -> str:
    return "sign in" if person == "anonymous" else "shown or done"


def own_account_look(person: str, method: str) -> str:
    """Nothing to send here; whoever has no such thing finds nothing."""
    if person == "anonymous":
        return "sign in"
    return "not found or other method or done" if method == "POST" else "shown or done or not found"


def own_app(person: str, method: str) -> str:
    """The form to remove an authenticator app: it asks to confirm first, and is not there without an app."""
    return {"anonymous": "sign in", "unprotected": "not found"}.get(person, "done")


def second_step(person: str, method: str) -> str:
    """Nobody of the cast is between the two steps."""
    return "sign in" if person == "anonymous" else "done"


def own_key(person: str, method: str) -> str:
    """Somebody else's key: whoever has a second factor is asked to confirm first, the others do not find it."""
    return {"anonymous": "sign in", "unprotected": "not found"}.get(person, "done")


def operators(get: str, post: str) -> Expected:
    def expected(person: str, method: str) -> str:
        return "admin door" if person != "operator" else get if method == "GET" else post

    return expected


def admin_door(person: str, method: str) -> str:
    if person == "operator":
        return "done"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "refused")


def admin_exit(person: str, method: str) -> str:
    return "sign in" if person == "operator" else "done"
